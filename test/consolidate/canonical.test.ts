import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeFileSystem } from '../../src/cli/node-filesystem.js';
import { cachedReader } from '../../src/cli/read.js';
import { analyse } from '../../src/consolidate/analysis.js';
import { modelLeaves } from '../../src/lint/leaves.js';
import type { Project } from '../../src/model/project.js';
import { namesIn, portsOf } from '../../src/model/service.js';
import { get, type Mapping } from '../../src/model/value.js';
import { DEFAULT_OPTIONS, resolve } from '../../src/resolve/resolve.js';
import { stackFor } from '../../src/workspace/command-line.js';
import { runFor } from './disk.js';
import { dockerCompose } from './docker.js';
import { FOG_COMPUTE, openFolder } from './open.js';

const AFTER = `${FOG_COMPUTE}/after`;

let work = '';
let folder = '';

const filesBelow = (root: string): readonly string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !path.startsWith('.git/'))
    .sort();

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'fog-compute-'));
  folder = join(work, 'fog-compute');
  cpSync(`${FOG_COMPUTE}/before`, folder, { recursive: true });
  cpSync(`${FOG_COMPUTE}/fog-lint.yaml`, join(work, 'fog-lint.yaml'));
  mkdirSync(join(work, '.git'));
  const { code, err } = await runFor(['consolidate', '--write'], folder);
  if (code !== 0) throw new Error(err);
});

afterAll(() => rmSync(work, { recursive: true }));

const BACKUPS = /\.bak$/;

describe('what consolidate --write makes of before/', () => {
  test('is after/, byte for byte', async () => {
    const made = filesBelow(folder).filter((path) => path !== '.env' && !BACKUPS.test(path));
    for (const path of made)
      await expect(readFileSync(join(folder, path), 'utf8')).toMatchFileSnapshot(join(AFTER, path));
    expect(filesBelow(AFTER)).toEqual(made);
  });

  test('has a backup of each file that it replaces', () => {
    expect(filesBelow(folder).filter((path) => BACKUPS.test(path))).toEqual([
      'docker-compose.betanet.yml.bak',
      'docker-compose.dev.yml.bak',
      'docker-compose.yml.bak',
      'monitoring/prometheus/prometheus.yml.bak',
    ]);
    for (const path of filesBelow(folder).filter((name) => BACKUPS.test(name)))
      expect(readFileSync(join(folder, path))).toEqual(
        readFileSync(join(FOG_COMPUTE, 'before', path.replace(BACKUPS, ''))),
      );
  });

  test('has a .env for its owner only, which git ignores and which holds what was in the files', () => {
    expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('.env\n');
    expect(readFileSync(join(folder, '.env'), 'utf8')).toBe(
      'POSTGRES_PASSWORD=fog_password\nGF_SECURITY_ADMIN_PASSWORD=admin\n',
    );
  });

  test('needs nothing done a second time', async () => {
    const { code, out } = await runFor(['consolidate', '--format', 'json'], folder);
    const [workspace] = (
      JSON.parse(out) as { workspaces: readonly { verdict: string; operations: unknown; withdrawn: unknown }[] }
    ).workspaces;
    expect({ code, ...workspace }).toMatchObject({
      code: 0,
      verdict: 'empty',
      operations: [],
      withdrawn: [],
      questions: [],
    });
  });

  test('is clean under the recommended rules', async () => {
    const { out, code } = await runFor(['--format', 'compact'], folder);
    expect(out).toBe('No problems in 4 files.\n');
    expect(code).toBe(0);
  });
});

const FILES = {
  base: 'docker-compose.yml',
  override: 'docker-compose.override.yml',
  prod: 'docker-compose.prod.yml',
  betanet: 'docker-compose.betanet.yml',
} as const;

/** The five usage patterns of the analysis, section 6.2, and the base alone. */
const PATTERNS: Readonly<Record<string, readonly (keyof typeof FILES)[]>> = {
  development: ['base', 'override'],
  production: ['base', 'prod'],
  'mixnet only': ['base', 'betanet'],
  'development with the mixnet': ['base', 'override', 'betanet'],
  'production with the mixnet': ['base', 'prod', 'betanet'],
  'base alone': ['base'],
};

const patterns = Object.entries(PATTERNS).map(([name, files]) => ({ name, files: files.map((file) => FILES[file]) }));

type Loaded = { readonly project: Project; readonly faults: readonly string[] };

const loaded = (files: readonly string[], cwd = folder): Loaded => {
  const around = { fs: nodeFileSystem, cwd, env: new Map(), home: undefined };
  const { stack, faults } = stackFor(
    { files, envFiles: [], profiles: [], projectDirectory: undefined, projectName: undefined },
    around,
  );
  if (!stack) throw new Error('no stack');
  const input = { fs: nodeFileSystem, read: cachedReader(nodeFileSystem) };
  const resolved = resolve(stack, DEFAULT_OPTIONS, input);
  if (!resolved.project) throw new Error('not resolved');
  return { project: resolved.project, faults: [...faults, ...resolved.faults].map(({ message }) => message) };
};

const servicesOf = ({ project }: Loaded): ReadonlyMap<string, Mapping> => {
  const services = get(project.model, 'services');
  if (services?.kind !== 'mapping') return new Map();
  return new Map(
    [...services.entries].flatMap(([name, { value }]) => (value.kind === 'mapping' ? [[name, value] as const] : [])),
  );
};

describe.each(patterns)('$name', ({ files }) => {
  test('resolves without a fault', () => {
    expect(loaded(files).faults).toEqual([]);
  });

  if (dockerCompose)
    test('is accepted by docker compose without a warning', () => {
      const [program = '', ...first] = dockerCompose ?? [];
      const args = [...first, ...files.flatMap((file) => ['-f', file]), 'config', '--quiet'];
      const { status, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    });

  test('publishes no host port twice', () => {
    const ports = [...servicesOf(loaded(files)).values()].flatMap((service) =>
      portsOf(service).map(({ published }) => published?.first),
    );
    expect(new Set(ports).size).toBe(ports.length);
  });

  test('has no network that nobody makes, and each container name once', () => {
    const model = loaded(files).project.model;
    const networks = get(model, 'networks');
    for (const name of namesIn(networks)) expect(get(networks, name, 'external')).toBeUndefined();
    const names = [...servicesOf(loaded(files)).values()].flatMap((service) => {
      const name = get(service, 'container_name');
      return name?.kind === 'scalar' ? [name.value] : [];
    });
    expect(new Set(names).size).toBe(names.length);
  });
});

const text = (name: keyof typeof FILES): string => readFileSync(join(folder, FILES[name]), 'utf8');

const leavesOf = (files: readonly string[], cwd = folder): readonly string[] =>
  modelLeaves(loaded(files, cwd).project.model).map(({ path, text: value }) => `${path.join('.')} = ${value}`);

describe('the base', () => {
  test('has no host port, no mount of sources, no command for development', () => {
    const services = servicesOf(loaded([FILES.base]));
    for (const service of services.values()) expect(portsOf(service)).toEqual([]);
    const settings = leavesOf([FILES.base]);
    expect(settings.filter((line) => /--reload|Dockerfile\.dev|development/.test(line))).toEqual([]);
    expect(settings.filter((line) => line.includes('"bind"')).map((line) => line.split(' = ')[0])).toEqual([
      'services.prometheus.volumes./etc/prometheus/prometheus.yml',
      'services.grafana.volumes./etc/grafana/provisioning/dashboards',
      'services.grafana.volumes./etc/grafana/provisioning/datasources',
    ]);
  });

  test('defines every service, and no other file defines one of them again', () => {
    const { inventory } = analyse(openFolder(folder));
    const rows = inventory.services.map(({ name, files }) => `${name}: ${[...files.values()].join(', ')}`);
    expect(`\n${rows.join('\n')}\n`).toMatchInlineSnapshot(`
      "
      postgres: defined, override, override
      backend: defined, override, override
      frontend: defined, override, override
      redis: defined, override, override
      prometheus: defined, override, override, override
      grafana: defined, override, override, override
      loki: defined, override, override
      nginx: defined
      betanet-mixnode-1: defined
      betanet-mixnode-2: defined
      betanet-mixnode-3: defined
      "
    `);
  });
});

test('no file holds a credential', () => {
  for (const name of ['base', 'override', 'prod', 'betanet'] as const)
    expect(text(name)).not.toMatch(/fog_password|ADMIN_PASSWORD[=:] ?admin/);
  expect(readFileSync(join(folder, '.env.example'), 'utf8')).toMatchInlineSnapshot(`
    "# Variables of the Compose files. Copy this file to .env and fill in what is empty; git ignores .env.

    # postgres, backend
    POSTGRES_PASSWORD=

    # grafana
    GF_SECURITY_ADMIN_PASSWORD=

    # betanet-mixnode-1, betanet-mixnode-2, betanet-mixnode-3
    RUST_LOG=info
    PIPELINE_WORKERS=4
    BATCH_SIZE=128
    POOL_SIZE=1024
    MAX_QUEUE_DEPTH=10000
    TARGET_THROUGHPUT=25000
    "
  `);
});

describe('`docker compose up`', () => {
  test('gives developers what the development file gave them, and what is decided besides', () => {
    const before = leavesOf([FILES.base, 'docker-compose.dev.yml'], `${FOG_COMPUTE}/before`).map((line) =>
      line
        .replaceAll(`${FOG_COMPUTE}/before`, '…')
        .replaceAll('before_', 'fog-compute_')
        .replace('name = before', 'name = fog-compute'),
    );
    const after = leavesOf([FILES.base, FILES.override]).map((line) => line.replaceAll(folder, '…'));
    const lost = before.filter((line) => !after.includes(line)).map((line) => `- ${line}`);
    const won = after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`);
    expect(`\n${[...lost, ...won].join('\n')}\n`).toMatchInlineSnapshot(`
      "
      - services.postgres.ports.5432:5432 = {"mode":"ingress","protocol":"tcp","published":"5432","target":5432}
      - services.backend.ports.8000:8000 = {"mode":"ingress","protocol":"tcp","published":"8000","target":8000}
      - services.frontend.ports.3000:3000 = {"mode":"ingress","protocol":"tcp","published":"3000","target":3000}
      - services.redis.ports.6379:6379 = {"mode":"ingress","protocol":"tcp","published":"6379","target":6379}
      - services.prometheus.command = ["--config.file=/etc/prometheus/prometheus.yml","--storage.tsdb.path=/prometheus"]
      - services.prometheus.image = prom/prometheus:latest
      - services.prometheus.ports.9090:9090 = {"mode":"ingress","protocol":"tcp","published":"9090","target":9090}
      - services.grafana.depends_on.prometheus = service_started
      - services.grafana.image = grafana/grafana:latest
      - services.grafana.networks.fog-network = 
      - services.grafana.ports.3001:3000 = {"mode":"ingress","protocol":"tcp","published":"3001","target":3000}
      - services.loki.image = grafana/loki:latest
      - services.loki.networks.fog-network = 
      - services.loki.ports.3100:3100 = {"mode":"ingress","protocol":"tcp","published":"3100","target":3100}
      + services.postgres.ports.127.0.0.1:5432:5432 = {"host_ip":"127.0.0.1","mode":"ingress","protocol":"tcp","published":"5432","target":5432}
      + services.backend.ports.127.0.0.1:8000:8000 = {"host_ip":"127.0.0.1","mode":"ingress","protocol":"tcp","published":"8000","target":8000}
      + services.frontend.healthcheck.test = ["CMD","wget","-q","--spider","http://127.0.0.1:3000/"]
      + services.frontend.healthcheck.timeout = 5s
      + services.frontend.healthcheck.interval = 30s
      + services.frontend.healthcheck.retries = 3
      + services.frontend.ports.127.0.0.1:3000:3000 = {"host_ip":"127.0.0.1","mode":"ingress","protocol":"tcp","published":"3000","target":3000}
      + services.redis.command = ["redis-server","--appendonly","yes"]
      + services.redis.healthcheck.test = ["CMD","redis-cli","ping"]
      + services.redis.healthcheck.timeout = 5s
      + services.redis.healthcheck.interval = 30s
      + services.redis.healthcheck.retries = 3
      + services.redis.ports.127.0.0.1:6379:6379 = {"host_ip":"127.0.0.1","mode":"ingress","protocol":"tcp","published":"6379","target":6379}
      + services.redis.volumes./data = {"source":"redis_data","target":"/data","type":"volume","volume":{}}
      + services.prometheus.command = ["--config.file=/etc/prometheus/prometheus.yml","--storage.tsdb.path=/prometheus","--storage.tsdb.retention.time=30d"]
      + services.prometheus.healthcheck.test = ["CMD","wget","-q","--spider","http://127.0.0.1:9090/-/healthy"]
      + services.prometheus.healthcheck.timeout = 5s
      + services.prometheus.healthcheck.interval = 30s
      + services.prometheus.healthcheck.retries = 3
      + services.prometheus.image = prom/prometheus:v3.5.0
      + services.prometheus.networks.monitoring = 
      + services.prometheus.ports.127.0.0.1:9090:9090 = {"host_ip":"127.0.0.1","mode":"ingress","protocol":"tcp","published":"9090","target":9090}
      + services.grafana.depends_on.prometheus = service_healthy
      + services.grafana.healthcheck.test = ["CMD-SHELL","wget -q --spider http://127.0.0.1:3000/api/health || curl -fsS http://127.0.0.1:3000/api/health"]
      + services.grafana.healthcheck.timeout = 5s
      + services.grafana.healthcheck.interval = 30s
      + services.grafana.healthcheck.retries = 3
      + services.grafana.healthcheck.start_period = 30s
      + services.grafana.image = grafana/grafana:12.1.1
      + services.grafana.networks.monitoring = 
      + services.grafana.ports.127.0.0.1:3001:3000 = {"host_ip":"127.0.0.1","mode":"ingress","protocol":"tcp","published":"3001","target":3000}
      + services.loki.image = grafana/loki:3.5.3
      + services.loki.networks.monitoring = 
      + services.loki.ports.127.0.0.1:3100:3100 = {"host_ip":"127.0.0.1","mode":"ingress","protocol":"tcp","published":"3100","target":3100}
      + services.loki.volumes./loki = {"source":"loki_data","target":"/loki","type":"volume","volume":{}}
      + networks.monitoring.name = fog-compute_monitoring
      + networks.monitoring.driver = bridge
      + volumes.redis_data.name = fog-compute_redis_data
      + volumes.loki_data.name = fog-compute_loki_data
      "
    `);
  });

  test('publishes all seven ports', () => {
    const ports = [...servicesOf(loaded([FILES.base, FILES.override]))].flatMap(([name, service]) =>
      portsOf(service).map(({ hostIp, published }) => `${name} ${hostIp}:${published?.first}`),
    );
    expect(ports).toEqual([
      'postgres 127.0.0.1:5432',
      'backend 127.0.0.1:8000',
      'frontend 127.0.0.1:3000',
      'redis 127.0.0.1:6379',
      'prometheus 127.0.0.1:9090',
      'grafana 127.0.0.1:3001',
      'loki 127.0.0.1:3100',
    ]);
  });
});

describe('monitoring', () => {
  const betanet = (): ReturnType<typeof analyse> => analyse(openFolder(folder));

  test('one Prometheus reaches the backend and all three mixnodes', () => {
    const rows = betanet()
      .communication.filter(({ from }) => from === 'prometheus')
      .map(({ to, purposes, reach }) => `${to}: ${purposes.join(', ')}: ${reach.get('betanet')}`);
    expect(rows).toEqual([
      'backend: scrape job "fog-backend": reachable',
      'betanet-mixnode-1: scrape job "betanet": reachable',
      'betanet-mixnode-2: scrape job "betanet": reachable',
      'betanet-mixnode-3: scrape job "betanet": reachable',
    ]);
  });

  test('the mixnodes share a network with nobody but Prometheus', () => {
    const services = servicesOf(loaded([FILES.base, FILES.betanet]));
    for (const node of ['betanet-mixnode-1', 'betanet-mixnode-2', 'betanet-mixnode-3']) {
      const own = namesIn(get(services.get(node), 'networks'));
      const others = [...services].filter(
        ([name, service]) =>
          !name.startsWith('betanet') && namesIn(get(service, 'networks')).some((network) => own.includes(network)),
      );
      expect(others.map(([name]) => name)).toEqual(['prometheus']);
    }
  });

  test('one Grafana with one data volume', () => {
    const mounts = leavesOf([FILES.base, FILES.override, FILES.betanet]).filter((line) =>
      line.startsWith('services.grafana.volumes./var/lib/grafana'),
    );
    expect(mounts).toEqual([
      'services.grafana.volumes./var/lib/grafana = {"source":"grafana_data","target":"/var/lib/grafana","type":"volume","volume":{}}',
    ]);
  });
});

describe('the mixnodes', () => {
  test('keep what is mounted into them, their names, and their data', () => {
    const kept = (files: readonly string[], cwd: string): readonly string[] =>
      leavesOf(files, cwd)
        .filter((line) => /^services\.betanet.*(?:volumes|container_name|ports|restart)/.test(line))
        .map((line) => line.replaceAll(cwd, '…'));
    expect(kept([FILES.base, FILES.betanet], folder)).toEqual(kept([FILES.betanet], `${FOG_COMPUTE}/before`));
  });

  test('are written once, can be tuned, wait for each other, and are asked on their own port', () => {
    expect(text('betanet').match(/RUST_LOG/g)).toHaveLength(2);
    expect(text('betanet')).toContain('RUST_LOG: ${RUST_LOG:-info}');
    expect(text('betanet')).toContain('http://localhost:$${NODE_PORT}/health');
    const leaves = leavesOf([FILES.base, FILES.betanet]);
    expect(leaves.filter((line) => line.includes('depends_on.betanet'))).toEqual([
      'services.betanet-mixnode-2.depends_on.betanet-mixnode-1 = service_healthy',
      'services.betanet-mixnode-3.depends_on.betanet-mixnode-2 = service_healthy',
    ]);
  });
});

describe('production', () => {
  const prod = (): readonly string[] => leavesOf([FILES.base, FILES.prod]);

  test('has credentials as secrets, and the variables reset', () => {
    expect(prod().filter((line) => /POSTGRES_PASSWORD|ADMIN_PASSWORD|secrets/.test(line))).toMatchInlineSnapshot(`
      [
        "services.postgres.environment.POSTGRES_PASSWORD_FILE = /run/secrets/postgres_password",
        "services.postgres.secrets./run/secrets/postgres_password = {"source":"postgres_password","target":"/run/secrets/postgres_password"}",
        "services.grafana.environment.GF_SECURITY_ADMIN_PASSWORD__FILE = /run/secrets/gf_security_admin_password",
        "services.grafana.secrets./run/secrets/gf_security_admin_password = {"source":"gf_security_admin_password","target":"/run/secrets/gf_security_admin_password"}",
        "secrets.postgres_password.name = fog-compute_postgres_password",
        "secrets.postgres_password.environment = POSTGRES_PASSWORD",
        "secrets.gf_security_admin_password.name = fog-compute_gf_security_admin_password",
        "secrets.gf_security_admin_password.environment = GF_SECURITY_ADMIN_PASSWORD",
      ]
    `);
  });

  test('has a restart policy and limits for every service', () => {
    for (const name of servicesOf(loaded([FILES.base, FILES.prod])).keys()) {
      const own = prod().filter((line) => line.startsWith(`services.${name}.`));
      expect(own.some((line) => line.includes('.restart = '))).toBe(true);
      expect(own.some((line) => line.includes('.limits.memory = '))).toBe(true);
    }
  });

  test('opens one port, that of the proxy, which reaches what it leads to', () => {
    const services = servicesOf(loaded([FILES.base, FILES.prod]));
    expect(
      [...services].flatMap(([name, service]) =>
        portsOf(service).map(({ published }) => `${name} ${published?.first}`),
      ),
    ).toEqual(['nginx 80']);
    const rows = analyse(openFolder(folder)).communication.filter(({ from }) => from === 'nginx');
    expect(rows.map(({ to, reach }) => `${to}: ${reach.get('prod')}`)).toEqual([
      'frontend: reachable',
      'backend: reachable',
    ]);
  });
});

/** Comments that are no longer true, by the line that holds them. */
const UNTRUE = [
  '#   docker-compose -f docker-compose.betanet.yml up',
  '#   docker-compose -f docker-compose.yml -f docker-compose.dev.yml up',
  '# Betanet: a mixnet of three nodes with its own monitoring.',
  '# Metrics of the mixnodes',
  '# Dashboards of the mixnodes',
];

test('every comment that is still true is still there', () => {
  const comments = (names: readonly string[], root: string): readonly string[] =>
    names.flatMap((name) => readFileSync(join(root, name), 'utf8').match(/#.*$/gm) ?? []);
  const now = comments(Object.values(FILES), folder);
  const lost = comments([FILES.base, 'docker-compose.dev.yml', FILES.betanet], `${FOG_COMPUTE}/before`).filter(
    (line) => !now.includes(line),
  );
  expect(lost).toEqual(expect.arrayContaining(UNTRUE));
  expect(lost.filter((line) => !UNTRUE.includes(line))).toEqual([]);
});
