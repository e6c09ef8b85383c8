import { describe, expect, test } from 'vitest';
import { analyse } from '../../src/consolidate/analysis.js';
import { agreement } from '../../src/consolidate/overlap.js';
import { rootsOf } from '../../src/consolidate/written.js';
import { leavesOf } from '../../src/lint/leaves.js';
import { formatPath } from '../../src/model/path.js';
import { get } from '../../src/model/value.js';
import { basename } from '../../src/source/path.js';
import { FOG_COMPUTE, openFolder, openTexts } from './open.js';

const before = analyse(openFolder(`${FOG_COMPUTE}/before`));

const lines = (rows: readonly string[]): string => `\n${rows.join('\n')}\n`;

describe('inventory of the worked example', () => {
  test('services by files', () => {
    const rows = before.inventory.services.map(
      ({ name, files, image, build }) =>
        `${name} (${image ?? `built from ${build}`}): ${[...files].map(([file, presence]) => `${presence} in ${basename(file)}`).join(', ')}`,
    );
    expect(lines(rows)).toMatchInlineSnapshot(`
      "
      postgres (postgres:15-alpine): defined in docker-compose.yml, override in docker-compose.dev.yml
      backend (built from .): defined in docker-compose.yml, override in docker-compose.dev.yml
      frontend (built from ./apps/control-panel): defined in docker-compose.yml, override in docker-compose.dev.yml
      redis (redis:7-alpine): defined in docker-compose.yml, override in docker-compose.dev.yml
      prometheus (prom/prometheus:latest): defined in docker-compose.yml, override in docker-compose.dev.yml, duplicate in docker-compose.betanet.yml
      grafana (grafana/grafana:latest): defined in docker-compose.yml, override in docker-compose.dev.yml, duplicate in docker-compose.betanet.yml
      loki (grafana/loki:latest): defined in docker-compose.yml, override in docker-compose.dev.yml
      betanet-mixnode-1 (built from .): defined in docker-compose.betanet.yml
      betanet-mixnode-2 (built from .): defined in docker-compose.betanet.yml
      betanet-mixnode-3 (built from .): defined in docker-compose.betanet.yml
      "
    `);
  });

  test('networks, volumes and who uses them', () => {
    const { networks, volumes } = before.inventory;
    const rows = [...networks, ...volumes].map(
      ({ name, files, usedBy }) => `${name} in ${files.map(basename).join(', ')}: ${usedBy.join(', ')}`,
    );
    expect(lines(rows)).toMatchInlineSnapshot(`
      "
      fog-network in docker-compose.yml: postgres, backend, frontend, redis, prometheus, grafana, loki
      betanet in docker-compose.betanet.yml: betanet-mixnode-1, betanet-mixnode-2, betanet-mixnode-3, prometheus, grafana
      postgres_data in docker-compose.yml: postgres
      prometheus_data in docker-compose.yml: prometheus
      grafana_data in docker-compose.yml: grafana
      postgres_dev_data in docker-compose.dev.yml: postgres
      backend_venv in docker-compose.dev.yml: backend
      control_panel_modules in docker-compose.dev.yml: frontend
      control_panel_next in docker-compose.dev.yml: frontend
      prometheus-data in docker-compose.betanet.yml: prometheus
      grafana-data in docker-compose.betanet.yml: grafana
      "
    `);
  });

  test('dependencies', () => {
    const rows = before.inventory.dependencies.map(({ from, to, condition }) => `${from} → ${to} (${condition})`);
    expect(lines(rows)).toMatchInlineSnapshot(`
      "
      backend → postgres (service_healthy)
      frontend → backend (service_healthy)
      grafana → prometheus (service_started)
      betanet-mixnode-2 → betanet-mixnode-1 (service_started)
      betanet-mixnode-3 → betanet-mixnode-2 (service_started)
      "
    `);
  });

  test('published ports', () => {
    const rows = before.inventory.ports.map(({ service, file, text }) => `${basename(file)} ${service} ${text}`);
    expect(lines(rows)).toMatchInlineSnapshot(`
      "
      docker-compose.yml postgres 5432:5432
      docker-compose.yml backend 8000:8000
      docker-compose.yml frontend 3000:3000
      docker-compose.yml redis 6379:6379
      docker-compose.yml prometheus 9090:9090
      docker-compose.yml grafana 3001:3000
      docker-compose.yml loki 3100:3100
      docker-compose.dev.yml postgres 5432:5432
      docker-compose.dev.yml redis 6379:6379
      docker-compose.dev.yml prometheus 9090:9090
      docker-compose.dev.yml grafana 3001:3000
      docker-compose.dev.yml loki 3100:3100
      docker-compose.betanet.yml betanet-mixnode-1 9001:9001
      docker-compose.betanet.yml betanet-mixnode-2 9002:9002
      docker-compose.betanet.yml betanet-mixnode-3 9003:9003
      docker-compose.betanet.yml prometheus 9090:9090
      docker-compose.betanet.yml grafana 3000:3000
      "
    `);
  });
});

test('overlap of the worked example, value by value', () => {
  const rows = before.overlaps.map((overlap) => {
    const { service, earlier, later, entries } = overlap;
    const { equal, distinct } = agreement(overlap);
    const changed = entries.filter(({ kind }) => kind === 'different').map(({ path }) => formatPath(path));
    return `${service}, ${basename(earlier.path)} and ${basename(later.path)}: ${equal} of ${distinct} equal; different: ${changed.join(' ') || 'none'}`;
  });
  expect(lines(rows)).toMatchInlineSnapshot(`
    "
    postgres, docker-compose.yml and docker-compose.dev.yml: 1 of 14 equal; different: environment.POSTGRES_DB volumes["/var/lib/postgresql/data"]
    backend, docker-compose.yml and docker-compose.dev.yml: 2 of 23 equal; different: environment.DATABASE_URL command
    frontend, docker-compose.yml and docker-compose.dev.yml: 3 of 14 equal; different: volumes["/app/node_modules"] volumes["/app/.next"]
    redis, docker-compose.yml and docker-compose.dev.yml: 1 of 4 equal; different: none
    prometheus, docker-compose.yml and docker-compose.dev.yml: 1 of 7 equal; different: none
    prometheus, docker-compose.yml and docker-compose.betanet.yml: 3 of 12 equal; different: container_name volumes["/etc/prometheus/prometheus.yml"] volumes["/prometheus"]
    prometheus, docker-compose.dev.yml and docker-compose.betanet.yml: 1 of 8 equal; different: none
    grafana, docker-compose.yml and docker-compose.dev.yml: 1 of 12 equal; different: none
    grafana, docker-compose.yml and docker-compose.betanet.yml: 4 of 18 equal; different: container_name volumes["/etc/grafana/provisioning/dashboards"] volumes["/etc/grafana/provisioning/datasources"] volumes["/var/lib/grafana"]
    grafana, docker-compose.dev.yml and docker-compose.betanet.yml: 0 of 13 equal; different: none
    loki, docker-compose.yml and docker-compose.dev.yml: 1 of 5 equal; different: none
    "
  `);
});

test('duplication of the worked example: 17 of 170 settings across files, 43 with the mixnodes', () => {
  expect(before.duplication).toEqual({ settings: 170, acrossFiles: 17, insideFamilies: 26 });
});

test('the mixnodes are a family', () => {
  const rows = before.families.map(
    ({ members, shared, differing }) =>
      `${members.join(', ')}\nalike: ${shared.map(({ path }) => formatPath(path)).join(' ')}\ndifferent: ${differing.map(formatPath).join(' ')}`,
  );
  expect(lines(rows)).toMatchInlineSnapshot(`
    "
    betanet-mixnode-1, betanet-mixnode-2, betanet-mixnode-3
    alike: build.context build.dockerfile environment.RUST_LOG environment.PIPELINE_WORKERS environment.BATCH_SIZE environment.POOL_SIZE environment.MAX_QUEUE_DEPTH environment.TARGET_THROUGHPUT networks.betanet restart healthcheck.interval healthcheck.timeout healthcheck.retries
    different: container_name ports["9001:9001"] environment.NODE_TYPE environment.NODE_PORT volumes["/config"] volumes["/data"] healthcheck.test ports["9002:9002"] depends_on.betanet-mixnode-1 ports["9003:9003"] depends_on.betanet-mixnode-2
    "
  `);
});

test('who needs whom, and whether they can reach each other', () => {
  const rows = before.communication.map(
    ({ from, to, purposes, reach }) =>
      `${from} → ${to} for ${purposes.join(', ')}: ${[...reach].map(([stack, how]) => `${how} in ${stack}`).join(', ')}`,
  );
  expect(lines(rows)).toMatchInlineSnapshot(`
    "
    backend → postgres for starts after it, DATABASE_URL: reachable in default, reachable in dev, reachable in betanet
    frontend → backend for starts after it, NEXT_PUBLIC_API_URL: localhost in default, localhost in dev, localhost in betanet
    prometheus → backend for scrape job "fog-backend": reachable in default, reachable in dev
    grafana → prometheus for starts after it, data source "Prometheus": reachable in default, reachable in dev, reachable in betanet, reachable in betanet-alone
    grafana → loki for data source "Loki": reachable in default, reachable in dev
    prometheus → betanet-mixnode-1 for scrape job "betanet": reachable in betanet, reachable in betanet-alone
    prometheus → betanet-mixnode-2 for scrape job "betanet": reachable in betanet, reachable in betanet-alone
    prometheus → betanet-mixnode-3 for scrape job "betanet": reachable in betanet, reachable in betanet-alone
    betanet-mixnode-2 → betanet-mixnode-1 for starts after it: reachable in betanet, reachable in betanet-alone
    betanet-mixnode-3 → betanet-mixnode-2 for starts after it: reachable in betanet, reachable in betanet-alone
    "
  `);
});

test('who is on which network', () => {
  const rows = before.topologies.flatMap(({ stack, networks }) =>
    networks.map(({ name, subnets, members }) => `${stack}: ${[name, ...subnets].join(' ')}: ${members.join(', ')}`),
  );
  expect(lines(rows)).toMatchInlineSnapshot(`
    "
    default: fog-network: postgres, backend, frontend, redis, prometheus, grafana, loki
    dev: fog-network: postgres, backend, frontend, redis, prometheus, grafana, loki
    betanet: fog-network: postgres, backend, frontend, redis, prometheus, grafana, loki
    betanet: betanet 172.30.0.0/16: prometheus, grafana, betanet-mixnode-1, betanet-mixnode-2, betanet-mixnode-3
    betanet-alone: betanet 172.30.0.0/16: betanet-mixnode-1, betanet-mixnode-2, betanet-mixnode-3, prometheus, grafana
    "
  `);
});

describe('leaves', () => {
  const leaves = (service: string): readonly string[] => {
    const { files } = openTexts({ 'compose.yaml': `services:\n  a:\n${service}` });
    const [file] = files;
    const value = file && get(rootsOf(file)[0], 'services', 'a');
    return value ? leavesOf(value).map(({ path, text }) => `${formatPath(path)} = ${text}`) : [];
  };

  test.each([
    [
      'a list and a mapping of variables',
      '    environment: [A=1, B]\n',
      ['environment.A = 1', 'environment.B = (from the environment)'],
    ],
    [
      'a mapping of variables',
      '    environment: {A: 1, B: }\n',
      ['environment.A = 1', 'environment.B = (from the environment)'],
    ],
    ['a command in words', '    command: [a, b]\n', ['command = ["a","b"]']],
    ['mounts, by their targets', '    volumes: [./a:/b:ro, /c]\n', ['volumes["/b"] = ./a:/b:ro', 'volumes["/c"] = /c']],
    [
      'long ports',
      '    ports: [{target: 80, published: "8080", host_ip: 127.0.0.1}]\n',
      ['ports["127.0.0.1:8080:80"] = {"host_ip":"127.0.0.1","published":"8080","target":80}'],
    ],
    [
      'dependencies',
      '    depends_on: {b: {condition: service_healthy, restart: true}}\n',
      ['depends_on.b = service_healthy, restarts with it'],
    ],
    ['short dependencies', '    depends_on: [b]\n', ['depends_on.b = service_started']],
    ['networks', '    networks: {n: , m: {aliases: [x]}}\n', ['networks.n = ', 'networks.m = {"aliases":["x"]}']],
    ['nothing', '    {}\n', [' = {}']],
  ])('%s', (_, text, expected) => {
    expect(leaves(text)).toEqual(expected);
  });
});

describe('needs', () => {
  const needs = (files: Readonly<Record<string, string>>): readonly string[] =>
    analyse(openTexts(files)).communication.map(
      ({ from, to, purposes, reach }) =>
        `${from} → ${to} for ${purposes.join(', ')}: ${[...reach.values()].join(', ')}`,
    );

  test('upstreams of nginx', () => {
    expect(
      needs({
        'compose.yaml':
          'services:\n  web:\n    image: nginx:1\n    volumes: [./conf:/etc/nginx/conf.d]\n  api:\n    image: a/b:1\n',
        'conf/default.conf':
          'upstream u { server api:9000; }\nserver { location / { proxy_pass http://api:9000/x; } }\n',
      }),
    ).toEqual(['web → api for proxied requests, upstream: reachable']);
  });

  test('an upstream in a config that the Compose file holds', () => {
    expect(
      needs({
        'compose.yaml':
          'services:\n  web:\n    image: nginx:1\n    configs: [{source: site, target: /etc/nginx/conf.d/default.conf}]\n  api:\n    image: a/b:1\nconfigs:\n  site:\n    content: "server { location / { proxy_pass http://api:9000; } }"\n',
      }),
    ).toEqual(['web → api for proxied requests: reachable']);
  });

  test('no network in common', () => {
    expect(
      needs({
        'compose.yaml':
          'services:\n  a:\n    image: a/a:1\n    environment: {DB: "postgres://u@db/x"}\n    networks: [one]\n  db:\n    image: a/b:1\n    networks: [two]\nnetworks: {one: , two: }\n',
      }),
    ).toEqual(['a → db for DB: separate']);
  });

  test('a file outside of the project is not looked at', () => {
    expect(
      needs({
        'compose.yaml':
          'services:\n  web:\n    image: nginx:1\n    volumes: [../other:/etc/nginx/conf.d]\n  api:\n    image: a/b:1\n',
        '../other/default.conf': 'server { location / { proxy_pass http://api:9000; } }\n',
      }),
    ).toEqual([]);
  });
});
