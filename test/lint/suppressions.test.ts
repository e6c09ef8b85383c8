import { describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.js';
import { levelsFor } from '../../src/lint/levels.js';
import { lint } from '../../src/lint/run.js';
import { applyEdits } from '../../src/source/edit.js';
import { textAt } from '../../src/source/source.js';
import { run } from '../run.js';
import { openInMemory } from './workspace.js';

const REQUEST = { only: new Set<string>(), rules: new Map() };

const lintFiles = (files: Readonly<Record<string, string>>) => {
  const workspace = openInMemory(files);
  return lint(workspace, { rules, levels: levelsFor(workspace.settings, REQUEST) });
};

/** Findings as `line:rule`, silent ones apart. */
const linesOf = (text: string): { readonly shown: readonly string[]; readonly silent: readonly string[] } => {
  const { findings, suppressed } = lintFiles({ 'compose.yml': text });
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
  const seen = (rule: string): boolean => ['latest-tag', 'privileged', 'unused-suppression'].includes(rule);
  return {
    shown: findings.filter(({ rule }) => seen(rule)).map(({ rule, at }) => `${lineOf(at?.start ?? 0)}:${rule}`),
    silent: suppressed.map(({ finding: { rule, at } }) => `${lineOf(at?.start ?? 0)}:${rule}`),
  };
};

const composeFile = (lines: readonly string[]): string => `services:\n${lines.join('\n')}\n`;

describe('a finding is suppressed', () => {
  test.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ['nowhere without a comment', ['  a: {image: a}', '  b: {image: b}'], ['2:latest-tag', '3:latest-tag'], []],
    [
      'on the line of a comment',
      ['  a: {image: a} # fog-lint-disable-line latest-tag', '  b: {image: b}'],
      ['3:latest-tag'],
      ['2:latest-tag'],
    ],
    [
      'on the next line',
      ['  # fog-lint-disable-next-line latest-tag -- because', '  a: {image: a}', '  b: {image: b}'],
      ['4:latest-tag'],
      ['3:latest-tag'],
    ],
    [
      'on the next line that is no comment',
      ['  # fog-lint-disable-next-line latest-tag', '', '  # about a', '  a: {image: a}', '  b: {image: b}'],
      ['6:latest-tag'],
      ['5:latest-tag'],
    ],
    [
      'in a region',
      [
        '  a: {image: a}',
        '  # fog-lint-disable latest-tag',
        '  b: {image: b}',
        '  # fog-lint-enable latest-tag',
        '  c: {image: c}',
      ],
      ['2:latest-tag', '6:latest-tag'],
      ['4:latest-tag'],
    ],
    [
      'to the end of the file, where nothing ends the region',
      ['  # fog-lint-disable latest-tag', '  a: {image: a}', '  b: {image: b}'],
      [],
      ['3:latest-tag', '4:latest-tag'],
    ],
    [
      'in the whole file by its first comment',
      ['  # about this file', '  # fog-lint-disable-file latest-tag', '  a: {image: a}', '  b: {image: b}'],
      [],
      ['4:latest-tag', '5:latest-tag'],
    ],
    [
      'not by a later comment for the whole file',
      ['  # about this file', '  a: {image: a}', '  # fog-lint-disable-file latest-tag'],
      ['3:latest-tag', '4:unused-suppression'],
      [],
    ],
    [
      'by several rules in one comment',
      ['  a: {image: a} # fog-lint-disable-line obsolete-version,latest-tag'],
      ['2:unused-suppression'],
      ['2:latest-tag'],
    ],
    [
      'by the comment that covers least',
      ['  # fog-lint-disable latest-tag', '  a: {image: a} # fog-lint-disable-line latest-tag', '  b: {image: b}'],
      [],
      ['3:latest-tag', '4:latest-tag'],
    ],
    [
      'not by what looks like a comment in a text',
      [
        '  a: {image: "a # fog-lint-disable-line latest-tag"}',
        '  b:',
        '    image: b',
        '    command: |',
        '      # fog-lint-disable latest-tag',
        '  c: {image: c}',
      ],
      ['2:latest-tag', '4:latest-tag', '7:latest-tag'],
      [],
    ],
  ])('%s', (_, lines, shown, silent) => {
    expect(linesOf(composeFile(lines))).toEqual({ shown, silent });
  });
});

test('a suppressed finding keeps its reason and the place of its comment', () => {
  const { suppressed } = lintFiles({
    'compose.yml':
      'services:\n  a:\n    image: a # fog-lint-disable-line latest-tag -- no other there, yet -- really\n',
  });
  expect(suppressed.map(({ by, reason, at }) => [by, reason, at && textAt(at)])).toEqual([
    ['comment', 'no other there, yet -- really', '# fog-lint-disable-line latest-tag -- no other there, yet -- really'],
  ]);
});

test('comments in env files count', async () => {
  const files = {
    '.git/HEAD': '',
    'compose.yml': 'services: {a: {image: "a:1", env_file: web.env}}\n',
    'web.env': '# for tests\nAPI_TOKEN=9f8e7d6c5b4a39281706f5e4d3c2b1a0 # fog-lint-disable-line hardcoded-secret\n',
  };
  const args = ['--only', 'hardcoded-secret', '--format', 'compact'];
  expect((await run(args, files)).out).toBe('No problems in 1 file.\n');
  const bare = { ...files, 'web.env': files['web.env'].replace(/ #.*/, '') };
  expect((await run(args, bare)).out).toContain('web.env:2:11: error: ');
});

describe('unused-suppression', () => {
  const findings = async (files: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<string> =>
    (await run(['--only', 'unused-suppression', '--format', 'compact', ...args], files)).out;

  test.each([
    [
      'an unknown rule',
      'services: {a: {image: "a:1"}} # fog-lint-disable-line latest-tga\n',
      'compose.yml:1:55: warning: No rule is called "latest-tga", so that the comment suppresses nothing. [unused-suppression]\n',
    ],
    [
      'a reason without its dashes',
      '# fog-lint-disable latest-tag we want it\nservices: {a: {image: a}}\n',
      'compose.yml:1:20: warning: No rule is called "latest-tag we want it", so that the comment suppresses nothing. [unused-suppression]\n',
    ],
    [
      'a comment without rules',
      '# fog-lint-disable -- all of it\nservices: {a: {image: a}}\n',
      'compose.yml:1:1: warning: This comment names no rule, so that nothing follows from it. [unused-suppression]\n',
    ],
    [
      'a word that is unknown',
      '# fog-lint-disable-nextline latest-tag\nservices: {a: {image: a}}\n',
      'compose.yml:1:3: warning: No comment of fog-lint starts with "fog-lint-disable-nextline". [unused-suppression]\n',
    ],
    [
      'the end of no region',
      'services: {a: {image: "a:1"}}\n# fog-lint-enable latest-tag\n',
      'compose.yml:2:19: warning: "latest-tag" is not disabled above: the comment enables nothing. [unused-suppression]\n',
    ],
    [
      'a comment whose rules find nothing',
      'services: {a: {image: "a:1"}} # fog-lint-disable-line latest-tag, obsolete-version\n',
      'compose.yml:1:31: warning: Nothing on this line is found by "latest-tag", "obsolete-version": the comment suppresses nothing. [unused-suppression]\n',
    ],
  ])('finds %s', async (_, text, expected) => {
    const out = await findings({ 'compose.yml': text });
    expect(out.slice(0, out.indexOf('Found 1 problem'))).toBe(expected);
  });

  test('judges nothing that did not run', async () => {
    const text = 'services: {a: {image: "a:1"}} # fog-lint-disable-line latest-tag\n';
    const files = { 'compose.yml': text, 'fog-lint.yaml': 'rules: {latest-tag: off}\n' };
    expect(await findings(files)).toBe('No problems in 1 file.\n');
  });

  test('judges nothing when not all files of the folder are looked at', async () => {
    const text = 'services: {a: {image: "a:1"}} # fog-lint-disable-line latest-tag\n';
    const files = { 'compose.yml': text, 'compose.dev.yml': 'services: {a: {image: "a:1"}}\n' };
    expect(await findings(files, 'compose.yml')).toBe('No problems in 1 file.\n');
    expect(await findings(files)).toContain('compose.yml:1:31: warning');
  });

  test('takes a comment for used when another folder needs it', async () => {
    const service = 'services: {a: {image: "${NAME:-a:1}"}} # fog-lint-disable-line latest-tag\n';
    const files = {
      'shared/compose.yml': service,
      'app/compose.yml': 'include: [{path: ../shared/compose.yml, env_file: .env}]\nservices: {b: {image: "b:1"}}\n',
      'app/.env': 'NAME=a\n',
    };
    expect(await findings(files, '-r')).toBe('No problems in 2 files.\n');
  });

  test('is silenced by a comment of its own', async () => {
    const text = 'services: {a: {image: "a:1"}} # fog-lint-disable-line latest-tag, unused-suppression\n';
    expect(await findings({ 'compose.yml': text })).toBe('No problems in 1 file.\n');
  });

  test.each([
    ['a line of its own', '  # fog-lint-disable-next-line latest-tag\n  a: {image: "a:1"}\n', '  a: {image: "a:1"}\n'],
    ['behind a value', '  a: {image: "a:1"}   # fog-lint-disable-line latest-tag\n', '  a: {image: "a:1"}\n'],
    [
      'one rule of several',
      '  a: {image: a} # fog-lint-disable-line obsolete-version, latest-tag -- so\n',
      '  a: {image: a} # fog-lint-disable-line latest-tag -- so\n',
    ],
    [
      'a region and its end',
      '  # fog-lint-disable latest-tag\n  a: {image: "a:1"}\n  # fog-lint-enable latest-tag\n',
      '  a: {image: "a:1"}\n',
    ],
  ])('is fixed by removing %s', (_, before, after) => {
    const text = `services:\n${before}`;
    const { findings: found } = lintFiles({ 'compose.yml': text });
    const [finding] = found.filter(({ rule }) => rule === 'unused-suppression');
    const [fix] = finding?.fixes() ?? [];
    const source = finding?.at?.source;
    expect(source && fix && applyEdits(source, fix.edits)).toBe(`services:\n${after}`);
  });
});
