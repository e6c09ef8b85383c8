import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Ended, fogLint, runProgram } from '../program.js';
import { fromDebian, isImageWanted } from './install.js';

/**
 * The image, built from the Dockerfile and run, without a daemon and without a registry: on a Debian of its own with the Node that
 * runs this. It takes minutes, and so is done where it is asked for: `npm run test:image`.
 */

const ROOT = join(import.meta.dirname, '..', '..');

const buildah = isImageWanted ? fromDebian('buildah') : undefined;
const debootstrap = isImageWanted ? fromDebian('debootstrap') : undefined;

const folder = mkdtempSync(join(tmpdir(), 'fog-lint-image-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const STORE = ['--root', join(folder, 'store'), '--runroot', join(folder, 'run'), '--storage-driver', 'vfs'];

const build = (...args: readonly string[]): Ended => {
  const ended = runProgram(buildah ?? '', [...STORE, ...args]);
  if (ended.code !== 0) throw new Error(`buildah ${args.join(' ')}: ${ended.out}${ended.err}`);
  return ended;
};

/** A Debian with Node and npm, called `localhost/node`; with what this machine trusts when npm fetches packages. */
const makeBase = (): void => {
  const rootfs = join(folder, 'rootfs');
  const { code, out } = runProgram(debootstrap ?? '', ['--variant=minbase', 'bookworm', rootfs]);
  if (code !== 0) throw new Error(out.split('\n').slice(-5).join('\n'));
  const npm = runProgram('npm', ['root', '--global']).out.trim();
  const modules = join(rootfs, 'usr', 'local', 'lib', 'node_modules');
  mkdirSync(modules, { recursive: true });
  cpSync(process.execPath, join(rootfs, 'usr', 'local', 'bin', 'node'));
  cpSync(join(npm, 'npm'), join(modules, 'npm'), { recursive: true, dereference: true });
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(rootfs, 'usr', 'local', 'bin', 'npm'));
  const certificates = process.env['NODE_EXTRA_CA_CERTS'];
  const isTrusting = certificates !== undefined && existsSync(certificates);
  if (isTrusting) cpSync(certificates, join(rootfs, 'ca.crt'), { dereference: true });
  const container = build('from', 'scratch').out.trim();
  build('add', '--quiet', container, rootfs, '/');
  if (isTrusting) build('config', '--env', 'NODE_EXTRA_CA_CERTS=/ca.crt', container);
  build('commit', '--quiet', container, 'localhost/node');
};

/** The files of the checkout that git knows of, as a clone would have them. */
const makeContext = (): string => {
  const context = join(folder, 'context');
  const { out } = runProgram('git', ['-C', ROOT, 'ls-files', '-z']);
  for (const name of out.split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(context, name)), { recursive: true });
    cpSync(join(ROOT, name), join(context, name));
  }
  return context;
};

describe.skipIf(!buildah || !debootstrap)('the image', () => {
  test('is built, and lints a folder as nobody', { timeout: 1_200_000 }, () => {
    makeBase();
    const isolation = ['--isolation', 'chroot'];
    build('build', ...isolation, '--build-arg', 'NODE=localhost/node', '-t', 'localhost/fog-lint', makeContext());
    const said = JSON.parse(build('inspect', '--type', 'image', 'localhost/fog-lint').out);
    const { User, Entrypoint, WorkingDir } = said.OCIv1.config;
    expect({ User, Entrypoint, WorkingDir }).toEqual({
      User: '65534:65534',
      Entrypoint: ['node', '/app/node_modules/fog-lint/dist/cli.cjs'],
      WorkingDir: '/work',
    });
    const set = join(ROOT, 'fixtures', 'editor', 'set');
    const container = build('from', 'localhost/fog-lint').out.trim();
    const inside = (...args: readonly string[]): Ended =>
      runProgram(buildah ?? '', [...STORE, 'run', ...isolation, '-v', `${set}:/work:ro`, container, '--', ...args]);
    expect(inside('id', '-u').out).toBe('65534\n');
    expect(inside(...Entrypoint, '-f', 'compact')).toMatchObject(fogLint(['-f', 'compact'], { cwd: set }));
  });
});
