import { expect, test } from 'vitest';
import { run } from '../run.js';

const WARNED = 'services: {web: {image: nginx}}\n';

const found = (out: string): readonly string[] => out.match(/(?<=\[)[a-z-]+(?=\]$)/gm) ?? [];

test('--max-warnings counts the warnings of all folders', async () => {
  const files = { 'a/compose.yml': WARNED, 'b/compose.yml': WARNED };
  const args = ['-r', '--only', 'latest-tag'];
  expect((await run([...args, '--max-warnings', '2'], files)).code).toBe(0);
  expect((await run([...args, '--max-warnings', '1'], files)).code).toBe(1);
});

test('--quiet hides warnings, and leaves the exit status as it is', async () => {
  const { code, out } = await run(['--quiet', '--only', 'latest-tag', '--fail-on', 'warning'], {
    'compose.yml': WARNED,
  });
  expect({ code, out }).toEqual({ code: 1, out: 'No problems in 1 file.\n' });
});

test('--only runs these rules and no other, even those that are off otherwise', async () => {
  const files = { 'compose.yml': `version: "3"\n${WARNED}`, 'fog-lint.yaml': 'rules: {latest-tag: off}\n' };
  expect(found((await run(['--format', 'compact'], files)).out)).not.toContain('latest-tag');
  const only = await run(['--format', 'compact', '--only', 'latest-tag', '--only', 'schema'], files);
  expect(found(only.out)).toEqual(['latest-tag']);
});

test('--rule gives levels for one run', async () => {
  const files = { 'compose.yml': WARNED };
  const { out } = await run(
    ['--format', 'compact', '--rule', 'latest-tag=info', '--rule', 'missing-healthcheck=off'],
    files,
  );
  expect(out).toMatch(/^compose\.yml:1:25: info: .*\[latest-tag\]\nFound 1 problem \(1 info\) in 1 file\.\n$/);
});

test.each([
  [
    ['--rule', 'latest-tag'],
    'fog-lint: --rule latest-tag: write <id>=<level>\nLevels are off, info, warning, error.\n',
  ],
  [['--rule', 'latest-tga=off'], 'fog-lint: no rule is called "latest-tga"\nDid you mean "latest-tag"?\n'],
  [['--only', 'qqqqqqqqqqq'], 'fog-lint: no rule is called "qqqqqqqqqqq"\nRun `fog-lint rules` to list all rules.\n'],
])('%j is bad usage', async (args, message) => {
  expect(await run(args, { 'compose.yml': WARNED })).toMatchObject({ code: 2, out: '', err: message });
});

test('--stats tells on standard error how long each rule took, the slowest first', async () => {
  let time = 0;
  const clock = (): number => {
    time += 1;
    return time;
  };
  const args = ['--stats', '--only', 'latest-tag', '--only', 'obsolete-version', '--format', 'compact'];
  const { out, err } = await run(
    args,
    { 'compose.yml': 'services: {a: {image: "a:1"}, b: {image: "b:1"}}\n' },
    { clock },
  );
  expect(out).toBe('No problems in 1 file.\n');
  // The clock is looked at before and behind each of the two services; what the loader finds takes no time here.
  expect(err).toBe(`1 file, 1 stack, 1 rule
reading and resolving       1.0 ms
linting                     5.0 ms
latest-tag                  2.0 ms
`);
});

test('a rule that is off is not called', async () => {
  const { err } = await run(['--stats', '--rule', 'latest-tag=off'], { 'compose.yml': WARNED }, { clock: () => 0 });
  expect(err).toContain('missing-healthcheck ');
  expect(err).not.toContain('latest-tag');
});

test.each([
  [[], 0, 'No problems in 0 files.\n', ''],
  [['empty', '*.yml'], 0, 'No problems in 0 files.\n', ''],
  [['*.yaml', 'web/compose.yml'], 0, 'No problems in 1 file.\n', ''],
  [['compose.yml'], 2, '', 'fog-lint: compose.yml: no such file\n'],
])('--allow-no-files: folders and patterns may lead to nothing, but not names: %j', async (paths, code, out, err) => {
  const files = { 'empty/README.md': '', 'web/compose.yml': WARNED };
  const args = ['--allow-no-files', '--only', 'schema', ...paths];
  expect(await run(args, files)).toMatchObject({ code, out, err });
});
