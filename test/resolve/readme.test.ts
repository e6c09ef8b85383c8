import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BOUND_TABLE, BOUNDS } from '../../src/model/bounds.js';
import { type RunOptions, type RunResult, run } from '../run.js';

const ROOT = new URL('../../', import.meta.url);
const page = readFileSync(new URL('src/resolve/README.md', ROOT), 'utf8');

const sectionOf = (title: string): string => page.split(/^## /m).find((text) => text.startsWith(`${title}\n`)) ?? '';

const WORDS = { fault: 'a fault', unread: 'not looked at' } as const;

test('the page has the bounds', () => {
  const rows = Object.values(BOUND_TABLE).map(
    ({ limit, of, beyond }) => `| ${limit.toLocaleString('en')} | ${of} | ${WORDS[beyond]} |`,
  );
  expect(sectionOf('Bounds').match(/^\|.*$/gm)).toEqual([
    '| at most | of what | beyond |',
    '| --: | --- | --- |',
    ...rows,
  ]);
});

test('the commands and files of the page are there', () => {
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'));
  const named = [...page.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((name) => !(String(name) in scripts))).toEqual([]);
  const tests = [...page.matchAll(/npx vitest run (test\/\w+)/g)].map(([, name]) => String(name));
  expect(tests.filter((folder) => !existsSync(new URL(folder, ROOT)))).toEqual([]);
  const files = [...page.matchAll(/`((?:src|test)\/[\w./-]+\.ts)`/g)].map(([, name]) => String(name));
  expect(files.filter((file) => readFileSync(new URL(file, ROOT), 'utf8') === '')).toEqual([]);
});

test('the steps of the page are those of the code, in their order', () => {
  const flat = (text: string): string => text.replace(/\s+(?:\* )?/g, ' ');
  const steps = [...flat(page).matchAll(/`(document|model|resolve)\.ts` \([\w ]+: ([\w, ]+)\)/g)];
  expect(steps.map(([, file]) => file)).toEqual(['document', 'model', 'resolve']);
  for (const [, file, names] of steps)
    expect(flat(readFileSync(new URL(`src/resolve/${file}.ts`, ROOT), 'utf8'))).toContain(`: ${names}.`);
});

const ENV_FILES = {
  'compose.yml': 'services:\n  web: {image: "${TAG:-none}"}\n  extra: {image: extra, profiles: [more]}\n',
  'other.yml': 'services:\n  other: {image: other}\n',
  '.env': 'TAG=first\n',
  'second.env': 'TAG=second\n',
};

/** Variables that steer what is loaded, and the names, services and images that there are with them. */
const VARIABLES: Readonly<Record<string, readonly [env: Readonly<Record<string, string>>, told: string]>> = {
  COMPOSE_FILE: [{ COMPOSE_FILE: 'other.yml' }, 'project: other=other'],
  COMPOSE_PATH_SEPARATOR: [
    { COMPOSE_PATH_SEPARATOR: ',', COMPOSE_FILE: 'compose.yml,other.yml' },
    'project: other=other web=first',
  ],
  COMPOSE_PROFILES: [{ COMPOSE_PROFILES: 'more' }, 'project: extra=extra web=first'],
  COMPOSE_PROJECT_NAME: [{ COMPOSE_PROJECT_NAME: 'mine' }, 'mine: web=first'],
  COMPOSE_ENV_FILES: [{ COMPOSE_ENV_FILES: 'second.env' }, 'project: web=second'],
  COMPOSE_DISABLE_ENV_FILE: [{ COMPOSE_DISABLE_ENV_FILE: '1' }, 'project: web=none'],
};

test('the variables of the page are these', () => {
  const named = [...sectionOf('What is supported').matchAll(/`(COMPOSE_\w+)`/g)].map(([, name]) => name);
  expect(named).toEqual(Object.keys(VARIABLES));
});

test.each(Object.entries(VARIABLES))('%s is obeyed', async (_, [env, told]) => {
  const { out } = await run(['config', '--format', 'json'], ENV_FILES, { env });
  const { name, services } = JSON.parse(out) as { name: string; services: Record<string, { image: string }> };
  const images = Object.entries(services).map(([service, { image }]) => `${service}=${image}`);
  expect(`${name}: ${images.join(' ')}`).toBe(told);
});

const web = (more: string): string => `services:\n  web: {image: web, ${more}}\n  api: {image: api}\n`;

const config = (compose: string, args: readonly string[] = [], options: RunOptions = {}): Promise<RunResult> =>
  run(['config', ...args, 'compose.yml'], { 'compose.yml': compose }, options);

const codeAndError = async (result: Promise<RunResult>): Promise<readonly [number, string]> => {
  const { code, err } = await result;
  return [code, err.split('\n')[0] ?? ''];
};

/** What is said to differ from docker compose, and that it is so. */
const DIFFERENCES: Readonly<Record<string, () => Promise<void>>> = {
  'Lists are sorted.': async () => {
    expect((await config(web('tty: true'), ['--services'])).out).toBe('api\nweb\n');
    expect((await config(web('depends_on: [zoo]}\n  zoo: {image: zoo'), ['--services'])).out).toBe('api\nzoo\nweb\n');
  },
  'The last default is shown.': async () => {
    const two = web('hostname: "${A:-first}", labels: ["x=${A:-second}"]');
    const [, row] = (await config(two, ['--variables'])).out.split('\n');
    expect(row?.split(/ +/)).toEqual(['A', 'false', 'second', '']);
  },
  'All faults are told.': async () => {
    const { err } = await config(web('hostname: 5, tty: red'));
    expect(err.split('\n').filter((line) => line.includes(' error: ')).length).toBe(2);
  },
  'A crash is a fault.': async () => {
    expect(await codeAndError(config(web('pid: null')))).toEqual([
      1,
      'compose.yml:2:26: error: services.web.pid must be a text. [schema]',
    ]);
  },
  'Remote files are not loaded.': async () => {
    expect(await codeAndError(config(`include: [oci://example.com/a]\n${web('tty: true')}`))).toEqual([
      1,
      'compose.yml:1:11: error: Remote files are not loaded. [missing-file]',
    ]);
  },
  'Files can be too large.': async () => {
    const [code, fault] = await codeAndError(config(`# ${'x'.repeat(BOUNDS.fileLength)}\n${web('tty: true')}`));
    expect(code).toBe(1);
    expect(fault).toContain('[too-large]');
  },
  'Newer attributes are accepted.': async () => {
    const newer = web('pre_start: [{command: echo}], build: {context: ., no_cache_filter: [one]}');
    expect((await config(newer, ['--quiet'])).code).toBe(0);
  },
  'Arguments are files.': async () => {
    expect((await config(web('tty: true'), ['--services', '--no-interpolate', '--service', 'api'])).code).toBe(0);
    expect((await run(['config', 'api'], { 'compose.yml': web('tty: true') })).code).toBe(1);
  },
  'Images are not looked up.': async () => {
    for (const option of ['--resolve-image-digests', '--lock-image-digests'])
      expect(await codeAndError(config(web('tty: true'), [option]))).toEqual([2, `error: unknown option '${option}'`]);
  },
  'An unknown format is a usage error.': async () => {
    expect((await config(web('tty: true'), ['--format', 'toml'])).code).toBe(2);
  },
  'No terminal is steered.': async () => {
    const evil = web('image: "a\\u009b\\u202e"').replace('image: web, ', '');
    const json = (isTerminal: boolean) => config(evil, ['--format', 'json'], { isTerminal });
    expect((await json(false)).out).toContain('"image": "a\u009b\u202e"');
    expect((await json(true)).out).toContain('"image": "a\\u009b\\u202e"');
    expect((await config(evil, ['--images'])).out).toBe('api\na\\u009b\\u202e\n');
  },
  'How progress is shown is not looked at.': async () => {
    const env = { COMPOSE_PROGRESS: 'none', COMPOSE_PARALLEL_LIMIT: 'none' };
    expect((await config(web('tty: true'), ['--quiet'], { env })).code).toBe(0);
  },
  'A refused stack can be explained.': async () => {
    const { code, out } = await run(['explain', 'services.web.image', 'compose.yml'], {
      'compose.yml': web('hostname: 5'),
    });
    expect([code, out.split('\n')[0]]).toEqual([1, 'services.web.image: web']);
  },
};

test('every known difference of the page has its test', () => {
  expect([...sectionOf('Known differences').matchAll(/^- \*\*(.*?)\*\*/gm)].map(([, title]) => title)).toEqual(
    Object.keys(DIFFERENCES),
  );
});

test.each(Object.entries(DIFFERENCES))('%s', async (_, check) => check());
