import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { BOUNDS } from '../../src/model/bounds.js';
import { PROGRAM } from '../program.js';
import { services, times } from './hostile.js';

const folder = mkdtempSync(join(tmpdir(), 'fog-lint-bounds-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Megabytes that the built program may keep. */
const HEAP = 512;

/** What the built program says, in a process with a small heap. */
const inSmallHeap = (args: readonly string[], input: number | 'ignore' = 'ignore') => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`--max-old-space-size=${HEAP}`, PROGRAM, ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: [input, 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: status, out: stdout, err: stderr };
};

const lint = (text: string) => {
  writeFileSync(join(folder, 'compose.yml'), text);
  return inSmallHeap(['--format', 'compact', 'compose.yml']);
};

test.each([
  [
    'a hundred thousand services',
    () => services(100_000, () => ''),
    'compose.yml:153847:11: error: The file is made of more than 1000000 names, signs and spaces. [too-large]',
  ],
  [
    'aliases of aliases',
    () =>
      `x-0: &a0 [${'x,'.repeat(9)}x]\n${times(12, (i) => `x-${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}*a${i}]\n`)}`,
    'compose.yml:5:39: error: The file holds more than 100000 values once its aliases are expanded. [too-large]',
  ],
  [
    'commas and nothing else',
    () => `x-a: [${','.repeat(7_000_000)}]\n`,
    'compose.yml:1:1000001: error: The file is made of more than 1000000 names, signs and spaces. [too-large]',
  ],
  [
    'empty lines',
    () => `x-a: {\n${'\n'.repeat(7_000_000)}}\n`,
    'compose.yml:999995:1: error: The file is made of more than 1000000 names, signs and spaces. [too-large]',
  ],
] as const)('%s take no more than a small heap', (_, text, fault) => {
  const { code, out, err } = lint(text());
  expect([code, err]).toEqual([1, '']);
  expect(out.split('\n')).toContain(fault);
});

test('a report on a file beyond a bound takes no more than a small heap', () => {
  writeFileSync(join(folder, 'compose.yml'), `x-a: {\n${'\n'.repeat(7_000_000)}}\n`);
  const { code, out, err } = inSmallHeap(['report', 'compose.yml']);
  expect([code, err, out.includes('\n- 1 error, 0 warnings, 0 notes\n')]).toEqual([0, '', true]);
});

test.skipIf(process.platform === 'win32')('standard input that does not end is not read to its end', () => {
  const endless = openSync('/dev/zero', 'r');
  try {
    expect(inSmallHeap(['-'], endless)).toEqual({
      code: 2,
      out: '',
      err: `fog-lint: standard input cannot be read: it is larger than ${BOUNDS.fileBytes} bytes\n`,
    });
    expect(inSmallHeap(['config', '-'], endless)).toEqual({
      code: 1,
      out: '',
      err: `error: - cannot be read: it is larger than ${BOUNDS.fileBytes} bytes. [missing-file]\n`,
    });
  } finally {
    closeSync(endless);
  }
});

test.each(['[', '{"version":1,"findings":'])('a baseline that nests is no baseline: %s', (start) => {
  writeFileSync(
    join(folder, 'compose.yml'),
    services(1, () => ''),
  );
  writeFileSync(join(folder, 'baseline.json'), `${start}${'['.repeat(200_000)}`);
  expect(inSmallHeap(['--baseline', 'baseline.json'])).toEqual({
    code: 2,
    out: '',
    err: 'fog-lint: baseline.json: this is not a baseline of fog-lint\nWrite it anew with --update-baseline.\n',
  });
});
