import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { allCommands } from '../../src/cli/main.js';
import { nodeIo } from '../../src/cli/node-io.js';
import { FORMATS } from '../../src/cli/render.js';
import { startClient } from '../editor/client.js';
import { PROGRAM, runProgram } from '../program.js';

const WATCH = join(import.meta.dirname, 'watch.cjs');

/** What a shell, a template or a tag would run, if anything were run; it would leave a file in the project. */
const RUN = '$(touch pwned)';

/** A set that names programs, addresses, and files that are not its own, wherever a file can be named. */
const FILES: Readonly<Record<string, string>> = {
  'project/.git/HEAD': 'ref: refs/heads/main\n',
  'project/.git/config':
    '[core]\n\tfsmonitor = touch pwned\n\tpager = touch pwned\n[include]\n\tpath = ../../outside/secret.txt\n',
  'project/.gitattributes': '* filter=evil diff=evil\n',
  'project/.env': `A=${RUN}\nB=\`touch pwned\`\nDOCKER_HOST=tcp://example.invalid:2375\nNODE_OPTIONS=--require ./evil.cjs\n`,
  'project/evil.cjs': "require('node:fs').writeFileSync('pwned', '');\n",
  'project/package.json': '{"main": "./evil.cjs", "scripts": {"prepare": "touch pwned"}}\n',
  'project/fog-lint.yaml': 'extends: recommended\nstacks:\n  all: [docker-compose.yml, docker-compose.dev.yml]\n',
  'project/own.env': 'OWN=1\n',
  'project/part/compose.yml': 'services:\n  part:\n    image: example/part:1\n',
  'project/Dockerfile':
    'FROM example/a:1\nADD https://example.invalid/a.tar /a\nRUN touch pwned\nCOPY ../outside/secret.txt /b\n',
  'project/prometheus.yml':
    'scrape_configs:\n  - job_name: a\n    http_sd_configs: [{url: "http://example.invalid/sd"}]\n    file_sd_configs: [{files: ["/etc/*.json"]}]\n',
  'project/nginx.conf': 'include ../outside/secret.txt;\nproxy_pass http://example.invalid;\n',
  'project/docker-compose.yml': `services:
  web:
    image: example.invalid/web:1
    build:
      context: .
      additional_contexts: {far: "https://example.invalid/a.git", near: ../outside}
      ssh: [default]
      secrets: [token]
    command: ["sh", "-c", "touch pwned", "${RUN}"]
    entrypoint: "\`touch pwned\`"
    hostname: "\${X:-${RUN}}"
    env_file: [own.env, ../outside/a.env]
    label_file: ../outside/labels
    healthcheck: {test: "touch pwned"}
    post_start: [{command: touch pwned}]
    extends: {file: ../outside/common.yml, service: common}
    volumes:
      - ../outside/data:/data
      - ./prometheus.yml:/etc/prometheus/prometheus.yml
      - ./nginx.conf:/etc/nginx/nginx.conf
      - ./linked/secret.txt:/secret
      - /var/run/docker.sock:/var/run/docker.sock
    secrets: [token]
    configs: [site]
    develop: {watch: [{path: ../outside, action: rebuild}]}
  db:
    build: {context: ./linked, dockerfile: ../../outside/Dockerfile, target: none}
    depends_on: [web]
secrets:
  token: {file: ../outside/secret.txt}
configs:
  site: {file: ../outside/secret.txt}
include:
  - part/compose.yml
`,
  'project/docker-compose.dev.yml':
    'version: "3"\nservices:\n  web:\n    ports: ["8080:80"]\n    env_file: linked.env\n',
  'outside/compose.yml': 'services:\n  out: {image: example/out:1}\n',
  'outside/common.yml': 'services:\n  common: {image: example/common:1}\n',
  'outside/a.env': 'FAR=1\n',
  'outside/labels': 'far=1\n',
  'outside/secret.txt': 'seen-from-outside\n',
  'outside/Dockerfile': 'FROM example/a:1 AS none\n',
  'outside/fog-lint.yaml': 'rules: {latest-tag: off}\n',
};

/** Links of the project that lead out of it. */
const LINKS: Readonly<Record<string, string>> = {
  'project/linked': '../outside',
  'project/linked.env': '../outside/a.env',
  'project/docker-compose.prod.yml': '../outside/compose.yml',
};

/** Files that cannot be loaded, as what they name lies on other machines, or is no data. */
const REFUSED: Readonly<Record<string, string>> = {
  'project/far.yml': `include:
  - https://example.invalid/a.git
  - git@example.invalid:a.git
  - oci://example.invalid/a:1
  - path: ../outside/compose.yml
    env_file: https://example.invalid/a.env
services:
  web:
    extends: {file: "git://example.invalid/a", service: a}
    env_file: ../outside/a.env
    image: !!js/function "function () { require('child_process').execSync('touch pwned') }"
    command: !exec touch pwned
`,
  'project/settings.yaml': 'extends: ../outside/fog-lint.yaml\n',
  'project/settings-far.yaml': 'extends: https://example.invalid/fog-lint.yaml\n',
};

const onDisk = (): string => {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'fog-lint-world-')));
  onTestFinished(() => rmSync(top, { recursive: true }));
  for (const [name, text] of Object.entries({ ...FILES, ...REFUSED })) {
    mkdirSync(dirname(join(top, name)), { recursive: true });
    writeFileSync(join(top, name), text);
  }
  for (const [name, target] of Object.entries(LINKS)) symlinkSync(target, join(top, name));
  return top;
};

/** A log for what a run does, beside its files. */
const newLog = (top: string): string => {
  const log = `${top}.log`;
  writeFileSync(log, '');
  onTestFinished(() => rmSync(log, { force: true }));
  return log;
};

/**
 * What a run has done, each thing once: programs and addresses, files that it wrote by their names in the project, and those that
 * it read outside of it. Its own files are left out, and those that take the place of others in the end.
 */
const deedsIn = (log: string, top: string) => {
  const events = readFileSync(log, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as readonly [what: string, detail: string]);
  const of = (what: string): readonly string[] =>
    [...new Set(events.flatMap(([kind, detail]) => (kind === what ? [detail] : [])))].sort();
  const own = dirname(dirname(PROGRAM));
  const project = join(top, 'project');
  return {
    ran: of('run'),
    reached: of('connect'),
    written: of('write')
      .map((path) => relative(project, path))
      .filter((name) => !name.endsWith('.tmp')),
    outside: of('read')
      .filter((path) => ![own, project].some((folder) => path === folder || path.startsWith(`${folder}/`)))
      .map((path) => relative(top, path)),
  };
};

/** What a command does in the project. */
const watched = (args: readonly string[], top: string, program: readonly string[] = [PROGRAM]) => {
  const log = newLog(top);
  const env = { FOG_LINT_WATCH: log, HOME: join(top, 'home') };
  runProgram(process.execPath, ['--require', WATCH, ...program, ...args], { cwd: join(top, 'project'), env });
  return deedsIn(log, top);
};

/** Command lines that only look; those that docker compose has, too, read what it reads. */
const LOOKING: readonly (readonly string[])[] = [
  ...FORMATS.map((format) => ['--format', format]),
  ['--recursive', '--stats'],
  ['--diff', '--unsafe-fixes'],
  ['--config', 'settings-far.yaml'],
  ['far.yml'],
  ...['report', 'consolidate'].flatMap((command) =>
    ['markdown', 'json', 'html'].map((format) => [command, '--format', format]),
  ),
  ['consolidate', '--diff'],
  ['rules'],
  ['rules', 'hardcoded-secret'],
  ['completions', 'bash'],
  ['merge', 'package.json'],
];

/** Command lines that load a stack as docker compose would, and what they read beside the project. */
const LOADING: readonly (readonly [args: readonly string[], outside: readonly string[]])[] = [
  [['config'], ['outside/a.env', 'outside/common.yml', 'outside/labels']],
  [
    ['config', '--origins'],
    ['outside/a.env', 'outside/common.yml', 'outside/labels'],
  ],
  [
    ['config', '--services'],
    ['outside/common.yml', 'outside/labels'],
  ],
  [['config', '--variables'], ['outside/common.yml']],
  [
    ['config', '--hash', '*'],
    ['outside/common.yml', 'outside/labels'],
  ],
  [['config', 'docker-compose.prod.yml'], ['outside/compose.yml']],
  [
    ['explain', 'services.web'],
    ['outside/a.env', 'outside/common.yml', 'outside/labels'],
  ],
  [
    ['config', 'far.yml'],
    ['outside/a.env', 'outside/compose.yml'],
  ],
];

/** Command lines that write, and what they make or replace. */
const WRITING: readonly (readonly [args: readonly string[], written: readonly string[]])[] = [
  [['init', 'part', '--no-hook', '--no-workflow'], ['part/fog-lint.yaml']],
  [['--update-baseline', '--baseline', 'accepted.json'], ['accepted.json']],
  [['--format', 'json=found.json'], ['found.json']],
  [['report', '--output', 'report.md'], ['report.md']],
  [['--fix'], ['docker-compose.dev.yml']],
  [
    ['consolidate', '--write'],
    ['docker-compose.dev.yml', 'docker-compose.dev.yml.bak'],
  ],
  [
    ['consolidate', '--out', 'layout'],
    ['layout', 'layout/docker-compose.dev.yml', 'layout/docker-compose.yml'],
  ],
];

const titled = <T extends readonly [readonly string[], ...unknown[]]>(rows: readonly T[]) =>
  rows.map((row) => [row[0].join(' '), ...row] as const);

describe.skipIf(process.platform === 'win32')('nothing is run, fetched, read or written because a file says so', () => {
  test('what is not allowed would be seen', () => {
    const top = onDisk();
    const script = `
      require('node:child_process').spawnSync('true', ['a']);
      require('node:net').connect(1, '127.0.0.1').on('error', () => undefined);
      require('node:fs').readFileSync('linked/secret.txt');
      require('node:fs').writeFileSync('made', '');
      require('node:fs').mkdirSync('folder');
      require('node:fs').promises.readFile('../outside/a.env');
      const own = process.getBuiltinModule?.('node:fs') ?? require('node:fs');
      own.closeSync(own.openSync('../outside/labels'));
      require('node:https').get('https://127.0.0.1:1/').on('error', () => undefined);`;
    expect(watched(['-e', script], top, [])).toEqual({
      ran: ['true a'],
      reached: ['127.0.0.1:1', 'https://127.0.0.1:1/'],
      written: ['folder', 'made'],
      outside: ['outside/a.env', 'outside/labels', 'outside/secret.txt'],
    });
  });

  test('every command is tried', async () => {
    const names = (await allCommands(nodeIo())).map((command) => command.name().replace('fog-lint ', ''));
    const tried = new Set([...LOOKING, ...[...LOADING, ...WRITING].map(([args]) => args)].map(([first]) => first));
    expect(names.filter((name) => !tried.has(name))).toEqual(['fog-lint', 'lsp']);
  });

  test.each(titled(LOOKING.map((args) => [args] as const)))('%s', (_, args) => {
    expect(watched(args, onDisk())).toEqual({ ran: [], reached: [], written: [], outside: [] });
  });

  test('lsp', async () => {
    const top = onDisk();
    const log = newLog(top);
    const project = join(top, 'project');
    const world = { node: ['--require', WATCH], env: { FOG_LINT_WATCH: log } };
    const client = await startClient(project, {}, [], PROGRAM, world);
    const name = 'docker-compose.yml';
    client.open(name, readFileSync(join(project, name), 'utf8'));
    expect((await client.diagnostics(name)).length).toBeGreaterThan(0);
    const textDocument = { uri: client.uri(name) };
    const position = { line: 2, character: 12 };
    const params = { textDocument, position, range: { start: position, end: position }, context: { diagnostics: [] } };
    for (const asked of ['hover', 'definition', 'documentLink', 'codeAction'])
      await client.ask(`textDocument/${asked}`, params);
    expect(await client.leave('shutdown', 'exit')).toBe(0);
    expect(deedsIn(log, top)).toEqual({ ran: [], reached: [], written: [], outside: [] });
  });

  test.each(titled(LOADING))('%s', (_, args, outside) => {
    expect(watched(args, onDisk())).toEqual({ ran: [], reached: [], written: [], outside });
  });

  test.each(titled(WRITING))('%s', (_, args, written) => {
    expect(watched(args, onDisk())).toEqual({
      ran: [],
      reached: [],
      written,
      outside: [],
    });
  });
});
