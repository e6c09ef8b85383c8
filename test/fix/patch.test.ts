import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeFileSystem } from '../../src/cli/node-filesystem.js';
import { patchOf } from '../../src/fix/patch.js';
import { memoryFileSystem } from '../../src/source/filesystem.js';

type Case = {
  readonly name: string;
  readonly file: string;
  readonly before: string | undefined;
  readonly after: string;
};

const LONG = Array.from({ length: 40 }, (_, i) => `line ${i}\n`).join('');

const CASES: readonly Case[] = [
  { name: 'a line', file: 'a.yml', before: 'a: 1\nb: 2\nc: 3\n', after: 'a: 1\nb: 4\nc: 3\n' },
  {
    name: 'several hunks',
    file: 'a.yml',
    before: LONG,
    after: LONG.replace('line 3\n', 'x\n').replace('line 30\n', ''),
  },
  { name: 'CRLF', file: 'a.yml', before: 'a: 1\r\nb: 2\r\n', after: 'a: 1\r\nb: 3\r\n' },
  { name: 'lines that only differ in their breaks', file: 'a.yml', before: 'a: 1\r\nb: 2\n', after: 'a: 1\nb: 2\n' },
  { name: 'no final newline', file: 'a.yml', before: 'a: 1\nb: 2', after: 'a: 1\nb: 3' },
  { name: 'no final newline any more', file: 'a.yml', before: 'a: 1\nb: 2\n', after: 'a: 1' },
  { name: 'a final newline now', file: 'a.yml', before: 'a: 1', after: 'a: 1\n' },
  { name: 'spaces in names', file: 'sub dir/docker compose.yml', before: 'a: 1\n', after: 'a: 2\n' },
  { name: 'other alphabets', file: 'ünï 世界/größe.yml', before: 'ä: 1\n', after: 'ä: 🌍\n' },
  { name: 'quotes and backslashes in names', file: 'a"b\\c.yml', before: 'a: 1\n', after: 'a: 2\n' },
  { name: 'a byte order mark', file: 'a.yml', before: '\uFEFFa: 1\nb: 1\n', after: '\uFEFFa: 2\nb: 1\n' },
  { name: 'a new file', file: 'new/.env', before: undefined, after: 'A=1\nB=2' },
  { name: 'a new file with a space in its name', file: 'my compose.yml', before: undefined, after: 'a: 1\n' },
  { name: 'an empty file that gets a line', file: '.gitignore', before: '', after: '.env\n' },
  {
    name: 'lines that look like a patch',
    file: 'a.yml',
    before: '-- a\n++ b\n@@ -1 +1 @@\nx\n',
    after: '-- a\n++ b\n@@ -1 +1 @@\ny\n',
  },
];

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fog-lint-patch-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (cases: readonly Case[]): string => {
  for (const { file, before } of cases) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    if (before !== undefined) writeFileSync(join(folder, file), before);
  }
  const changes = new Map(cases.map(({ file, after }) => [join(folder, file), new TextEncoder().encode(after)]));
  return patchOf(changes, nodeFileSystem, folder).text;
};

const TOOLS: Readonly<Record<string, (patch: string) => void>> = {
  'git apply': (patch) => {
    execFileSync('git', ['init', '-q'], { cwd: folder });
    execFileSync('git', ['-c', 'core.autocrlf=false', 'apply', '--whitespace=nowarn', '-'], {
      cwd: folder,
      input: patch,
    });
  },
  'patch -p1': (patch) => void execFileSync('patch', ['-p1', '--binary', '-s'], { cwd: folder, input: patch }),
};

describe.each(Object.entries(TOOLS))('%s', (_, apply) => {
  test.each(CASES)('accepts $name', (given) => {
    apply(put([given]));
    expect(readFileSync(join(folder, given.file), 'utf8')).toBe(given.after);
  });

  test('accepts one patch of many files', () => {
    const cases = CASES.map((given, i) => ({ ...given, file: `${i} ${given.file}` }));
    apply(put(cases));
    for (const { file, after } of cases) expect(readFileSync(join(folder, file), 'utf8')).toBe(after);
  });
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('the text of a patch', () => {
  const fs = memoryFileSystem(new Map([['/p/ü b.yml', 'a: 1\n']]));
  const changes = new Map([
    ['/p/ü b.yml', bytes('a: 2')],
    ['/p/.env', bytes('A=1\n')],
  ]);
  expect(patchOf(changes, fs, '/p')).toEqual({
    directory: '/p',
    omitted: [],
    text: `diff --git a/.env b/.env
new file mode 100644
--- /dev/null
+++ b/.env
@@ -0,0 +1,1 @@
+A=1
diff --git "a/\\303\\274 b.yml" "b/\\303\\274 b.yml"
--- "a/\\303\\274 b.yml"\t
+++ "b/\\303\\274 b.yml"\t
@@ -1,1 +1,1 @@
-a: 1
+a: 2
\\ No newline at end of file
`,
  });
});

test('names start from a folder that holds all files', () => {
  const fs = memoryFileSystem(new Map([['/p/.gitignore', 'x\n']]));
  const patch = patchOf(new Map([['/p/.gitignore', bytes('x\n.env\n')]]), fs, '/p/sub');
  expect(patch.directory).toBe('/p');
  expect(patch.text.split('\n')[0]).toBe('diff --git a/.gitignore b/.gitignore');
});

test('names start from the root of the repository, as `git apply` takes them in every folder of it', () => {
  execFileSync('git', ['init', '-q'], { cwd: folder });
  const below = join(folder, 'deploy');
  mkdirSync(below);
  writeFileSync(join(below, 'a.yml'), 'a: 1\n');
  const patch = patchOf(new Map([[join(below, 'a.yml'), bytes('a: 2\n')]]), nodeFileSystem, below);
  expect(patch.directory).toBe(folder);
  execFileSync('git', ['apply', '-'], { cwd: below, input: patch.text });
  expect(readFileSync(join(below, 'a.yml'), 'utf8')).toBe('a: 2\n');
});

test('UTF-16 is left out, and nothing makes no patch', () => {
  const fs = memoryFileSystem(new Map([['/p/a', 'x']]));
  const patch = patchOf(
    new Map([
      ['/p/b', Uint8Array.of(0xff, 0xfe, 65, 0)],
      ['/p/a', bytes('x')],
    ]),
    fs,
    '/p',
  );
  expect(patch).toEqual({ directory: '/p', omitted: ['/p/b'], text: '' });
});
