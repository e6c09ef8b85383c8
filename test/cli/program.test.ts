import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fogLint, PROGRAM, runProgram } from '../program.js';

const BEFORE = ['docker-compose.yml', 'docker-compose.dev.yml', 'docker-compose.betanet.yml'].map(
  (name) => `fixtures/fog-compute/before/${name}`,
);
const ROOT = join(import.meta.dirname, '..', '..');

const folderWith = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'fog-lint-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
};

const CLEAN = 'services:\n  web:\n    image: nginx:1.27.2\n    healthcheck:\n      test: [CMD, nginx, -t]\n';

test('the built program can be executed as it is', () => {
  expect(statSync(PROGRAM).mode & 0o111).toBe(0o111);
  expect(readFileSync(PROGRAM, 'utf8').split('\n')[0]).toBe('#!/usr/bin/env node');
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  expect(runProgram(PROGRAM, ['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

test('the built program makes the page that is in reports/', () => {
  const { code, out, err } = fogLint(['report', '--format', 'html'], {
    cwd: join(ROOT, 'fixtures', 'fog-compute', 'before'),
  });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toBe(readFileSync(join(ROOT, 'reports', 'fog-compute.html'), 'utf8'));
});

describe('exit status', () => {
  test('1 for the worked example, with the findings on standard output', () => {
    const { code, out, err } = fogLint(BEFORE);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toMatch(/\nFound \d+ problems \(\d+ errors, \d+ warnings, \d+ infos\) in 3 files\.[^\n]*\n$/);
  });

  test('0 for files without findings', () => {
    expect(fogLint(['.'], { cwd: folderWith({ 'compose.yml': CLEAN }) })).toEqual({
      code: 0,
      out: 'No problems in 1 file.\n',
      err: '',
    });
  });

  const WARNED = CLEAN.replace(':1.27.2', '');
  const found = [
    'compose.yml:3:12: warning: The image nginx of "web" has no tag, so that `latest` is pulled: what runs depends on the day it was pulled. [latest-tag]',
    'Found 1 problem (1 warning) in 1 file.',
    '',
  ].join('\n');

  test.each([
    [['--fail-on', 'error'], 0],
    [['--fail-on', 'warning'], 1],
    [['--fail-on', 'info'], 1],
    [['--fail-on', 'never'], 0],
    [['--max-warnings', '1'], 0],
    [['--max-warnings', '0'], 1],
    [['--max-warnings', '0', '--fail-on', 'never'], 1],
    [['--rule', 'latest-tag=error'], 1],
    [['--rule', 'latest-tag=error', '--fail-on', 'never'], 0],
  ])('of one warning with %j is %i', (options, code) => {
    const result = fogLint(['--format', 'compact', ...options], { cwd: folderWith({ 'compose.yml': WARNED }) });
    expect({ ...result, out: '' }).toEqual({ code, out: '', err: '' });
    if (!options.includes('--rule')) expect(result.out).toBe(found);
  });

  test('--quiet reports errors only', () => {
    expect(fogLint(['--quiet'], { cwd: folderWith({ 'compose.yml': WARNED }) })).toEqual({
      code: 0,
      out: 'No problems in 1 file.\n',
      err: '',
    });
  });

  test('a file that is not YAML is a finding, not a failure', () => {
    const { code, out, err } = fogLint(['--format', 'compact'], {
      cwd: folderWith({ 'compose.yml': 'services:\n  web: [\n' }),
    });
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toMatch(/^compose\.yml:\d+:\d+: error: .* \[yaml-syntax\]$/m);
  });
});

describe('what cannot be run is told with a suggestion, and 2', () => {
  const cwd = folderWith({ 'compose.yml': CLEAN, 'other.txt': '' });
  test.each<readonly [readonly string[], string]>([
    [['--formt', 'json'], "error: unknown option '--formt'\n(Did you mean --format?)\n"],
    [['-f', 'jsn'], `error: option '-f, --format <name[=file]>' argument 'jsn' is invalid. Did you mean "json"?`],
    [['--only', 'latesttag'], 'fog-lint: no rule is called "latesttag"\nDid you mean "latest-tag"?\n'],
    [['--rule', 'latest-tag=wrn'], 'fog-lint: --rule latest-tag=wrn: write <id>=<level>\n'],
    [['--fail-on', 'warn'], `error: option '--fail-on <level>' argument 'warn' is invalid. Did you mean "warning"?`],
    [
      ['--max-warnings', 'x'],
      `error: option '--max-warnings <number>' argument 'x' is invalid. It must be a whole number.`,
    ],
    [['compose.yaml'], 'fog-lint: compose.yaml: no such file\nDid you mean "compose.yml"?\n'],
    [['cnfig'], 'fog-lint: cnfig: no such file\nDid you mean "config"?\n'],
    [['--stack', 'dev'], 'fog-lint: --stack dev: write <name>=<file>,<file>\n'],
    [['--config', 'nope.yaml'], 'fog-lint: '],
  ])('%j', (args, message) => {
    const { code, out, err } = fogLint(args, { cwd });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.slice(0, message.length)).toBe(message);
  });

  test('a folder without Compose files', () => {
    const { code, out, err } = fogLint(['.'], { cwd: folderWith({ 'notes.txt': '' }) });
    expect({ code, out, err }).toEqual({
      code: 2,
      out: '',
      err: 'fog-lint: .: no Compose file in this folder\nAdd -r to search below it, too.\n',
    });
  });

  test('a file that must not be read', () => {
    const folder = folderWith({ 'compose.yml': CLEAN });
    chmodSync(join(folder, 'compose.yml'), 0);
    const isRoot = process.getuid?.() === 0;
    const { code, out } = fogLint(['--format', 'compact'], { cwd: folder });
    // The superuser may read everything.
    if (isRoot) expect({ code, out }).toEqual({ code: 0, out: 'No problems in 1 file.\n' });
    else expect(out).toContain('cannot be read: permission denied. [missing-file]');
  });
});

describe('colour', () => {
  const cwd = folderWith({ 'compose.yml': `version: "3"\n${CLEAN}` });
  const ESCAPE = '\u001b[';
  test.each<readonly [readonly string[], Readonly<Record<string, string>>, boolean]>([
    [[], {}, false],
    [[], { CI: 'true' }, false],
    [[], { FORCE_COLOR: '1' }, true],
    [[], { FORCE_COLOR: '0' }, false],
    [[], { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    [['--color', 'always'], { NO_COLOR: '1' }, true],
    [['--color', 'never'], { FORCE_COLOR: '1' }, false],
    [['--color', 'auto'], { NO_COLOR: '' }, false],
  ])('%j with %j: %j', (args, env, isColoured) => {
    expect(fogLint(args, { cwd, env }).out.includes(ESCAPE)).toBe(isColoured);
  });

  test('is there on a terminal, unless the terminal is dumb', () => {
    const onTerminal = (env: string): string =>
      runProgram('script', ['-qec', `env ${env} ${process.execPath} ${PROGRAM}`, '/dev/null'], { cwd }).out;
    expect(onTerminal('TERM=xterm').includes(ESCAPE)).toBe(true);
    expect(onTerminal('TERM=dumb').includes(ESCAPE)).toBe(false);
    expect(onTerminal('TERM=xterm NO_COLOR=1').includes(ESCAPE)).toBe(false);
  });
});

describe('pipes', () => {
  test('a reader that has gone away ends the run quietly', () => {
    const shell = `"${process.execPath}" "${PROGRAM}" ${BEFORE.join(' ')} | head -n 1; echo "status: \${PIPESTATUS[0]}"`;
    const { out, err } = runProgram('bash', ['-c', shell]);
    expect(err).toBe('');
    expect(out).toMatch(/^\w+\[[a-z-]+\]: [^\n]+\nstatus: [01]\n$/);
  });

  test('a slow reader gets everything', () => {
    const shell = `"${process.execPath}" "${PROGRAM}" -f json ${BEFORE.join(' ')} | (sleep 1; cat)`;
    const { out } = runProgram('bash', ['-c', shell]);
    expect(out).toBe(fogLint(['-f', 'json', ...BEFORE]).out);
    expect(JSON.parse(out)).toMatchObject({ summary: { files: 3 } });
  });

  test('standard input is a file like others, by the name it is given', () => {
    const { code, out } = fogLint(['-', '--stdin-filename', 'docker-compose.yml', '--format', 'compact'], {
      cwd: folderWith({}),
      input: `version: "3"\n${CLEAN}`,
    });
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toBe(
      'docker-compose.yml:1:1: warning: docker compose ignores the top-level `version`. [obsolete-version]',
    );
  });
});

test('two runs print the same bytes', () => {
  const [first, second] = [fogLint(['-f', 'json', ...BEFORE]), fogLint(['-f', 'json', ...BEFORE])];
  expect(first).toEqual(second);
});
