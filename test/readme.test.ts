import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { staleFiles } from '../src/dev/generate.js';
import { readme } from '../src/dev/readme.js';
import { runProgram } from './program.js';

const ROOT = join(import.meta.dirname, '..');

/** Commands of the README's shell blocks, one a line. */
const commands = [...readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(
  ([, block = '']) => block.split('\n').filter((line) => line !== '' && !line.startsWith('#')),
);

/** What runs the tests is the run that this test is part of; CI calls it in the README's words. */
const TESTS = 'npm ci && npm test';

/** The exit status of a command that is not 0. */
const STATUS: readonly (readonly [RegExp, number])[] = [
  [/\bfog-lint fixtures\/fog-compute\/before\/docker-compose\*/, 1],
];

/** A copy of what a clone would hold, so that a command finds nothing that an earlier one has left. */
const copyOfProject = (): string => {
  const copy = mkdtempSync(join(tmpdir(), 'fog-lint-clone-'));
  const listed = 'git ls-files -z --cached --others --exclude-standard';
  execFileSync('bash', ['-euo', 'pipefail', '-c', `${listed} | tar --null -T - -cf - | tar -xf - -C "${copy}"`], {
    cwd: ROOT,
  });
  return copy;
};

describe('commands of the README', () => {
  let copy = '';
  beforeAll(() => {
    copy = copyOfProject();
  }, 60_000);
  afterAll(() => rmSync(copy, { recursive: true, force: true }), 60_000);

  test('begin with the two that anybody needs', () => {
    expect(commands.slice(0, 2)).toEqual([
      'npm ci && npx fog-lint fixtures/fog-compute/before/docker-compose*.yml',
      TESTS,
    ]);
    const ci = readFileSync(join(ROOT, '.ci', 'run'), 'utf8').split('\n');
    expect(ci.filter((line) => TESTS.split(' && ').includes(line))).toEqual(TESTS.split(' && '));
  });

  test.each(commands.filter((command) => command !== TESTS))(
    '%s',
    (command) => {
      const expected = STATUS.find(([pattern]) => pattern.test(command))?.[1] ?? 0;
      const { code, out, err } = runProgram('bash', ['-euo', 'pipefail', '-c', command], { cwd: copy });
      expect({ code, out, err }).toEqual({ code: expected, out: expect.stringMatching(/\S/), err });
    },
    300_000,
  );
});

test('its outputs are those of the commands', async () => {
  expect(staleFiles(ROOT, new Map([['README.md', await readme(ROOT)]]))).toEqual([]);
});
