import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type Ended, fogLint } from '../program.js';

const PASSWORD = 'Xq7fTz0vLw2m';

const FILES: Readonly<Record<string, string>> = {
  'compose.yml': `services:\n  web:\n    build: .\n    image: "nginx:\${TAG}"\n  db: {image: postgres, environment: {POSTGRES_PASSWORD: ${PASSWORD}}}\n`,
  'compose.dev.yml': 'services: {web: {restart: always}}\n',
  '.env': 'TAG=1.27\n',
  'fog-lint.yaml': 'rules: {missing-healthcheck: warning}\n',
  Dockerfile: 'FROM nginx:1.27\n',
};

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

type Place = {
  readonly project: string;
  readonly cache: string;
  readonly lint: (args?: readonly string[], env?: Readonly<Record<string, string>>) => Ended;
  /** Entries of the cache. */
  readonly kept: () => readonly string[];
};

const place = (): Place => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fog-lint-cache-')));
  folders.push(folder);
  const [project, home] = [join(folder, 'project'), join(folder, 'home')];
  mkdirSync(project);
  mkdirSync(home);
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(project, name), text);
  const cache = join(home, '.cache', 'fog-lint');
  return {
    project,
    cache,
    lint: (args = ['--cache'], env = {}) =>
      fogLint(['-f', 'compact', ...args], { cwd: project, env: { HOME: home, ...env } }),
    kept: () => (existsSync(cache) ? readdirSync(cache) : []),
  };
};

/** Puts another answer into an entry, as if the run had given it: so that it shows where an answer comes from. */
const mark = ({ cache, kept }: Place): void => {
  for (const name of kept()) {
    const path = join(cache, name);
    const data = JSON.parse(readFileSync(path, 'utf8').slice(65));
    const body = JSON.stringify({ ...data, deeds: [['write', 'REMEMBERED\n']] });
    writeFileSync(path, `${createHash('sha256').update(body).digest('hex')}\n${body}`);
  }
};

test('an answer is repeated while all is the same, and is the one without a cache', () => {
  const here = place();
  const plain = here.lint([]);
  expect(plain.code).toBe(1);
  expect(here.kept()).toEqual([]);
  expect(here.lint()).toEqual(plain);
  expect(here.kept()).toHaveLength(1);
  expect(here.lint()).toEqual(plain);
  mark(here);
  expect(here.lint()).toEqual({ code: 1, out: 'REMEMBERED\n', err: '' });
  // Variables that nothing depends on change nothing, such as those of a runner.
  expect(here.lint(['--cache'], { GITHUB_RUN_ID: '7' }).out).toBe('REMEMBERED\n');
});

/** Everything that an answer depends on. */
const CHANGES: readonly {
  readonly what: string;
  readonly change?: (project: string) => void;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}[] = [
  {
    what: 'a Compose file',
    change: (project) => writeFileSync(join(project, 'compose.yml'), 'services: {web: {image: nginx}}\n'),
  },
  { what: 'a file of the same length', change: (project) => writeFileSync(join(project, '.env'), 'TAG=1.2\n\n') },
  { what: 'a variable of .env', change: (project) => writeFileSync(join(project, '.env'), 'TAG=latest\n') },
  {
    what: 'a file that comes',
    change: (project) => writeFileSync(join(project, 'compose.ci.yml'), 'services: {x: {image: y}}\n'),
  },
  { what: 'a file that goes', change: (project) => rmSync(join(project, 'compose.dev.yml')) },
  {
    what: 'the settings',
    change: (project) => writeFileSync(join(project, 'fog-lint.yaml'), 'rules: {latest-tag: off}\n'),
  },
  {
    what: 'a Dockerfile',
    change: (project) => writeFileSync(join(project, 'Dockerfile'), 'FROM nginx:1.27\nHEALTHCHECK CMD true\n'),
  },
  { what: 'an option', args: ['--only', 'latest-tag'] },
  { what: 'an argument', args: ['compose.dev.yml'] },
  { what: 'a variable of the shell', env: { COMPOSE_PROJECT_NAME: 'A B' } },
];

test.each(CHANGES)('an answer is not repeated after a change of $what', ({ change, args = [], env = {} }) => {
  const here = place();
  here.lint();
  mark(here);
  expect(here.lint().out).toBe('REMEMBERED\n');
  change?.(here.project);
  const cached = here.lint(['--cache', ...args], env);
  expect(cached.out).not.toBe('REMEMBERED\n');
  expect(cached).toEqual(here.lint(args, env));
});

test.each([
  ['nothing', ''],
  ['what is no JSON', 'x'.repeat(200)],
  ['half of it', undefined],
])('an entry that is %s is not believed', (_, text) => {
  const here = place();
  const plain = here.lint();
  for (const name of here.kept()) {
    const path = join(here.cache, name);
    const whole = readFileSync(path, 'utf8');
    writeFileSync(path, text ?? whole.slice(0, whole.length / 2));
  }
  expect(here.lint()).toEqual(plain);
  rmSync(here.cache, { recursive: true });
  expect(here.lint()).toEqual(plain);
});

test('reports in files are written again', () => {
  const here = place();
  const args = ['--cache', '-f', 'json=out/report.json', '--cache-location', 'elsewhere'];
  const report = join(here.project, 'out', 'report.json');
  here.lint(args);
  const first = readFileSync(report, 'utf8');
  rmSync(report);
  here.lint(args);
  expect(readFileSync(report, 'utf8')).toBe(first);
  expect(readdirSync(join(here.project, 'elsewhere'))).toHaveLength(1);
  expect(here.kept()).toEqual([]);
});

test.each([
  ['--fix'],
  ['--diff'],
  ['--stats'],
  ['-f', 'github=out.txt'],
  ['--update-baseline', '--baseline', 'baseline.json'],
])('what is more than an answer is done each time: %s %s', (...args) => {
  const here = place();
  here.lint(['--cache', ...args]);
  expect(here.kept()).toEqual([]);
});

test('no credential gets into the cache', () => {
  const here = place();
  here.lint(['--cache', '-f', 'json=a.json', '-f', 'sarif=b.sarif']);
  const texts = here.kept().map((name) => readFileSync(join(here.cache, name), 'utf8'));
  expect(texts).toHaveLength(1);
  expect(texts.join('')).toContain('hardcoded-secret');
  expect(texts.join('')).not.toContain(PASSWORD);
});
