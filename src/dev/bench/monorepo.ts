import { type Random, randomOf } from './random.js';

/** One project of a generated repository: what stands in its `compose.yaml` and `compose.override.yaml`. */
export type GeneratedProject = { readonly base: string; readonly override: string };

type Store = { readonly name: string; readonly image: string; readonly port: number; readonly folder: string };

const STORES: readonly Store[] = [
  { name: 'postgres', image: 'postgres:16.4-alpine', port: 5432, folder: '/var/lib/postgresql/data' },
  { name: 'redis', image: 'redis:7.4-alpine', port: 6379, folder: '/data' },
  { name: 'rabbitmq', image: 'rabbitmq:3.13-management', port: 5672, folder: '/var/lib/rabbitmq' },
];

const PARTS = ['ledger', 'mailer', 'search', 'gate', 'media', 'stock', 'quotes', 'audit'] as const;

const VARIABLES: readonly string[] = [
  'LOG_LEVEL: ${LOG_LEVEL:-info}',
  'NODE_ENV: production',
  'CACHE_URL: redis://redis:6379/0',
  'WORKERS: "4"',
  'FEATURES: ${FEATURES-none}',
  'TRACE_ENDPOINT: http://${TRACE_HOST:-collector}:4318/v1/traces',
  'REGION: eu-central-1',
];

const indented = (lines: readonly string[], by: number): readonly string[] =>
  lines.map((line) => `${' '.repeat(by)}${line}`);

/** A key with a block below it; nothing when the block is empty. */
const block = (key: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`${key}:`, ...indented(lines, 2)];

const healthcheck = (command: string): readonly string[] =>
  block('healthcheck', [`test: ["CMD-SHELL", "${command}"]`, 'interval: 10s', 'timeout: 5s', 'retries: 5']);

const storeService = ({ name, image, port, folder }: Store): readonly string[] =>
  block(name, [
    `image: ${image}`,
    'restart: unless-stopped',
    ...block('volumes', [`- ${name}-data:${folder}`]),
    ...healthcheck(`nc -z localhost ${port}`),
    'networks: [inner]',
  ]);

/** Variables in either of the two notations. */
const environment = (random: Random): readonly string[] => {
  const chosen = random.some(VARIABLES, 0.6);
  const asList = random.chance(0.4);
  return block(
    'environment',
    asList ? chosen.map((line) => `- ${line.replace(': ', '=').replaceAll('"', '')}`) : chosen,
  );
};

const dependencies = (random: Random, others: readonly string[]): readonly string[] => {
  const needs = random.some(others, 0.3);
  const isLong = random.chance(0.5);
  return block(
    'depends_on',
    needs.flatMap((name) => (isLong ? [`${name}:`, '  condition: service_started'] : [`- ${name}`])),
  );
};

const appService = (random: Random, name: string, port: number, others: readonly string[]): readonly string[] =>
  block(name, [
    random.chance(0.4)
      ? `image: registry.example.com/team/${name}:\${TAG:-1.${random.integer(0, 40)}.0}`
      : `build: {context: ./${name}, args: {REVISION: "\${REVISION:-main}"}}`,
    'restart: unless-stopped',
    ...(random.chance(0.4) ? [`command: ["node", "dist/${name}.js", "--threads", "${random.integer(1, 8)}"]`] : []),
    ...environment(random),
    ...(random.chance(0.6) ? block('ports', [`- "127.0.0.1:${port}:${random.pick([80, 3000, 8080])}"`]) : []),
    ...(random.chance(0.4) ? block('volumes', [`- ./${name}/etc:/etc/${name}:ro`]) : []),
    ...dependencies(random, others),
    ...(random.chance(0.4) ? block('labels', [`team.example.com/owner: ${name}`, 'traefik.enable: "true"']) : []),
    ...(random.chance(0.4)
      ? block('deploy', block('resources', block('limits', ['cpus: "0.50"', `memory: ${random.pick([128, 256])}M`])))
      : []),
    ...(random.chance(0.5) ? healthcheck('wget -qO- http://localhost:8080/healthz') : []),
    ...(random.chance(0.5) ? ['logging: *logging'] : []),
    'networks: [inner, outer]',
  ]);

/**
 * The project with a number: 5 to 15 services in the base, half of the applications changed by the override. The same
 * number gives the same texts.
 */
export const generateProject = (number: number): GeneratedProject => {
  const random = randomOf(number + 1);
  const count = random.integer(5, 15);
  const apps = Array.from({ length: count - STORES.length }, (_, i) => `${random.pick(PARTS)}-${i}`);
  const stores = STORES.map(({ name }) => name);
  const base = [
    `name: project-${number}`,
    ...block('x-logging', ['&logging', 'driver: json-file', ...block('options', ['max-size: "10m"', 'max-file: "3"'])]),
    ...block('services', [
      ...STORES.flatMap(storeService),
      ...apps.flatMap((name, i) => appService(random, name, 10_000 + i, [...stores, ...apps.slice(0, i)])),
    ]),
    ...block('networks', ['inner: {}', ...block('outer', ['driver: bridge'])]),
    ...block(
      'volumes',
      stores.map((name) => `${name}-data:`),
    ),
  ];
  const changed = apps.filter((_, i) => i % 2 === 0);
  const override = block('services', [
    ...STORES.flatMap(({ name, port }) => block(name, block('ports', [`- "127.0.0.1:${port}:${port}"`]))),
    ...changed.flatMap((name) =>
      block(name, [
        ...block('environment', ['LOG_LEVEL: debug', 'DEBUG: "*"']),
        ...(random.chance(0.5) ? block('volumes', [`- ./${name}/src:/app/src`]) : []),
        ...(random.chance(0.2) ? ['restart: !reset null'] : []),
      ]),
    ),
  ]);
  return { base: `${base.join('\n')}\n`, override: `${override.join('\n')}\n` };
};
