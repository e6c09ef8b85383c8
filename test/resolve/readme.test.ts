import { readFileSync } from 'node:fs';
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
  const files = [...page.matchAll(/`((?:src|test)\/[\w./-]+\.ts)`/g)].map(([, name]) => String(name));
  expect(files.filter((file) => readFileSync(new URL(file, ROOT), 'utf8') === '')).toEqual([]);
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
