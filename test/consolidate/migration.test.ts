import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Phase } from '../../src/report/consolidation-outcome.js';
import { repositoryOf, runFor } from './disk.js';

const FILES = {
  'docker-compose.yml':
    'version: "3"\nservices:\n  db:\n    image: postgres:16.4\n    environment:\n      - POSTGRES_PASSWORD=correct-horse-battery\n      - TZ\n',
  'docker-compose.extra.yml':
    'services:\n  job:\n    image: example/job:1\n    environment:\n      - PGPASSWORD=correct-horse-battery\n      - LEVEL=info\n',
};

let folder = '';
let phases: readonly Phase[] = [];
let variables: readonly object[] = [];

beforeAll(async () => {
  folder = repositoryOf(FILES);
  rmSync(join(folder, '.git'), { recursive: true });
  const git = (...args: readonly string[]): void => void execFileSync('git', [...args], { cwd: folder });
  git('init', '-q');
  git('add', '-A');
  git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', 'before');
  const { out } = await runFor(['report', '--format', 'json'], folder);
  type Report = {
    readonly migration: readonly Phase[];
    readonly duplication: { readonly variables: readonly object[] };
  };
  const [workspace] = (JSON.parse(out) as { readonly workspaces: readonly [Report] }).workspaces;
  phases = workspace.migration;
  variables = workspace.duplication.variables;
});

afterAll(() => rmSync(folder, { recursive: true }));

const commandsOf = (title: string): readonly string[] => phases.find((phase) => phase.title === title)?.commands ?? [];

test('what the migration commits is what the plan makes, and no credential', async () => {
  // What docker compose would write down, with what must not be committed.
  for (const command of commandsOf('Preparation').filter((line) => line.includes(' > ')))
    writeFileSync(join(folder, command.split(' > ')[1] ?? ''), 'correct-horse-battery\n');
  expect((await runFor(['consolidate', '--write'], folder)).code).toBe(0);
  expect(existsSync(join(folder, 'docker-compose.yml.bak'))).toBe(true);
  const script = commandsOf('Upkeep')
    .join('\n')
    .replace('git commit', 'git -c user.name=a -c user.email=a@example.com commit -qm after');
  // Started by nobody's shell, bash takes a socket for a login from elsewhere, and reads what the machine has for that.
  const { status, stderr } = spawnSync('bash', ['--norc', '-euc', script], { cwd: folder, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const git = (...args: readonly string[]): string => execFileSync('git', [...args], { cwd: folder, encoding: 'utf8' });
  expect(git('show', '--name-status', '--format=', 'HEAD')).toBe(
    'A\t.env.example\nA\t.gitignore\nM\tdocker-compose.extra.yml\nM\tdocker-compose.yml\n',
  );
  expect(git('status', '--short')).toBe('');
  expect(spawnSync('git', ['grep', '-q', 'correct-horse', 'HEAD'], { cwd: folder }).status).toBe(1);
  expect(readFileSync(join(folder, '.env'), 'utf8')).toContain('correct-horse-battery');
});

test('every record that is made is compared, and goes', () => {
  const records = commandsOf('Preparation').flatMap((line) => line.split(' > ')[1] ?? []);
  expect(records).toEqual(['before.default.yml', 'before.extra.yml', 'before.extra-alone.yml']);
  for (const name of records) {
    expect(commandsOf('Testing').filter((line) => line.endsWith(`config | diff ${name} -`))).toHaveLength(1);
    expect(commandsOf('Upkeep')[0]).toContain(` ${name}`);
  }
});

test('variables are told by name and value, however they are written', () => {
  expect(variables).toEqual([
    { service: 'db', variable: 'POSTGRES_PASSWORD', values: { 'docker-compose.yml': 'co…ry (21 characters)' } },
    { service: 'db', variable: 'TZ', values: { 'docker-compose.yml': '(from the environment)' } },
    { service: 'job', variable: 'PGPASSWORD', values: { 'docker-compose.extra.yml': 'co…ry (21 characters)' } },
    { service: 'job', variable: 'LEVEL', values: { 'docker-compose.extra.yml': 'info' } },
  ]);
});
