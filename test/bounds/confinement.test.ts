import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { run, runIn } from '../run.js';

/** What stands in files outside of the project, and must be seen nowhere. */
const MARK = 'seen-from-outside';

/** A project with a file outside of it, on the disk; links are given as the files that they lead to. */
const onDisk = (files: Readonly<Record<string, string>>, links: Readonly<Record<string, string>> = {}): string => {
  const folder = mkdtempSync(join(tmpdir(), 'fog-lint-outside-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries({ 'project/.git/HEAD': 'ref: refs/heads/main\n', ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(folder, name));
  return join(folder, 'project');
};

const OUTSIDE = {
  'outside/compose.yml': `services:\n  out:\n    image: example/${MARK}:1\n`,
  'outside/a.env': `TOKEN=${MARK}\n`,
  'outside/Dockerfile': `FROM a AS ${MARK}\n`,
};

const web = (keys: string): string => `services:\n  web:\n    image: example/web:1\n${keys}`;

describe.skipIf(process.platform === 'win32')('what lies outside of the project is read by config, not by lint', () => {
  test.each<[string, string, Readonly<Record<string, string>>, string]>([
    [
      'an include',
      `include: [../outside/compose.yml]\n${web('')}`,
      {},
      'compose.yml:1:11: info: The included file ../outside/compose.yml lies outside of the project and is not read. [missing-file]',
    ],
    [
      'a service that is extended',
      web('    extends: {file: ../outside/compose.yml, service: out}\n').replace('    image: example/web:1\n', ''),
      {},
      'compose.yml:3:54: info: The file ../outside/compose.yml lies outside of the project and is not read. [missing-file]',
    ],
    [
      'an env file',
      web('    env_file: ../outside/a.env\n'),
      {},
      'compose.yml:4:15: info: The env file ../outside/a.env lies outside of the project and is not read. [missing-file]',
    ],
    [
      'an env file through a link',
      web('    env_file: link.env\n'),
      { 'project/link.env': '../outside/a.env' },
      'compose.yml:4:15: info: The env file link.env lies outside of the project and is not read. [missing-file]',
    ],
    [
      'a Compose file through a link',
      web(''),
      { 'project/compose.override.yml': '../outside/compose.yml' },
      'info: compose.override.yml lies outside of the project and is not read. [missing-file]',
    ],
  ])('%s', async (_, text, links, told) => {
    const project = onDisk({ ...OUTSIDE, 'project/compose.yml': text }, links);
    const lint = await runIn(project, ['--format', 'compact']);
    expect([lint.err, lint.out.split('\n').filter((line) => line.includes('outside'))]).toEqual(['', [told]]);
    expect((await runIn(project, ['config'])).out).toContain(MARK);
  });

  test('a Dockerfile through a link says nothing', async () => {
    const compose = 'services:\n  web:\n    build: {context: ., target: none}\n';
    const project = onDisk(
      { ...OUTSIDE, 'project/compose.yml': compose },
      { 'project/Dockerfile': '../outside/Dockerfile' },
    );
    const { out, err } = await runIn(project, ['--format', 'compact']);
    expect(out + err).not.toContain(MARK);
  });

  test('a file that the user names is read wherever it is', async () => {
    const project = onDisk({ ...OUTSIDE, 'project/compose.yml': web('') });
    const { out } = await runIn(project, ['--format', 'json', '../outside/compose.yml']);
    expect(JSON.parse(out).summary.files).toBe(1);
  });

  test('what `.env` names outside is not linted', async () => {
    const project = onDisk({ ...OUTSIDE, 'project/.env': 'COMPOSE_FILE=../outside/compose.yml\n' });
    expect(await runIn(project, ['--format', 'compact'])).toMatchObject({ code: 2, out: '' });
    expect((await runIn(project, ['config'])).out).toContain(MARK);
  });

  test('fixes leave what lies outside as it is', async () => {
    const compose = `version: "3"\nservices:\n  out:\n    image: example/${MARK}:1\n`;
    const project = onDisk(
      { ...OUTSIDE, 'outside/compose.yml': compose, 'project/compose.yml': `version: "3"\n${web('')}` },
      { 'project/compose.override.yml': '../outside/compose.yml' },
    );
    const { written } = await runIn(project, ['--fix']);
    expect([...written.keys()]).toEqual([join(project, 'compose.yml')]);
    expect(readFileSync(join(project, '../outside/compose.yml'), 'utf8')).toBe(compose);
  });
});

describe('what is elsewhere is not fetched', () => {
  const REMOTE = [
    'https://example.com/a.git',
    'https://example.com/a.git#main:compose.yml',
    'git://example.com/a',
    'ssh://git@example.com/a',
    'git@example.com:a.git',
    'github.com/example/a',
    'oci://example.com/a:1',
  ];

  test.each(REMOTE)('%s', async (name) => {
    const text = `include:\n  - ${name}\n${web('')}  api:\n    extends: {file: "${name}", service: a}\n`;
    const told = [
      'compose.yml:2:5: error: Remote files are not loaded. [missing-file]',
      'compose.yml:7:21: error: Remote files are not loaded. [missing-file]',
    ];
    const config = await run(['config', 'compose.yml'], { 'compose.yml': text });
    expect([config.code, config.err.split('\n').filter((line) => told.includes(line)).length > 0]).toEqual([1, true]);
    const lint = await run(['--format', 'compact'], { 'compose.yml': text });
    expect(lint.out.split('\n').some((line) => told.includes(line))).toBe(true);
  });

  test('a URL is a name of a file that is not there', async () => {
    const text = web('    env_file: https://example.com/a.env\n');
    const { code, err } = await run(['config', 'compose.yml'], { 'compose.yml': text });
    expect([code, err.includes('compose.yml:4:15: error: ')]).toEqual([1, true]);
  });
});
