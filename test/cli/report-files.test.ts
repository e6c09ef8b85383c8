import { describe, expect, test } from 'vitest';
import { CWD, run } from '../run.js';

const FILES = { 'compose.yml': 'services: {web: {image: nginx}}\n' };
const ONLY = ['--only', 'latest-tag'];

const alone = async (format: string): Promise<string> => (await run([...ONLY, '--format', format], FILES)).out;

describe('several reports', () => {
  test('one is printed, the others are written to their files', async () => {
    const { out, written, code } = await run(
      [...ONLY, '--format', 'pretty', '--format', 'sarif=out/a.sarif', '-f', 'json=b=c.json'],
      FILES,
    );
    expect(code).toBe(0);
    expect(out).toBe(await alone('pretty'));
    expect([...written]).toEqual([
      [`${CWD}/out/a.sarif`, await alone('sarif')],
      [`${CWD}/b=c.json`, await alone('json')],
    ]);
  });

  test('nothing is printed when each has its file', async () => {
    const { out, written } = await run([...ONLY, '--format', 'json=b.json'], FILES);
    expect({ out, files: [...written.keys()] }).toEqual({ out: '', files: [`${CWD}/b.json`] });
  });

  test('--output takes the one that names no file', async () => {
    const { out, written } = await run([...ONLY, '-f', 'json=b.json', '-f', 'compact', '-o', 'c.txt'], FILES);
    expect(out).toBe('');
    expect(written.get(`${CWD}/c.txt`)).toBe(await alone('compact'));
  });

  test.each([
    [
      ['-f', 'json', '-f', 'compact'],
      'only one report can be printed, not json and compact\nName a file for the others, for example --format json=report.json.\n',
    ],
    [
      ['-f', 'json', '-f', 'compact', '-o', 'a'],
      'only one report can be written to --output, not json and compact\nName a file for the others, for example --format json=report.json.\n',
    ],
    [['-f', 'json=a', '-o', 'b'], '--output has no report to hold: every --format names its file\n'],
    [['-f', 'json=a', '-f', 'compact=a'], 'two reports would go to a\n'],
    [['-f', 'json=a', '-f', 'compact', '-o', './a'], 'two reports would go to ./a\n'],
    [['-f', 'json=a', '--diff'], '--diff prints a patch: it goes without a report in a file\n'],
  ])('%j is bad usage', async (args, message) => {
    expect(await run([...ONLY, ...args], FILES)).toMatchObject({ code: 2, out: '', err: `fog-lint: ${message}` });
  });

  test('a format needs a name behind its "="', async () => {
    const { code, err } = await run(['-f', 'json='], FILES);
    expect({ code, err }).toEqual({
      code: 2,
      err: `error: option '-f, --format <name[=file]>' argument 'json=' is invalid. Name the file behind the "=".\n`,
    });
  });
});

test('colour goes to the terminal, and to a file only where it is asked for', async () => {
  const args = [...ONLY, '-f', 'pretty', '-o', 'a.txt'];
  const options = { isTerminal: true, env: { FORCE_COLOR: '1' } };
  expect((await run(args, FILES, options)).written.get(`${CWD}/a.txt`)).toBe(await alone('pretty'));
  expect((await run([...ONLY], FILES, options)).out).toContain('\u001b[');
  expect((await run([...args, '--color', 'always'], FILES, options)).written.get(`${CWD}/a.txt`)).toContain('\u001b[');
});
