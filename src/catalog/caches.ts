import type { Authentication, ImageFacts, Switch } from './facts.js';

/** Redis and its kin let everybody in who reaches them, unless a password or a list of users is given. */
const REDIS_AUTHENTICATION: Authentication = {
  byDefault: 'open',
  closedBy: [
    { kind: 'option', name: 'requirepass' },
    { kind: 'option', name: 'aclfile' },
    { kind: 'option', name: 'user' },
    { kind: 'argument', ending: '.conf' },
  ],
  openedBy: [],
};

/** Who asks for a log of every change, or for snapshots, wants to keep what is there. */
const KEPT_BY: readonly Switch[] = [
  { kind: 'option', name: 'appendonly', values: ['yes'] },
  { kind: 'option', name: 'save' },
];

const BITNAMI_AUTHENTICATION: Authentication = {
  byDefault: 'closed',
  closedBy: [],
  openedBy: [{ kind: 'variable', name: 'ALLOW_EMPTY_PASSWORD', values: ['yes', 'true', '1'] }],
};

/** Caches: stores that mostly live in memory. Whether what they hold matters is for the project to say. */
export const CACHES: readonly ImageFacts[] = [
  {
    names: ['redis'],
    title: 'Redis',
    kind: 'cache',
    ports: [{ port: 6379, use: 'data' }],
    stateful: [{ path: '/data', keeps: 'cache', keptBy: KEPT_BY }],
    probes: [{ test: ['CMD', 'redis-cli', 'ping'] }],
    authentication: REDIS_AUTHENTICATION,
    sources: [
      'https://hub.docker.com/_/redis',
      'https://github.com/docker-library/redis/blob/master/7.4-rc/debian/Dockerfile',
      'https://redis.io/docs/latest/operate/oss_and_stack/management/security/',
    ],
  },
  {
    names: ['redis/redis-stack', 'redis/redis-stack-server', 'redislabs/redismod', 'redislabs/rejson'],
    title: 'Redis Stack',
    kind: 'cache',
    ports: [
      { port: 6379, use: 'data' },
      { port: 8001, use: 'admin' },
    ],
    stateful: [{ path: '/data', keeps: 'cache', keptBy: KEPT_BY }],
    probes: [{ test: ['CMD', 'redis-cli', 'ping'] }],
    authentication: {
      ...REDIS_AUTHENTICATION,
      closedBy: [
        ...REDIS_AUTHENTICATION.closedBy,
        { kind: 'variable', name: 'REDIS_ARGS' },
        { kind: 'file', path: '/redis-stack.conf' },
      ],
    },
    sources: ['https://hub.docker.com/r/redis/redis-stack', 'https://hub.docker.com/r/redis/redis-stack-server'],
  },
  {
    names: ['valkey/valkey', 'ghcr.io/valkey-io/valkey'],
    title: 'Valkey',
    kind: 'cache',
    ports: [{ port: 6379, use: 'data' }],
    stateful: [{ path: '/data', keeps: 'cache', keptBy: KEPT_BY }],
    probes: [{ test: ['CMD', 'valkey-cli', 'ping'] }],
    authentication: {
      ...REDIS_AUTHENTICATION,
      closedBy: [...REDIS_AUTHENTICATION.closedBy, { kind: 'variable', name: 'VALKEY_EXTRA_FLAGS' }],
    },
    sources: [
      'https://hub.docker.com/r/valkey/valkey',
      'https://github.com/valkey-io/valkey-container/blob/mainline/8.0/debian/Dockerfile',
    ],
  },
  {
    names: ['bitnami/redis', 'bitnamilegacy/redis'],
    title: 'Redis',
    kind: 'cache',
    ports: [{ port: 6379, use: 'data' }],
    stateful: [{ path: '/bitnami/redis/data', keeps: 'cache' }],
    probes: [{ test: ['CMD', 'redis-cli', 'ping'] }],
    secrets: [{ name: 'REDIS_PASSWORD', file: 'REDIS_PASSWORD_FILE' }],
    authentication: BITNAMI_AUTHENTICATION,
    sources: ['https://github.com/bitnami/containers/tree/main/bitnami/redis'],
  },
  {
    names: ['bitnami/valkey', 'bitnamilegacy/valkey'],
    title: 'Valkey',
    kind: 'cache',
    ports: [{ port: 6379, use: 'data' }],
    stateful: [{ path: '/bitnami/valkey/data', keeps: 'cache' }],
    probes: [{ test: ['CMD', 'valkey-cli', 'ping'] }],
    secrets: [{ name: 'VALKEY_PASSWORD', file: 'VALKEY_PASSWORD_FILE' }],
    authentication: BITNAMI_AUTHENTICATION,
    sources: ['https://github.com/bitnami/containers/tree/main/bitnami/valkey'],
  },
  {
    names: ['eqalpha/keydb'],
    title: 'KeyDB',
    kind: 'cache',
    ports: [{ port: 6379, use: 'data' }],
    stateful: [{ path: '/data', keeps: 'cache', keptBy: KEPT_BY }],
    probes: [{ test: ['CMD', 'keydb-cli', 'ping'] }],
    authentication: REDIS_AUTHENTICATION,
    sources: ['https://docs.keydb.dev/docs/docker-basics'],
  },
  {
    names: ['docker.dragonflydb.io/dragonflydb/dragonfly', 'ghcr.io/dragonflydb/dragonfly'],
    title: 'Dragonfly',
    kind: 'cache',
    ports: [{ port: 6379, use: 'data' }],
    stateful: [{ path: '/data', keeps: 'cache', keptBy: KEPT_BY }],
    hasHealthcheck: true,
    authentication: {
      byDefault: 'open',
      closedBy: [
        { kind: 'option', name: 'requirepass' },
        { kind: 'option', name: 'aclfile' },
        { kind: 'option', name: 'flagfile' },
        { kind: 'variable', name: 'DFLY_requirepass' },
        { kind: 'variable', name: 'DFLY_PASSWORD' },
      ],
      openedBy: [],
    },
    sources: [
      'https://www.dragonflydb.io/docs/getting-started/docker',
      'https://github.com/dragonflydb/dragonfly/blob/main/tools/packaging/Dockerfile.ubuntu-prod',
    ],
  },
  {
    // It knows SASL only, which few clients use: that it has no password says nothing about the project.
    names: ['memcached', 'bitnami/memcached', 'bitnamilegacy/memcached'],
    title: 'Memcached',
    kind: 'cache',
    ports: [{ port: 11211, use: 'data' }],
    stateful: [],
    sources: ['https://hub.docker.com/_/memcached', 'https://docs.memcached.org/features/sasl/'],
  },
];
