import type { ImageFacts, StatefulPath } from './facts.js';

const POSTGRES_PROBE = {
  test: [
    'CMD-SHELL',
    'pg_isready -q -h 127.0.0.1 -U "$${POSTGRES_USER:-postgres}" -d "$${POSTGRES_DB:-$${POSTGRES_USER:-postgres}}"',
  ],
  startPeriod: '30s',
} as const;

/** `trust` lets everybody in who reaches the port, whatever the password. */
const POSTGRES_AUTHENTICATION = {
  byDefault: 'closed',
  closedBy: [],
  openedBy: [{ kind: 'variable', name: 'POSTGRES_HOST_AUTH_METHOD', values: ['trust'] }],
} as const;

const POSTGRES_SECRETS = [{ name: 'POSTGRES_PASSWORD', file: 'POSTGRES_PASSWORD_FILE' }] as const;

/** From 18 on the image keeps its data in a folder per version, and refuses to start with a mount on the old one. */
const POSTGRES_PATHS: readonly StatefulPath[] = [
  { path: '/var/lib/postgresql/data', keeps: 'data', movedBy: 'PGDATA', until: '18' },
  {
    path: '/var/lib/postgresql',
    keeps: 'data',
    movedBy: 'PGDATA',
    since: '18',
    except: ['/var/lib/postgresql/data'],
  },
];

/** Images whose tags start with another version than that of PostgreSQL: both places count. */
const POSTGRES_PATHS_OF_ANY: readonly StatefulPath[] = [
  { path: '/var/lib/postgresql', keeps: 'data', movedBy: 'PGDATA' },
];

const MYSQL_SECRETS = [
  { name: 'MYSQL_ROOT_PASSWORD', file: 'MYSQL_ROOT_PASSWORD_FILE' },
  { name: 'MYSQL_PASSWORD', file: 'MYSQL_PASSWORD_FILE' },
] as const;

/** Variables that give root a password, with which an empty one is not allowed after all. */
const MYSQL_ROOT = ['MYSQL_ROOT_PASSWORD', 'MYSQL_ROOT_PASSWORD_FILE', 'MYSQL_RANDOM_ROOT_PASSWORD'] as const;
const MARIADB_ROOT = [
  'MARIADB_ROOT_PASSWORD',
  'MARIADB_ROOT_PASSWORD_FILE',
  'MARIADB_ROOT_PASSWORD_HASH',
  'MARIADB_RANDOM_ROOT_PASSWORD',
  ...MYSQL_ROOT,
] as const;

/** Relational databases. */
export const DATABASES: readonly ImageFacts[] = [
  {
    names: ['postgres'],
    title: 'PostgreSQL',
    kind: 'database',
    ports: [{ port: 5432, use: 'data' }],
    stateful: POSTGRES_PATHS,
    probes: [POSTGRES_PROBE],
    secrets: POSTGRES_SECRETS,
    authentication: POSTGRES_AUTHENTICATION,
    sources: [
      'https://hub.docker.com/_/postgres',
      'https://github.com/docker-library/postgres/blob/master/18/trixie/Dockerfile',
      'https://www.postgresql.org/docs/current/app-pg-isready.html',
    ],
  },
  {
    names: ['postgis/postgis', 'pgvector/pgvector', 'ankane/pgvector', 'timescale/timescaledb', 'imresamu/postgis'],
    title: 'PostgreSQL',
    kind: 'database',
    ports: [{ port: 5432, use: 'data' }],
    stateful: POSTGRES_PATHS_OF_ANY,
    probes: [POSTGRES_PROBE],
    secrets: POSTGRES_SECRETS,
    authentication: POSTGRES_AUTHENTICATION,
    sources: [
      'https://github.com/postgis/docker-postgis',
      'https://github.com/pgvector/pgvector/blob/master/Dockerfile',
      'https://github.com/timescale/timescaledb-docker/blob/main/Dockerfile',
    ],
  },
  {
    names: ['timescale/timescaledb-ha'],
    title: 'TimescaleDB',
    kind: 'database',
    ports: [{ port: 5432, use: 'data' }],
    stateful: [{ path: '/home/postgres/pgdata', keeps: 'data', movedBy: 'PGDATA' }],
    probes: [POSTGRES_PROBE],
    secrets: POSTGRES_SECRETS,
    authentication: POSTGRES_AUTHENTICATION,
    sources: ['https://github.com/timescale/timescaledb-docker-ha/blob/master/Dockerfile'],
  },
  {
    names: ['bitnami/postgresql', 'bitnamilegacy/postgresql', 'bitnami/postgresql-repmgr'],
    title: 'PostgreSQL',
    kind: 'database',
    ports: [{ port: 5432, use: 'data' }],
    stateful: [{ path: '/bitnami/postgresql', keeps: 'data', movedBy: 'POSTGRESQL_VOLUME_DIR' }],
    probes: [
      {
        test: ['CMD-SHELL', 'pg_isready -q -h 127.0.0.1 -U "$${POSTGRESQL_USERNAME:-postgres}"'],
        startPeriod: '30s',
      },
    ],
    secrets: [
      { name: 'POSTGRESQL_PASSWORD', file: 'POSTGRESQL_PASSWORD_FILE' },
      { name: 'POSTGRESQL_POSTGRES_PASSWORD', file: 'POSTGRESQL_POSTGRES_PASSWORD_FILE' },
    ],
    authentication: {
      byDefault: 'closed',
      closedBy: [],
      openedBy: [{ kind: 'variable', name: 'ALLOW_EMPTY_PASSWORD', values: ['yes', 'true', '1'] }],
    },
    sources: ['https://github.com/bitnami/containers/tree/main/bitnami/postgresql'],
  },
  {
    names: ['mysql', 'percona', 'percona/percona-server'],
    title: 'MySQL',
    kind: 'database',
    ports: [
      { port: 3306, use: 'data' },
      { port: 33060, use: 'data' },
    ],
    stateful: [{ path: '/var/lib/mysql', keeps: 'data' }],
    // By TCP: while it sets itself up the server listens on its socket alone. "Access denied" counts as an answer.
    probes: [{ test: ['CMD', 'mysqladmin', 'ping', '-h', '127.0.0.1', '--silent'], startPeriod: '60s' }],
    secrets: MYSQL_SECRETS,
    authentication: {
      byDefault: 'closed',
      closedBy: [],
      openedBy: [{ kind: 'variable', name: 'MYSQL_ALLOW_EMPTY_PASSWORD', unless: MYSQL_ROOT }],
    },
    sources: [
      'https://hub.docker.com/_/mysql',
      'https://github.com/docker-library/mysql/blob/master/docker-entrypoint.sh',
      'https://dev.mysql.com/doc/refman/8.4/en/mysqladmin.html',
    ],
  },
  {
    names: ['mysql/mysql-server'],
    title: 'MySQL',
    kind: 'database',
    ports: [
      { port: 3306, use: 'data' },
      { port: 33060, use: 'data' },
    ],
    stateful: [{ path: '/var/lib/mysql', keeps: 'data' }],
    hasHealthcheck: true,
    secrets: MYSQL_SECRETS,
    sources: ['https://github.com/mysql/mysql-docker/blob/main/mysql-server/8.0/Dockerfile'],
  },
  {
    names: ['mariadb'],
    title: 'MariaDB',
    kind: 'database',
    ports: [{ port: 3306, use: 'data' }],
    stateful: [{ path: '/var/lib/mysql', keeps: 'data' }],
    probes: [
      { test: ['CMD', 'healthcheck.sh', '--connect', '--innodb_initialized'], startPeriod: '60s', since: '10.6' },
      { test: ['CMD', 'mysqladmin', 'ping', '-h', '127.0.0.1', '--silent'], startPeriod: '60s', until: '10.6' },
    ],
    secrets: [
      { name: 'MARIADB_ROOT_PASSWORD', file: 'MARIADB_ROOT_PASSWORD_FILE' },
      { name: 'MARIADB_PASSWORD', file: 'MARIADB_PASSWORD_FILE' },
      ...MYSQL_SECRETS,
    ],
    authentication: {
      byDefault: 'closed',
      closedBy: [],
      openedBy: [
        { kind: 'variable', name: 'MARIADB_ALLOW_EMPTY_ROOT_PASSWORD', unless: MARIADB_ROOT },
        { kind: 'variable', name: 'MYSQL_ALLOW_EMPTY_PASSWORD', unless: MARIADB_ROOT },
      ],
    },
    sources: [
      'https://hub.docker.com/_/mariadb',
      'https://github.com/MariaDB/mariadb-docker/blob/master/main/Dockerfile',
      'https://mariadb.com/kb/en/using-healthcheck-sh/',
    ],
  },
  {
    names: ['bitnami/mariadb', 'bitnamilegacy/mariadb', 'bitnami/mysql', 'bitnamilegacy/mysql'],
    title: 'MariaDB or MySQL',
    kind: 'database',
    ports: [{ port: 3306, use: 'data' }],
    stateful: [{ path: '/bitnami', keeps: 'data' }],
    secrets: [
      { name: 'MARIADB_ROOT_PASSWORD', file: 'MARIADB_ROOT_PASSWORD_FILE' },
      { name: 'MARIADB_PASSWORD', file: 'MARIADB_PASSWORD_FILE' },
      ...MYSQL_SECRETS,
    ],
    authentication: {
      byDefault: 'closed',
      closedBy: [],
      openedBy: [{ kind: 'variable', name: 'ALLOW_EMPTY_PASSWORD', values: ['yes', 'true', '1'] }],
    },
    sources: [
      'https://github.com/bitnami/containers/tree/main/bitnami/mariadb',
      'https://github.com/bitnami/containers/tree/main/bitnami/mysql',
    ],
  },
  {
    names: ['mcr.microsoft.com/mssql/server', 'mcr.microsoft.com/azure-sql-edge'],
    title: 'SQL Server',
    kind: 'database',
    ports: [{ port: 1433, use: 'data' }],
    stateful: [{ path: '/var/opt/mssql', keeps: 'data' }],
    secrets: [{ name: 'MSSQL_SA_PASSWORD' }, { name: 'SA_PASSWORD' }],
    sources: [
      'https://learn.microsoft.com/en-us/sql/linux/sql-server-linux-docker-container-configure',
      'https://learn.microsoft.com/en-us/sql/linux/sql-server-linux-configure-environment-variables',
    ],
  },
  {
    names: ['gvenzl/oracle-free', 'gvenzl/oracle-xe', 'ghcr.io/gvenzl/oracle-free', 'ghcr.io/gvenzl/oracle-xe'],
    title: 'Oracle Database',
    kind: 'database',
    ports: [{ port: 1521, use: 'data' }],
    stateful: [{ path: '/opt/oracle/oradata', keeps: 'data' }],
    probes: [{ test: ['CMD', 'healthcheck.sh'], startPeriod: '60s' }],
    secrets: [
      { name: 'ORACLE_PASSWORD', file: 'ORACLE_PASSWORD_FILE' },
      { name: 'APP_USER_PASSWORD', file: 'APP_USER_PASSWORD_FILE' },
    ],
    sources: ['https://github.com/gvenzl/oci-oracle-free/blob/main/README.md'],
  },
  {
    names: ['cockroachdb/cockroach'],
    title: 'CockroachDB',
    kind: 'database',
    ports: [
      { port: 26257, use: 'data' },
      { port: 8080, use: 'admin' },
    ],
    stateful: [{ path: '/cockroach/cockroach-data', keeps: 'data' }],
    authentication: { byDefault: 'closed', closedBy: [], openedBy: [{ kind: 'option', name: 'insecure' }] },
    sources: [
      'https://www.cockroachlabs.com/docs/stable/start-a-local-cluster-in-docker-linux',
      'https://www.cockroachlabs.com/docs/stable/cockroach-start-single-node',
    ],
  },
];
