import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { replaceFiles } from '../../src/cli/replace-files.js';

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'fog-lint-write-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const at = (name: string): string => join(root, name);
const read = (name: string): string => readFileSync(at(name), 'utf8');
const replacement = (name: string, before: string | undefined, after: string) => ({
  path: at(name),
  before: before === undefined ? undefined : bytes(before),
  after: bytes(after),
  root,
});

describe('replaceFiles', () => {
  test('keeps the mode and leaves nothing beside the file', () => {
    writeFileSync(at('a.yml'), 'old');
    chmodSync(at('a.yml'), 0o640);
    replaceFiles([replacement('a.yml', 'old', 'new')]);
    expect(read('a.yml')).toBe('new');
    expect(statSync(at('a.yml')).mode & 0o777).toBe(0o640);
    expect(readdirSync(root)).toEqual(['a.yml']);
  });

  test('makes .env for its owner alone, and other files as everybody does', () => {
    replaceFiles([replacement('.env', undefined, 'A=1\n'), replacement('.env.example', undefined, 'A=\n')]);
    expect(statSync(at('.env')).mode & 0o777).toBe(0o600);
    expect(statSync(at('.env.example')).mode & 0o777).toBe(0o666 & ~process.umask());
    expect(readdirSync(root)).toEqual(['.env', '.env.example']);
  });

  test('follows a link to its target inside of the project', () => {
    mkdirSync(at('sub'));
    writeFileSync(at('sub/real.yml'), 'old');
    symlinkSync('sub/real.yml', at('a.yml'));
    replaceFiles([replacement('a.yml', 'old', 'new')]);
    expect(readlinkSync(at('a.yml'))).toBe('sub/real.yml');
    expect(read('sub/real.yml')).toBe('new');
  });

  test('does not follow a link out of the project', () => {
    mkdirSync(at('project'));
    writeFileSync(at('outside.yml'), 'old');
    symlinkSync('../outside.yml', at('project/a.yml'));
    const given = { ...replacement('project/a.yml', 'old', 'new'), root: at('project') };
    expect(() => replaceFiles([given])).toThrow(/outside of the project; it was left as it is/);
    expect(read('outside.yml')).toBe('old');
  });

  const CHANGED: readonly (readonly [name: string, on: string | undefined, before: string | undefined])[] = [
    ['was changed since it was read', 'other', 'old'],
    ['was removed since', undefined, 'old'],
    ['was made since', 'other', undefined],
  ];
  test.each(CHANGED)('refuses a file that %s, and with it all that belongs to it', (_, on, before) => {
    writeFileSync(at('a.yml'), 'old');
    if (on !== undefined) writeFileSync(at('b.yml'), on);
    expect(() => replaceFiles([replacement('a.yml', 'old', 'new'), replacement('b.yml', before, 'new')])).toThrow(
      /in the meantime; it was left as it is/,
    );
    expect(read('a.yml')).toBe('old');
    expect(existsSync(at('b.yml')) ? read('b.yml') : undefined).toBe(on);
    expect(readdirSync(root).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('takes away what a killed run has left, and leaves what a running one needs', () => {
    writeFileSync(at('a.yml'), 'old');
    writeFileSync(at('.a.yml.fog-lint-999999999-0.tmp'), 'half');
    writeFileSync(at(`.a.yml.fog-lint-${process.pid}-0.tmp`), 'half');
    replaceFiles([replacement('a.yml', 'old', 'new')]);
    expect(readdirSync(root)).toEqual([`.a.yml.fog-lint-${process.pid}-0.tmp`, 'a.yml']);
  });
});

/** Replaces a large file again and again, until it is killed. */
const ENDLESS = `
import { readFileSync } from 'node:fs';
import { replaceFiles } from ${JSON.stringify(new URL('../../src/cli/replace-files.ts', import.meta.url).href)};
const [path, root] = process.argv.slice(1);
process.stdout.write('ready');
for (let i = 0; ; i += 1) {
  const before = readFileSync(path);
  replaceFiles([{ path, before, after: Buffer.alloc(400_000, i % 2 === 0 ? 'b' : 'a'), root }]);
}
`;

const runUntilKilled = (milliseconds: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', ENDLESS, at('a.yml'), root],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        cwd: new URL('../..', import.meta.url).pathname,
      },
    );
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), milliseconds));
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      signal === 'SIGKILL' ? resolve() : reject(new Error(`ended by itself with ${String(code)}`)),
    );
  });

test('whenever it is killed, the old content or the new one is there', async () => {
  writeFileSync(at('a.yml'), 'a'.repeat(400_000));
  for (let i = 0; i < 12; i += 1) {
    await runUntilKilled(Math.random() * 60);
    const text = read('a.yml');
    expect(text.length).toBe(400_000);
    expect(new Set(text).size).toBe(1);
  }
  replaceFiles([replacement('a.yml', read('a.yml'), 'end')]);
  expect(readdirSync(root)).toEqual(['a.yml']);
});
