import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.js';
import { exampleFiles } from '../src/lint/rule-page.js';
import { CWD, optionsFor, run, runIn } from './run.js';

const FIXTURES = new URL('../fixtures/rules/', import.meta.url).pathname;

const foldersIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

const cases = foldersIn(FIXTURES).flatMap((rule) => foldersIn(join(FIXTURES, rule)).map((name) => ({ rule, name })));

const findingsOf = (out: string, rule: string): readonly string[] =>
  out.split('\n').filter((line) => line.endsWith(`[${rule}]`));

/** The files of a fixture, without what is expected of them. A `.gitignore` makes it a repository. */
const filesOf = (folder: string): Readonly<Record<string, Uint8Array>> => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^expected\./.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  const repository = existsSync(join(folder, '.gitignore')) ? { '.git/HEAD': new Uint8Array() } : {};
  return {
    ...Object.fromEntries(files.map((file) => [relative(folder, file), readFileSync(file)])),
    ...repository,
  };
};

describe.each(rules.map(({ meta }) => ({ id: meta.id, meta })))('$id', ({ id, meta }) => {
  test('finds its bad example', async () => {
    const files = exampleFiles(meta.bad);
    const { out, err } = await run(['--only', id, '--format', 'compact', ...optionsFor(files)], files);
    expect(err).toBe('');
    expect(findingsOf(out, id)).not.toEqual([]);
  });

  test('finds nothing in its good example', async () => {
    const files = exampleFiles(meta.good);
    const { out, err } = await run(['--only', id, '--format', 'compact', ...optionsFor(files)], files);
    expect(err).toBe('');
    expect(findingsOf(out, id)).toEqual([]);
  });

  test('has a good example without any other error', async () => {
    const files = exampleFiles(meta.good);
    const { out } = await run(['--format', 'compact', ...optionsFor(files)], files);
    expect(out.split('\n').filter((line) => /: error: /.test(line))).toEqual([]);
  });
});

describe('fixtures', () => {
  test('belong to rules that there are', () => {
    const ids = rules.map(({ meta }) => meta.id);
    expect(foldersIn(FIXTURES).filter((rule) => !ids.includes(rule))).toEqual([]);
  });

  test('there are some that each rule finds something in', () => {
    const firing = cases.filter(({ rule, name }) =>
      readFileSync(join(FIXTURES, rule, name, 'expected.txt'), 'utf8').includes(`[${rule}]`),
    );
    const silent = rules.map(({ meta }) => meta.id).filter((id) => !firing.some(({ rule }) => rule === id));
    // Who may read a file of a checkout is up to whoever makes it; its bad example says so itself.
    expect(silent).toEqual(['env-file-permissions']);
  });

  test.each(cases)('$rule: $name', async ({ rule, name }) => {
    const folder = join(FIXTURES, rule, name);
    const below = optionsFor(filesOf(folder)).filter((option) => option !== '--no-config');
    const { out, err } = await runIn(folder, ['--only', rule, '--format', 'compact', ...below]);
    await expect(`${out}${err}`).toMatchFileSnapshot(join(folder, 'expected.txt'));
  });
});

/** Rules whose fix writes what only the settings can say. */
const NEEDS_SETTINGS: ReadonlySet<string> = new Set(['latest-tag', 'missing-limits']);

const fixable = rules.flatMap(({ meta }) => (meta.fix === 'none' ? [] : [meta.id]));

describe('fixes', () => {
  test.each(cases.filter(({ rule }) => fixable.includes(rule)))('of $rule: $name', async ({ rule, name }) => {
    const folder = join(FIXTURES, rule, name);
    const files = filesOf(folder);
    const args = ['--only', rule, '--unsafe-fixes'];
    const patch = await run([...args, '--diff'], files);
    const expected = join(folder, 'expected.diff');
    if (patch.out === '') expect(existsSync(expected)).toBe(false);
    else await expect(patch.out).toMatchFileSnapshot(expected);
    expect(patch.code).toBe(patch.out === '' ? 0 : 1);
    const { written } = await run([...args, '--fix'], files);
    expect(written.size > 0).toBe(patch.out !== '');
    const fixed = Object.fromEntries([...written].map(([path, text]) => [relative(CWD, path), text]));
    const again = await run([...args, '--diff'], { ...files, ...fixed });
    expect(again.out).toBe('');
  });

  test.each(fixable.filter((id) => !NEEDS_SETTINGS.has(id)))('%s mends its bad example', async (id) => {
    const files = exampleFiles(rules.find((rule) => rule.meta.id === id)?.meta.bad ?? {});
    const fixing = ['--only', id, '--unsafe-fixes', ...optionsFor(files)];
    const { err, written } = await run([...fixing, '--fix'], files);
    expect(err).toMatch(/^Fixed /);
    const fixed = Object.fromEntries([...written].map(([path, text]) => [relative(CWD, path), text]));
    const again = await run([...fixing, '--diff'], { ...files, ...fixed });
    expect(again.out + again.err).toBe('');
  });
});
