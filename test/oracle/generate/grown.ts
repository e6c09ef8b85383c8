import fc, { type Arbitrary } from 'fast-check';
import type { Data } from '../yaml-text.js';
import { one } from './arbitraries.js';

/**
 * Sets as they grow in a team: a base and files that are loaded on top of it, half copied from it, with credentials and knobs
 * written out in several places, blocks that several services repeat, and names in several styles. What `--fix` is for.
 */

type Fields = { readonly [key: string]: Data };

/** Some of the fields, in their order. */
const some = (fields: { readonly [key: string]: Arbitrary<Data> }): Arbitrary<Fields> =>
  fc.record(fields, { requiredKeys: [] }) as Arbitrary<Fields>;

const PASSWORDS = ['s3cr3t-horse', 'tr0ub4dor&3', 'p$$ord-9431', 'x7#kq2!vv', "it's-9f2c1"] as const;

const variables: Arbitrary<Fields> = some({
  LOG_LEVEL: one('debug', 'info'),
  WORKERS: one(4, '4', 8),
  POOL_SIZE: one('100', 100),
  NODE_ENV: one('production', 'development'),
  DEBUG: one(true, '1', ''),
  API_TOKEN: one(...PASSWORDS),
  DATABASE_URL: one('postgres://app:s3cr3t-horse@db:5432/app', 'postgres://app:${DB_PASSWORD}@db:5432/app'),
  REDIS_URL: one('redis://cache:6379/0', 'redis://:x7qkq2vv@cache:6379/0'),
  TAGLINE: one('a: b # c', '${TAG:-none}', 'two words'),
  EMPTY: one(null, ''),
});

const databaseVariables: Arbitrary<Fields> = some({
  POSTGRES_USER: one('app', 'postgres'),
  POSTGRES_PASSWORD: one(...PASSWORDS, '${DB_PASSWORD:-s3cr3t-horse}', '${DB_PASSWORD}'),
  POSTGRES_DB: one('app', 'app_dev'),
});

/** Variables as a mapping, or as a list, in which a name may stand twice. */
const environment = (given: Arbitrary<Fields>): Arbitrary<Data> =>
  fc.tuple(given, fc.boolean(), fc.nat(9)).map(([fields, isList, twice]): Data => {
    if (!isList) return fields;
    const items = Object.entries(fields).map(([name, value]) => (value === null ? name : `${name}=${String(value)}`));
    const [first] = items;
    return twice === 0 && first !== undefined ? [...items, `${first}0`] : items;
  });

const logging: Arbitrary<Data> = one(
  { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } },
  { driver: 'json-file', options: { 'max-size': '50m', 'max-file': '3' } },
);

const common = {
  restart: one('unless-stopped', 'always', 'no'),
  logging,
  networks: one(['backend'], ['backend', 'front-net'], { backend: null, 'front-net': { aliases: ['a'] } }),
  labels: one({ team: 'core' }, ['team=core', 'tier=1']),
  deploy: one({ resources: { limits: { cpus: '0.50', memory: '256M' } } }),
};

const app = (name: string, port: number): Arbitrary<Fields> =>
  some({
    image: one(`example/${name}:1.4`, `example/${name}:latest`, `example/${name}:\${TAG:-1.4}`),
    ...common,
    environment: environment(variables),
    ports: one([`${port}:8080`], [`127.0.0.1:${port}:8080`, `${port + 100}:9090`], [{ target: 8080, published: port }]),
    volumes: one(
      [`./${name}:/app`, '/app/node_modules'],
      [`${name}-data:/data`],
      [`${name}_data:/data`, './etc:/etc/app:ro'],
    ),
    depends_on: one(['db'], { db: { condition: 'service_started' } }, ['db', 'cache']),
    command: one('serve --port 8080', ['serve', '--reload']),
    healthcheck: one({ test: ['CMD', 'curl', '-f', 'http://localhost:8080/'], interval: '30s' }),
  });

const database: Arbitrary<Fields> = some({
  image: one('postgres:16', 'postgres:16-alpine', 'postgres'),
  ...common,
  environment: environment(databaseVariables),
  ports: one(['5432:5432'], ['127.0.0.1:5432:5432']),
  volumes: one(['pg_data:/var/lib/postgresql/data'], ['pg-data:/var/lib/postgresql/data']),
  healthcheck: one({ test: ['CMD-SHELL', 'pg_isready -U app'] }),
});

const cache: Arbitrary<Fields> = some({
  image: one('redis:7.4-alpine', 'redis:latest'),
  ...common,
  ports: one(['6379:6379']),
  volumes: one(['cache_data:/data'], ['cache-data:/data']),
  command: one('redis-server --requirepass x7qkq2vv', ['redis-server', '--appendonly', 'yes']),
});

const services: Arbitrary<Fields> = fc.record({
  api: app('api', 8000),
  worker: app('worker', 8001),
  web: app('web', 3000),
  db: database,
  cache,
});

const VOLUMES = ['pg_data', 'pg-data', 'cache_data', 'cache-data'];
const NETWORKS: Fields = { backend: null, 'front-net': { driver: 'bridge' } };

const volumes = ['api', 'worker', 'web'].flatMap((name) => [`${name}-data`, `${name}_data`]).concat(VOLUMES);

/** What the base needs so that docker compose takes it. */
const complete = (given: Fields): Fields =>
  Object.fromEntries(
    Object.entries(given).map(([name, service]) => [name, { image: `example/${name}:1`, ...(service as Fields) }]),
  );

const baseOf = (given: Fields, version: boolean, extra: readonly string[]): Data => ({
  ...(version ? { version: '3.8' } : {}),
  services: complete(given),
  networks: NETWORKS,
  volumes: Object.fromEntries([...volumes, ...extra].map((name) => [name, null])),
});

/** A file on top: what it copies of the base, and what it says itself. */
const layerOf = (base: Fields, own: Fields, copied: readonly string[], version: boolean): Data => {
  const names = Object.keys(own).filter((name, i) => copied.includes(name) || i % 2 === 0);
  const entries = names.map((name): readonly [string, Data] => {
    const theirs = base[name] as Fields;
    return [name, { ...(copied.includes(name) ? theirs : {}), ...(own[name] as Fields) }];
  });
  return { ...(version ? { version: '3.8' } : {}), services: Object.fromEntries(entries) };
};

/** A grown set: documents of Compose files, and texts of all others, by path. */
export type GrownSet = {
  readonly files: Readonly<Record<string, readonly Data[]>>;
  readonly texts: Readonly<Record<string, string>>;
};

const envText: Arbitrary<string> = fc
  .subarray(['DB_PASSWORD=from-env', '# what the team agreed on', 'TAG=1.4', "WORKERS='4'", 'UNUSED=1'])
  .map((lines) => (lines.length === 0 ? '' : `${lines.join('\n')}\n`));

export const grownSets: Arbitrary<GrownSet> = fc
  .record({
    base: services,
    layers: fc.array(fc.tuple(services, fc.subarray(['api', 'worker', 'web', 'db', 'cache'])), { maxLength: 3 }),
    versions: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    extra: fc.subarray(['forgotten', 'left-over']),
    texts: fc.record({ '.env': envText, '.env.example': envText }, { requiredKeys: [] }),
  })
  .map(({ base, layers, versions, extra, texts }) => ({
    files: {
      'docker-compose.yml': [baseOf(base, versions[0] === true, extra)],
      ...Object.fromEntries(
        layers.map(([own, copied], i) => [
          ['docker-compose.dev.yml', 'docker-compose.prod.yml', 'docker-compose.tools.yml'][i] ?? '',
          [layerOf(complete(base), own, copied, versions[i + 1] === true)],
        ]),
      ),
    },
    texts,
  }));
