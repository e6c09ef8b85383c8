import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ended, fogLint, runProgram } from '../program.js';
import { run } from '../run.js';

/** A command to the runner as the runner reads it. */
type Command = { readonly name: string; readonly properties: Readonly<Record<string, string>>; readonly text: string };

const decoded = (text: string): string =>
  text
    .replaceAll('%2C', ',')
    .replaceAll('%3A', ':')
    .replaceAll('%0A', '\n')
    .replaceAll('%0D', '\r')
    .replaceAll('%25', '%');

/** Reads a line as the runner does: a command starts with `::`, properties stand between commas. */
const commandIn = (line: string): Command | undefined => {
  const [, name = '', properties = '', text = ''] = /^::([a-z-]+)(?: ([^:]*))?::(.*)$/.exec(line) ?? [];
  if (name === '') return undefined;
  const pairs = properties.split(',').map((pair) => {
    const [key = '', value = ''] = pair.split('=', 2);
    return [key, decoded(value)];
  });
  return { name, properties: Object.fromEntries(pairs), text: decoded(text) };
};

const commandsIn = (out: string): readonly Command[] => out.split('\n').flatMap((line) => commandIn(line) ?? []);

const FORMAT = ['--format', 'github', '--no-config'];

test('what ends properties and lines is escaped, and read as it was', async () => {
  const files = { 'a,b%: c/compose.yml': 'services: {web: {image: nginx:1.27, "por,tz%:\\n::error::x": 1}}\n' };
  const { out } = await run([...FORMAT, '-r', '--only', 'schema'], files);
  expect(out).toBe(
    '::error file=a%2Cb%25%3A c/compose.yml,line=1,endLine=1,col=37,endColumn=59,title=fog-lint (schema)::services.web has no key "por,tz%25:\\u000a::error::x".\nFound 1 problem (1 error) in 1 file.\n',
  );
  expect(commandsIn(out)).toEqual([
    {
      name: 'error',
      properties: {
        file: 'a,b%: c/compose.yml',
        line: '1',
        endLine: '1',
        col: '37',
        endColumn: '59',
        title: 'fog-lint (schema)',
      },
      text: 'services.web has no key "por,tz%:\\u000a::error::x".',
    },
  ]);
});

test('a range of several lines goes without columns, and ends where its last characters are', async () => {
  const text =
    'services:\n  web:\n    image: nginx:1.27\n    volumes:\n      - type: bind\n        source: /etc\n        target: /etc\n    command: a\n';
  const { out } = await run([...FORMAT, '--only', 'sensitive-mount'], { 'compose.yml': text });
  expect(commandsIn(out).map(({ properties }) => properties)).toEqual([
    { file: 'compose.yml', line: '5', endLine: '7', title: 'fog-lint (sensitive-mount)' },
  ]);
});

test('what concerns no file is told at the top of the first one', async () => {
  const files = { 'compose.yml': 'services: {web: {image: "a:1"}}\n' };
  const { out } = await run([...FORMAT, '--project-name', 'A b'], files);
  const [first] = commandsIn(out);
  expect(first?.properties).toMatchObject({ file: 'compose.yml', line: '1', endLine: '1' });
  expect(first?.text).toContain('project name');
});

/** As many services as are asked for, each with something of one level wrong. */
const many = (counts: { errors: number; warnings: number; infos: number }): string => {
  const of = (count: number, name: string, value: (i: number) => string): readonly string[] =>
    Array.from({ length: count }, (_, i) => `  ${name}${i}: {${value(i)}}\n`);
  return `services:\n${[
    ...of(counts.infos, 'info', () => 'image: "postgres:16"'),
    ...of(counts.warnings, 'warning', () => 'image: nginx'),
    ...of(counts.errors, 'error', () => 'image: "nginx:1", portz: 1'),
  ].join('')}`;
};

describe('no more than GitHub shows', () => {
  const shownOf = async (counts: { errors: number; warnings: number; infos: number }) => {
    const { out } = await run([...FORMAT, '--only', 'schema', '--only', 'latest-tag'], { 'compose.yml': many(counts) });
    const commands = commandsIn(out);
    return {
      errors: commands.filter(({ name }) => name === 'error').length,
      warnings: commands.filter(({ name }) => name === 'warning').length,
      order: [...new Set(commands.map(({ name }) => name))],
      told: commands.filter(({ name }) => name === 'notice').map(({ text }) => text),
      closing: out.trimEnd().split('\n').at(-1),
    };
  };

  test('ten of each level are all of them', async () => {
    expect(await shownOf({ errors: 10, warnings: 10, infos: 0 })).toEqual({
      errors: 10,
      warnings: 10,
      order: ['error', 'warning'],
      told: [],
      closing: 'Found 20 problems (10 errors, 10 warnings) in 1 file.',
    });
  });

  test('what is left out is counted, level by level', async () => {
    expect(await shownOf({ errors: 11, warnings: 13, infos: 0 })).toEqual({
      errors: 10,
      warnings: 10,
      order: ['error', 'warning', 'notice'],
      told: ['4 more problems (1 error, 3 warnings) without an annotation: GitHub shows 10 of each level for a step.'],
      closing: 'Found 24 problems (11 errors, 13 warnings) in 1 file.',
    });
  });

  test.each([
    [9, 0, 9, undefined],
    [10, 0, 10, undefined],
    [11, 0, 10, '2 more problems (2 infos)'],
    [10, 11, 10, '2 more problems (1 error, 1 info)'],
    [9, 11, 10, '1 more problem (1 error)'],
  ])('of %d infos beside %d errors, %d notices', async (infos, errors, notices, left) => {
    const { out } = await run([...FORMAT, '--only', 'missing-healthcheck', '--only', 'schema'], {
      'compose.yml': many({ infos, errors, warnings: 0 }).replaceAll('"nginx:1"', '"example/web:1"'),
    });
    const commands = commandsIn(out).filter(({ name }) => name === 'notice');
    expect(commands).toHaveLength(notices);
    expect(commands.at(-1)?.text.split(' without')[0]).toBe(left ?? commands.at(-1)?.text);
  });
});

describe('what a change has touched comes first', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fog-lint-github-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const git = (...args: readonly string[]): string => {
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false'];
    const { stdout, stderr, status } = spawnSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  };
  const commit = (files: Readonly<Record<string, string>>): string => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    git('add', '-A');
    git('commit', '-qm', 'change');
    return git('rev-parse', 'HEAD');
  };
  const EVENT = join(folder, '.git', 'event.json');
  /** Lines that the annotations are on, in their order. */
  const linesOf = (event: unknown, env: Readonly<Record<string, string>> = {}, cwd = folder): readonly string[] => {
    writeFileSync(EVENT, JSON.stringify(event));
    const { out } = fogLint([...FORMAT, '--only', 'latest-tag', '.'], {
      cwd,
      env: { GITHUB_EVENT_PATH: EVENT, GIT_CONFIG_GLOBAL: '/dev/null', ...env },
    });
    return commandsIn(out).map(({ properties: { file, line } }) => `${file}:${line}`);
  };

  const first = many({ errors: 0, warnings: 3, infos: 0 });
  const inOrder = ['compose.yml:2', 'compose.yml:3', 'compose.yml:4'];
  let [base, head] = ['', ''];

  beforeAll(() => {
    git('init', '-qb', 'main');
    base = commit({ 'compose.yml': first, '.gitattributes': '*.yml diff=evil\n' });
    head = commit({ 'compose.yml': first.replace('warning2: {image: nginx}', 'warning2: {image: nginx, tty: true}') });
  });

  test('of a pull request', () => {
    expect(linesOf({ pull_request: { base: { sha: base }, head: { sha: head } } })).toEqual([
      'compose.yml:4',
      'compose.yml:2',
      'compose.yml:3',
    ]);
  });

  test('of a push', () => {
    expect(linesOf({ before: base })[0]).toBe('compose.yml:4');
  });

  test('of a merge group', () => {
    expect(linesOf({ merge_group: { base_sha: base } })[0]).toBe('compose.yml:4');
  });

  test('of a pull request whose merge is checked out: what the base has gained since does not count', () => {
    git('checkout', '-qb', 'more', base);
    const newBase = commit({ 'compose.yml': first.replace('warning0: {image: nginx}', 'warning0: {image: redis}') });
    git('merge', '-q', '--no-edit', head);
    const event = { pull_request: { base: { sha: base }, head: { sha: head } } };
    expect(git('rev-parse', 'HEAD^1')).toBe(newBase);
    expect(linesOf(event)).toEqual(['compose.yml:4', 'compose.yml:2', 'compose.yml:3']);
    git('checkout', '-q', 'main');
  });

  test.each([
    ['a branch that is new', { before: '0'.repeat(40) }],
    ['a commit that is not there', { before: '1'.repeat(40) }],
    ['what is no commit', { before: '--output=/tmp/x', pull_request: { base: { sha: 'main' } } }],
    ['an event without commits', {}],
    ['what is no event', null],
  ])('%s: the order of the files', (_, event) => {
    expect(linesOf(event)).toEqual(inOrder);
  });

  test('no event at all: the order of the files', () => {
    expect(linesOf({ before: base }, { GITHUB_EVENT_PATH: '' })).toEqual(inOrder);
    expect(linesOf({ before: base }, { GITHUB_EVENT_PATH: '/nowhere.json' })).toEqual(inOrder);
    writeFileSync(EVENT, '{');
    const options = { cwd: folder, env: { GITHUB_EVENT_PATH: EVENT } };
    expect(fogLint([...FORMAT, '--only', 'latest-tag', '.'], options).code).toBe(0);
  });

  test('files that look like a repository run nothing', () => {
    const trap = mkdtempSync(join(tmpdir(), 'fog-lint-trap-'));
    const marker = join(folder, '.git', 'ran');
    const inTrap = (...args: readonly string[]): Ended => runProgram('git', ['-C', trap, ...args]);
    runProgram('git', ['init', '-q', '--bare', trap]);
    inTrap('config', 'core.bare', 'false');
    inTrap('config', 'core.worktree', '.');
    inTrap('config', 'core.fsmonitor', `touch ${marker}; false`);
    writeFileSync(join(trap, 'compose.yml'), first);
    inTrap('add', 'compose.yml');
    inTrap('status');
    // It works: git that is not told where the repository is does what the files say.
    expect(existsSync(marker)).toBe(true);
    rmSync(marker);
    expect(linesOf({ before: base }, {}, trap)).toEqual(inOrder);
    expect(existsSync(marker)).toBe(false);
    rmSync(trap, { recursive: true });
  });

  test('a program that shows differences is not run', () => {
    const marker = join(folder, '.git', 'shown');
    git('config', 'diff.evil.textconv', `sh -c 'touch ${marker}; cat "$1"' -`);
    git('config', 'diff.evil.command', `touch ${marker}; true`);
    git('diff', base);
    expect(existsSync(marker)).toBe(true);
    rmSync(marker);
    expect(linesOf({ before: base })[0]).toBe('compose.yml:4');
    expect(existsSync(marker)).toBe(false);
  });
});
