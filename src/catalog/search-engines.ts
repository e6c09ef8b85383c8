import type { ImageFacts, Probe } from './facts.js';

/** Whether something answers, by HTTP or HTTPS, be it that one must log in. */
const ANSWERS_ON_9200: Probe = {
  test: ['CMD-SHELL', 'curl -s -o /dev/null http://127.0.0.1:9200 || curl -sk -o /dev/null https://127.0.0.1:9200'],
  startPeriod: '60s',
};

/** Search engines. */
export const SEARCH_ENGINES: readonly ImageFacts[] = [
  {
    names: ['elasticsearch', 'docker.elastic.co/elasticsearch/elasticsearch', 'elastic/elasticsearch'],
    title: 'Elasticsearch',
    kind: 'search-engine',
    ports: [
      { port: 9200, use: 'data' },
      { port: 9300, use: 'cluster' },
    ],
    stateful: [{ path: '/usr/share/elasticsearch/data', keeps: 'data', movedBy: 'path.data' }],
    probes: [ANSWERS_ON_9200],
    secrets: [{ name: 'ELASTIC_PASSWORD', file: 'ELASTIC_PASSWORD_FILE' }],
    authentication: {
      byDefault: 'open',
      closedSince: '8',
      closedBy: [
        { kind: 'variable', name: 'xpack.security.enabled', values: ['true'] },
        { kind: 'file', path: '/usr/share/elasticsearch/config/elasticsearch.yml' },
      ],
      openedBy: [{ kind: 'variable', name: 'xpack.security.enabled', values: ['false'] }],
    },
    sources: [
      'https://www.elastic.co/docs/deploy-manage/deploy/self-managed/install-elasticsearch-docker-configure',
      'https://www.elastic.co/guide/en/elasticsearch/reference/7.17/security-minimal-setup.html',
    ],
  },
  {
    names: ['opensearchproject/opensearch', 'public.ecr.aws/opensearchproject/opensearch'],
    title: 'OpenSearch',
    kind: 'search-engine',
    ports: [
      { port: 9200, use: 'data' },
      { port: 9300, use: 'cluster' },
      { port: 9600, use: 'metrics' },
    ],
    stateful: [{ path: '/usr/share/opensearch/data', keeps: 'data', movedBy: 'path.data' }],
    probes: [ANSWERS_ON_9200],
    secrets: [{ name: 'OPENSEARCH_INITIAL_ADMIN_PASSWORD' }],
    authentication: {
      byDefault: 'closed',
      closedBy: [],
      openedBy: [
        { kind: 'variable', name: 'DISABLE_SECURITY_PLUGIN', values: ['true'] },
        { kind: 'variable', name: 'plugins.security.disabled', values: ['true'] },
      ],
    },
    sources: [
      'https://docs.opensearch.org/latest/install-and-configure/install-opensearch/docker/',
      'https://github.com/opensearch-project/opensearch-build/blob/main/docker/release/dockerfiles/opensearch.al2023.dockerfile',
    ],
  },
  {
    names: ['solr'],
    title: 'Solr',
    kind: 'search-engine',
    ports: [{ port: 8983, use: 'data' }],
    stateful: [{ path: '/var/solr', keeps: 'data', movedBy: 'SOLR_HOME', since: '8' }],
    probes: [{ test: ['CMD', 'wget', '-q', '--spider', 'http://127.0.0.1:8983/solr/'], startPeriod: '30s' }],
    sources: [
      'https://hub.docker.com/_/solr',
      'https://solr.apache.org/guide/solr/latest/deployment-guide/solr-in-docker.html',
    ],
  },
  {
    names: ['getmeili/meilisearch'],
    title: 'Meilisearch',
    kind: 'search-engine',
    ports: [{ port: 7700, use: 'data' }],
    stateful: [
      { path: '/meili_data', keeps: 'data', movedBy: 'MEILI_DB_PATH', since: '0.27' },
      { path: '/data.ms', keeps: 'data', movedBy: 'MEILI_DB_PATH', until: '0.27' },
    ],
    probes: [{ test: ['CMD', 'curl', '-fsS', 'http://127.0.0.1:7700/health'] }],
    secrets: [{ name: 'MEILI_MASTER_KEY' }],
    authentication: {
      byDefault: 'open',
      closedBy: [
        { kind: 'variable', name: 'MEILI_MASTER_KEY' },
        { kind: 'option', name: 'master-key' },
        { kind: 'option', name: 'config-file-path' },
        { kind: 'variable', name: 'MEILI_CONFIG_FILE_PATH' },
      ],
      openedBy: [],
    },
    sources: [
      'https://www.meilisearch.com/docs/guides/docker',
      'https://github.com/meilisearch/meilisearch/blob/main/Dockerfile',
    ],
  },
  {
    names: ['typesense/typesense'],
    title: 'Typesense',
    kind: 'search-engine',
    ports: [
      { port: 8108, use: 'data' },
      { port: 8107, use: 'cluster' },
    ],
    stateful: [],
    secrets: [{ name: 'TYPESENSE_API_KEY' }],
    sources: ['https://typesense.org/docs/guide/install-typesense.html'],
  },
  {
    names: ['manticoresearch/manticore'],
    title: 'Manticore Search',
    kind: 'search-engine',
    ports: [
      { port: 9306, use: 'data' },
      { port: 9308, use: 'data' },
      { port: 9312, use: 'cluster' },
    ],
    stateful: [{ path: '/var/lib/manticore', keeps: 'data' }],
    sources: ['https://hub.docker.com/r/manticoresearch/manticore'],
  },
];
