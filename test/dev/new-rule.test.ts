import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ended, runProgram } from '../program.js';

const ROOT = join(import.meta.dirname, '..', '..');

/** Commands of the section, in their order. */
const commands = [
  ...readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8')
    .split('\n## Adding a rule\n')
    .slice(1)
    .join('')
    .matchAll(/```sh\n([\s\S]*?)```/g),
].flatMap(([, block = '']) => block.split('\n').filter(Boolean));

let copy = '';

/** A copy of the project's own files. What is built or installed is taken from here. */
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'fog-lint-new-rule-'));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
  const built = ['schema', 'workspace'].map(
    (room) => `src/${room}/generated/${room === 'schema' ? 'compose' : 'settings'}-schema.js`,
  );
  for (const path of [...listed.toString().split('\0').filter(Boolean), ...built]) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    cpSync(join(ROOT, path), join(copy, path));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
}, 120_000);
afterAll(() => rmSync(copy, { recursive: true, force: true }), 60_000);

const runCommand = (command = ''): Ended => runProgram('bash', ['-c', command], { cwd: copy, env: { NO_COLOR: '1' } });

const read = (path: string): string => readFileSync(join(copy, path), 'utf8');

test('a rule is added by the commands that are shown', () => {
  const [start, update, generate, run, ...others] = commands;
  expect(others).toEqual([]);

  const started = runCommand(start);
  expect({ ...started, out: started.out.split('\n').filter((line) => /^[a-z]+\//.test(line)) }).toEqual({
    code: 0,
    out: [
      'rules/loud-name.ts',
      'fixtures/rules/loud-name/first/compose.yml',
      'rules/index.ts',
      'rules/README.md',
      'rules/settings.schema.json',
      'rules/loud-name.md',
      'action/index.cjs',
    ],
    err: '',
  });
  expect(read('rules/README.md')).toContain(
    '| [loud-name](loud-name.md) | warning | recommended | none | Say in one line what the rule finds |\n',
  );
  expect(read('rules/index.ts')).toContain("import loudName from './loud-name.js';\n");

  // Settings know the rule at once.
  writeFileSync(join(copy, 'fixtures/rules/loud-name/first/fog-lint.yaml'), 'rules: {loud-name: error}\n');
  const updated = runCommand(update);
  expect({ code: updated.code, last: updated.out.trimEnd().split('\n').at(-1) }).toEqual({
    code: 0,
    last: expect.stringMatching(/^4 passed, 0 failed, \d+ skipped$/),
  });
  expect(read('fixtures/rules/loud-name/first/expected.txt')).toBe(
    'compose.yml:2:3: error: The service "bad" is what this rule looks for. [loud-name]\n' +
      'Found 1 problem (1 error) in 1 file.\n',
  );

  writeFileSync(
    join(copy, 'rules/loud-name.ts'),
    read('rules/loud-name.ts').replace('Say in one line what the rule finds', 'A name is loud'),
  );
  expect(runCommand('npm run check:generated')).toMatchObject({
    code: 1,
    err: expect.stringContaining('rules/README.md, rules/settings.schema.json, rules/loud-name.md'),
  });
  expect(runCommand(generate).code).toBe(0);
  expect(read('rules/loud-name.md')).toMatch(/^# loud-name\n\nA name is loud\.\n/);
  expect(runCommand('npm run check:generated')).toMatchObject({ code: 0, err: '' });
  expect(runCommand(run).out).toMatch(/\n4 passed, 0 failed, \d+ skipped\n$/);
  expect(runCommand('npx tsc -p . && npx biome check --error-on-warnings --vcs-enabled=false rules')).toMatchObject({
    code: 0,
  });
}, 300_000);

test.each([
  [undefined, 'usage: npm run new-rule <id>, an id such as "latest-tag"\n'],
  ['LoudName', 'usage: npm run new-rule <id>, an id such as "latest-tag"\n'],
  ['latest-tag', 'rules/latest-tag.ts exists already\n'],
])('%s is not the id of a new rule', (id, message) => {
  expect(runCommand(`npm run --silent new-rule ${id ?? ''}`)).toEqual({ code: 1, out: '', err: message });
});
