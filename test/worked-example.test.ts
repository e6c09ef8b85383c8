import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runIn } from './run.js';

const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'fog-compute', 'before');

/** The rules that the analysis of the worked example was written for. */
const RULES = [
  'duplicate-service',
  'port-collision',
  'hardcoded-secret',
  'latest-tag',
  'dev-settings-in-base',
  'volume-naming',
  'missing-healthcheck',
];
const ONLY = RULES.flatMap((rule) => ['--only', rule]);

type Found = { readonly rule: string; readonly severity: string; readonly file: string; readonly line: number } & {
  readonly service?: string;
  readonly stacks: readonly string[];
  readonly message: string;
  readonly related: readonly { readonly file: string; readonly line: number }[];
};

const findings = async (): Promise<readonly Found[]> => {
  const { out } = await runIn(FOLDER, [...ONLY, '--format', 'json']);
  return (JSON.parse(out) as { findings: Found[] }).findings;
};

test('what the seven rules of the analysis find, in full', async () => {
  const { code, out, err } = await runIn(FOLDER, [...ONLY, '--no-config']);
  expect({ code, err }).toEqual({ code: 1, err: '' });
  await expect(out).toMatchFileSnapshot(join(FOLDER, '..', 'before.findings.txt'));
});

test('every finding is told once, whatever stacks have it', async () => {
  const places = (await findings()).map(({ rule, file, line, message }) => `${rule} ${file}:${line} ${message}`);
  expect(new Set(places).size).toBe(places.length);
});

describe('what the analysis asks for', () => {
  const at = async (rule: string, file: string, line: number): Promise<Found | undefined> =>
    (await findings()).find((found) => found.rule === rule && found.file === file && found.line === line);

  test('the host port that the frontend and betanet’s grafana share', async () => {
    expect(await at('port-collision', 'docker-compose.betanet.yml', 119)).toMatchObject({
      severity: 'error',
      stacks: ['betanet'],
      related: [{ file: 'docker-compose.yml', line: 66 }],
    });
  });

  test('the port of both definitions of prometheus does not collide in one stack', async () => {
    expect(await at('port-collision', 'docker-compose.betanet.yml', 103)).toMatchObject({
      severity: 'warning',
      message: expect.stringContaining('merge into one service, which takes the port once'),
    });
  });

  test('the password inside of the URLs is the one of the database', async () => {
    expect(await at('hardcoded-secret', 'docker-compose.yml', 13)).toMatchObject({
      related: [
        { file: 'docker-compose.yml', line: 34 },
        { file: 'docker-compose.dev.yml', line: 20 },
      ],
    });
  });

  test('both duplicate services name the other definition', async () => {
    const duplicates = (await findings()).filter(({ rule }) => rule === 'duplicate-service');
    expect(duplicates.map(({ service, related: [first] }) => [service, `${first?.file}:${first?.line}`])).toEqual([
      ['prometheus', 'docker-compose.yml:87'],
      ['grafana', 'docker-compose.yml:102'],
    ]);
  });

  test('what it calls a strength raises nothing', async () => {
    const found = await findings();
    // Health checks, restart policies, networks, ports and volumes of the mixnodes; the probes of database and backend.
    expect(found.filter(({ service }) => service?.startsWith('betanet-mixnode'))).toEqual([]);
    expect(
      found.filter(({ rule, service }) => rule === 'missing-healthcheck' && /postgres|backend/.test(service ?? '')),
    ).toEqual([]);
    expect(found.filter(({ rule, service }) => rule === 'latest-tag' && /postgres|redis/.test(service ?? ''))).toEqual(
      [],
    );
    // A database of its own for development is a note, not a fault.
    expect((await at('volume-naming', 'docker-compose.dev.yml', 12))?.severity).toBe('info');
  });
});

/** Ways of starting the example that docker compose takes. */
const STACKS = ['', 'dev', 'betanet', 'dev betanet'].map((labels) => [
  'docker-compose.yml',
  ...labels
    .split(' ')
    .filter(Boolean)
    .map((label) => `docker-compose.${label}.yml`),
]);
const DOCKER_COMPOSE = process.env['DOCKER_COMPOSE'];

describe.each([...STACKS, ['docker-compose.betanet.yml']].map((files) => ({ files })))('$files', ({ files }) => {
  test('is accepted', async () => {
    const { code, err } = await runIn(FOLDER, ['config', '-q', ...files]);
    expect(code).toBe(0);
    expect(err.split('\n').filter((line) => !line.endsWith('[obsolete-version]'))).toEqual(['']);
  });

  test.runIf(DOCKER_COMPOSE)('resolves as docker compose resolves it', async () => {
    const args = [...files.flatMap((file) => ['-f', file]), 'config', '--format', 'json'];
    const { stdout, status } = spawnSync(DOCKER_COMPOSE ?? '', args, { cwd: FOLDER, encoding: 'utf8' });
    const { out } = await runIn(FOLDER, ['config', '--format', 'json', ...files]);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toEqual(JSON.parse(stdout));
  });
});
