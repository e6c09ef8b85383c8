import type { ImageFacts } from './facts.js';

/** Message brokers, and what coordinates them. */
export const QUEUES: readonly ImageFacts[] = [
  {
    names: ['rabbitmq', 'bitnami/rabbitmq', 'bitnamilegacy/rabbitmq'],
    title: 'RabbitMQ',
    kind: 'queue',
    ports: [
      { port: 5672, use: 'data' },
      { port: 5671, use: 'data' },
      { port: 15672, use: 'admin' },
      { port: 15671, use: 'admin' },
      { port: 15692, use: 'metrics' },
      { port: 4369, use: 'cluster' },
      { port: 25672, use: 'cluster' },
    ],
    stateful: [{ path: '/var/lib/rabbitmq', keeps: 'data', movedBy: 'RABBITMQ_MNESIA_DIR' }],
    probes: [{ test: ['CMD', 'rabbitmq-diagnostics', '-q', 'ping'], startPeriod: '60s' }],
    secrets: [
      { name: 'RABBITMQ_DEFAULT_PASS', file: 'RABBITMQ_DEFAULT_PASS_FILE' },
      { name: 'RABBITMQ_ERLANG_COOKIE' },
    ],
    // `guest` is let in from the container itself alone, so that it gives nothing away.
    sources: [
      'https://hub.docker.com/_/rabbitmq',
      'https://github.com/docker-library/rabbitmq/blob/master/4.3/ubuntu/Dockerfile',
      'https://www.rabbitmq.com/docs/monitoring#health-checks',
      'https://www.rabbitmq.com/docs/access-control#loopback-users',
    ],
  },
  {
    names: ['apache/kafka', 'apache/kafka-native'],
    title: 'Kafka',
    kind: 'queue',
    ports: [
      { port: 9092, use: 'data' },
      { port: 9093, use: 'cluster' },
    ],
    stateful: [
      { path: '/tmp/kraft-combined-logs', keeps: 'cache', movedBy: 'KAFKA_LOG_DIRS' },
      { path: '/var/lib/kafka/data', keeps: 'cache' },
    ],
    sources: [
      'https://hub.docker.com/r/apache/kafka',
      'https://github.com/apache/kafka/blob/trunk/docker/jvm/Dockerfile',
    ],
  },
  {
    names: ['confluentinc/cp-kafka', 'confluentinc/cp-server', 'confluentinc/confluent-local'],
    title: 'Kafka',
    kind: 'queue',
    ports: [
      { port: 9092, use: 'data' },
      { port: 29092, use: 'data' },
    ],
    stateful: [{ path: '/var/lib/kafka/data', keeps: 'data', movedBy: 'KAFKA_LOG_DIRS' }],
    probes: [
      {
        test: ['CMD', 'kafka-broker-api-versions', '--bootstrap-server', 'localhost:9092'],
        startPeriod: '30s',
        needs: 'a plain listener on port 9092',
      },
    ],
    sources: ['https://docs.confluent.io/platform/current/installation/docker/operations/external-volumes.html'],
  },
  {
    names: ['bitnami/kafka', 'bitnamilegacy/kafka'],
    title: 'Kafka',
    kind: 'queue',
    ports: [
      { port: 9092, use: 'data' },
      { port: 9093, use: 'cluster' },
    ],
    stateful: [{ path: '/bitnami/kafka', keeps: 'data', movedBy: 'KAFKA_VOLUME_DIR' }],
    probes: [
      {
        test: ['CMD', 'kafka-broker-api-versions.sh', '--bootstrap-server', 'localhost:9092'],
        startPeriod: '30s',
        needs: 'a plain listener on port 9092',
      },
    ],
    sources: ['https://github.com/bitnami/containers/tree/main/bitnami/kafka'],
  },
  {
    names: ['zookeeper', 'bitnami/zookeeper', 'bitnamilegacy/zookeeper'],
    title: 'ZooKeeper',
    kind: 'queue',
    ports: [
      { port: 2181, use: 'data' },
      { port: 8080, use: 'admin' },
      { port: 2888, use: 'cluster' },
      { port: 3888, use: 'cluster' },
    ],
    stateful: [
      { path: '/data', keeps: 'cache' },
      { path: '/datalog', keeps: 'cache' },
      { path: '/bitnami/zookeeper', keeps: 'cache' },
    ],
    probes: [{ test: ['CMD', 'zkServer.sh', 'status'], startPeriod: '30s' }],
    sources: ['https://hub.docker.com/_/zookeeper', 'https://github.com/31z4/zookeeper-docker'],
  },
  {
    names: ['confluentinc/cp-zookeeper'],
    title: 'ZooKeeper',
    kind: 'queue',
    ports: [
      { port: 2181, use: 'data' },
      { port: 2888, use: 'cluster' },
      { port: 3888, use: 'cluster' },
    ],
    stateful: [
      { path: '/var/lib/zookeeper/data', keeps: 'cache' },
      { path: '/var/lib/zookeeper/log', keeps: 'cache' },
    ],
    sources: ['https://docs.confluent.io/platform/current/installation/docker/operations/external-volumes.html'],
  },
  {
    names: ['redpandadata/redpanda', 'docker.redpanda.com/redpandadata/redpanda', 'vectorized/redpanda'],
    title: 'Redpanda',
    kind: 'queue',
    ports: [
      { port: 9092, use: 'data' },
      { port: 19092, use: 'data' },
      { port: 8082, use: 'data' },
      { port: 8081, use: 'data' },
      { port: 9644, use: 'admin' },
    ],
    stateful: [{ path: '/var/lib/redpanda/data', keeps: 'data' }],
    probes: [{ test: ['CMD-SHELL', "rpk cluster health | grep -Eq 'Healthy: +true'"], startPeriod: '30s' }],
    sources: ['https://docs.redpanda.com/current/reference/rpk/rpk-cluster/rpk-cluster-health/'],
  },
  {
    // The image of the tags without a word is made from scratch: there is nothing in it that could probe.
    names: ['nats'],
    title: 'NATS',
    kind: 'queue',
    ports: [
      { port: 4222, use: 'data' },
      { port: 8222, use: 'admin' },
      { port: 6222, use: 'cluster' },
    ],
    isBare: true,
    stateful: [],
    authentication: {
      byDefault: 'open',
      closedBy: [
        { kind: 'option', name: 'user' },
        { kind: 'option', name: 'pass' },
        { kind: 'option', name: 'auth' },
        { kind: 'option', name: 'config' },
        { kind: 'option', name: 'c' },
        { kind: 'option', name: 'tlsverify' },
        { kind: 'file', path: '/etc/nats' },
        { kind: 'file', path: '/nats-server.conf' },
      ],
      openedBy: [],
    },
    sources: [
      'https://hub.docker.com/_/nats',
      'https://github.com/nats-io/nats-docker/blob/main/2.14.x/scratch/Dockerfile',
    ],
  },
  {
    // Brokers of MQTT are made for devices outside: their port is no datastore's.
    names: ['eclipse-mosquitto'],
    title: 'Mosquitto',
    kind: 'queue',
    ports: [
      { port: 1883, use: 'web' },
      { port: 9001, use: 'web' },
    ],
    stateful: [{ path: '/mosquitto/data', keeps: 'cache' }],
    exampleConfig: {
      since: '2',
      paths: ['/mosquitto/config/mosquitto.conf'],
      option: 'c',
      does: 'answers inside its own container alone',
    },
    sources: [
      'https://hub.docker.com/_/eclipse-mosquitto',
      'https://github.com/eclipse-mosquitto/mosquitto/blob/master/docker/2.1-alpine/Dockerfile',
      'https://mosquitto.org/documentation/migrating-to-2-0/',
    ],
  },
  {
    names: ['apache/activemq-classic', 'apache/activemq-artemis', 'rmohr/activemq', 'symptoma/activemq'],
    title: 'ActiveMQ',
    kind: 'queue',
    ports: [
      { port: 61616, use: 'data' },
      { port: 5672, use: 'data' },
      { port: 61613, use: 'data' },
      { port: 8161, use: 'admin' },
    ],
    stateful: [],
    secrets: [
      { name: 'ACTIVEMQ_CONNECTION_PASSWORD' },
      { name: 'ACTIVEMQ_WEB_PASSWORD' },
      { name: 'ARTEMIS_PASSWORD' },
    ],
    sources: ['https://activemq.apache.org/components/classic/documentation/docker'],
  },
];
