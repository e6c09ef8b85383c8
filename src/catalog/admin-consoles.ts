import type { ImageFacts } from './facts.js';

/** Consoles that govern something else: who reaches one reaches what is behind it. */
export const ADMIN_CONSOLES: readonly ImageFacts[] = [
  {
    names: ['adminer', 'dockette/adminer'],
    title: 'Adminer',
    kind: 'admin-console',
    ports: [{ port: 8080, use: 'admin' }],
    stateful: [],
    sources: ['https://hub.docker.com/_/adminer'],
  },
  {
    names: ['phpmyadmin', 'phpmyadmin/phpmyadmin', 'bitnami/phpmyadmin', 'bitnamilegacy/phpmyadmin'],
    title: 'phpMyAdmin',
    kind: 'admin-console',
    ports: [
      { port: 80, use: 'admin' },
      { port: 8080, use: 'admin' },
    ],
    stateful: [],
    secrets: [
      { name: 'PMA_PASSWORD', file: 'PMA_PASSWORD_FILE' },
      { name: 'MYSQL_ROOT_PASSWORD', file: 'MYSQL_ROOT_PASSWORD_FILE' },
    ],
    sources: ['https://hub.docker.com/_/phpmyadmin'],
  },
  {
    names: ['dpage/pgadmin4'],
    title: 'pgAdmin',
    kind: 'admin-console',
    ports: [
      { port: 80, use: 'admin' },
      { port: 443, use: 'admin' },
    ],
    stateful: [{ path: '/var/lib/pgadmin', keeps: 'cache' }],
    probes: [
      {
        test: ['CMD', 'wget', '-q', '--spider', 'http://127.0.0.1/misc/ping'],
        startPeriod: '60s',
        needs: 'HTTP on port 80, as it is unless PGADMIN_LISTEN_PORT or PGADMIN_ENABLE_TLS is set',
      },
    ],
    secrets: [{ name: 'PGADMIN_DEFAULT_PASSWORD', file: 'PGADMIN_DEFAULT_PASSWORD_FILE' }],
    sources: [
      'https://www.pgadmin.org/docs/pgadmin4/latest/container_deployment.html',
      'https://github.com/pgadmin-org/pgadmin4/blob/master/Dockerfile',
    ],
  },
  {
    names: ['mongo-express'],
    title: 'mongo-express',
    kind: 'admin-console',
    ports: [{ port: 8081, use: 'admin' }],
    stateful: [],
    secrets: [
      { name: 'ME_CONFIG_BASICAUTH_PASSWORD', file: 'ME_CONFIG_BASICAUTH_PASSWORD_FILE' },
      { name: 'ME_CONFIG_MONGODB_ADMINPASSWORD', file: 'ME_CONFIG_MONGODB_ADMINPASSWORD_FILE' },
      { name: 'ME_CONFIG_MONGODB_URL' },
    ],
    sources: ['https://hub.docker.com/_/mongo-express', 'https://github.com/mongo-express/mongo-express-docker'],
  },
  {
    names: ['rediscommander/redis-commander', 'ghcr.io/joeferner/redis-commander'],
    title: 'Redis Commander',
    kind: 'admin-console',
    ports: [{ port: 8081, use: 'admin' }],
    stateful: [],
    hasHealthcheck: true,
    secrets: [
      { name: 'HTTP_PASSWORD', file: 'HTTP_PASSWORD_FILE' },
      { name: 'REDIS_PASSWORD', file: 'REDIS_PASSWORD_FILE' },
    ],
    sources: ['https://github.com/joeferner/redis-commander/blob/master/Dockerfile'],
  },
  {
    names: ['redis/redisinsight', 'redislabs/redisinsight'],
    title: 'Redis Insight',
    kind: 'admin-console',
    ports: [
      { port: 5540, use: 'admin' },
      { port: 8001, use: 'admin' },
    ],
    stateful: [
      { path: '/data', keeps: 'cache' },
      { path: '/db', keeps: 'cache' },
    ],
    sources: ['https://redis.io/docs/latest/operate/redisinsight/install/install-on-docker/'],
  },
  {
    // The image holds Portainer and nothing else: there is nothing in it that could probe.
    names: ['portainer/portainer-ce', 'portainer/portainer-ee', 'portainer/portainer'],
    title: 'Portainer',
    kind: 'admin-console',
    ports: [
      { port: 9443, use: 'admin' },
      { port: 9000, use: 'admin' },
      { port: 8000, use: 'cluster' },
    ],
    isBare: true,
    stateful: [{ path: '/data', keeps: 'data' }],
    hostUse: ['docker', 'files'],
    sources: [
      'https://docs.portainer.io/start/install-ce/server/docker/linux',
      'https://github.com/portainer/portainer/blob/develop/build/linux/Dockerfile',
    ],
  },
  {
    names: [
      'provectuslabs/kafka-ui',
      'ghcr.io/kafbat/kafka-ui',
      'kafbat/kafka-ui',
      'redpandadata/console',
      'obsidiandynamics/kafdrop',
    ],
    title: 'a console of Kafka',
    kind: 'admin-console',
    ports: [
      { port: 8080, use: 'admin' },
      { port: 9000, use: 'admin' },
    ],
    stateful: [],
    sources: [
      'https://ui.docs.kafbat.io/',
      'https://github.com/obsidiandynamics/kafdrop',
      'https://docs.redpanda.com/current/console/',
    ],
  },
  {
    names: ['kibana', 'docker.elastic.co/kibana/kibana', 'elastic/kibana'],
    title: 'Kibana',
    kind: 'admin-console',
    ports: [{ port: 5601, use: 'admin' }],
    stateful: [],
    probes: [
      {
        test: ['CMD-SHELL', 'curl -s -o /dev/null http://127.0.0.1:5601/api/status'],
        startPeriod: '60s',
        needs: 'HTTP without TLS',
      },
    ],
    secrets: [{ name: 'ELASTICSEARCH_PASSWORD' }],
    sources: ['https://www.elastic.co/docs/deploy-manage/deploy/self-managed/install-kibana-with-docker'],
  },
  {
    names: ['opensearchproject/opensearch-dashboards', 'public.ecr.aws/opensearchproject/opensearch-dashboards'],
    title: 'OpenSearch Dashboards',
    kind: 'admin-console',
    ports: [{ port: 5601, use: 'admin' }],
    stateful: [],
    sources: ['https://docs.opensearch.org/latest/install-and-configure/install-dashboards/docker/'],
  },
  {
    names: ['axllent/mailpit', 'ghcr.io/axllent/mailpit'],
    title: 'Mailpit',
    kind: 'tool',
    ports: [
      { port: 1025, use: 'web' },
      { port: 8025, use: 'web' },
    ],
    stateful: [],
    hasHealthcheck: true,
    sources: ['https://github.com/axllent/mailpit/blob/develop/Dockerfile'],
  },
  {
    names: ['mailhog/mailhog'],
    title: 'MailHog',
    kind: 'tool',
    ports: [
      { port: 1025, use: 'web' },
      { port: 8025, use: 'web' },
    ],
    stateful: [],
    probes: [{ test: ['CMD', 'wget', '-q', '--spider', 'http://127.0.0.1:8025'] }],
    sources: ['https://github.com/mailhog/MailHog/blob/master/Dockerfile'],
  },
  {
    names: ['amir20/dozzle', 'ghcr.io/amir20/dozzle'],
    title: 'Dozzle',
    kind: 'admin-console',
    ports: [{ port: 8080, use: 'admin' }],
    stateful: [],
    probes: [{ test: ['CMD', '/dozzle', 'healthcheck'] }],
    hostUse: ['docker'],
    sources: ['https://dozzle.dev/guide/healthcheck'],
  },
  {
    names: ['dbeaver/cloudbeaver'],
    title: 'CloudBeaver',
    kind: 'admin-console',
    ports: [{ port: 8978, use: 'admin' }],
    stateful: [{ path: '/opt/cloudbeaver/workspace', keeps: 'cache' }],
    sources: ['https://github.com/dbeaver/cloudbeaver/wiki/Run-Docker-Container'],
  },
];
