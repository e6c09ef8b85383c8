import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, isInside, join } from '../source/path.js';
import { RunError } from '../workspace/run-error.js';

/** New content of a file. */
export type Replacement = {
  /** Absolute path. A symbolic link is followed. */
  readonly path: string;
  /** What was read; undefined for a file that is new. It must still be so when the file is replaced. */
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array;
  /** Folder that the file must lie in, also behind links. */
  readonly root: string;
};

type Prepared = { readonly target: string; readonly temporary: string; readonly replacement: Replacement };

const refuse = (path: string, why: string): never => {
  throw new RunError('not-written', { message: `${path}: ${why}; it was left as it is` });
};

const isErrorWith = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));

/** The file that a path leads to, inside of the project. */
const targetOf = ({ path, before, root }: Replacement): string => {
  const link = lstatSync(path, { throwIfNoEntry: false });
  if (before === undefined && link) refuse(path, 'it has been made in the meantime');
  if (before !== undefined && !link) refuse(path, 'it has been removed in the meantime');
  const target = link ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path));
  if (!isInside(realpathSync(root), target)) refuse(path, `it leads to ${target}, outside of the project`);
  return target;
};

const isUnchanged = (target: string, before: Uint8Array | undefined): boolean => {
  const stats = lstatSync(target, { throwIfNoEntry: false });
  if (!stats || before === undefined) return !stats && before === undefined;
  return stats.isFile() && readFileSync(target).equals(before);
};

const PREFIX = (target: string): string => `.${basename(target)}.fog-lint-`;

/** Takes away what a run that was killed has left beside a file. */
const sweep = (target: string): void => {
  const folder = dirname(target);
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(PREFIX(target))) continue;
    const owner = Number(name.slice(PREFIX(target).length).split('-')[0]);
    try {
      process.kill(owner, 0);
    } catch (error) {
      if (isErrorWith(error, 'ESRCH')) unlinkSync(join(folder, name));
    }
  }
};

const writeAll = (descriptor: number, bytes: Uint8Array): void => {
  for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
};

/** Who may read a new file: what holds values of variables is its owner's alone. */
const newMode = (path: string): number => (basename(path) === '.env' ? 0o600 : 0o666 & ~process.umask());

/** Writes the new content beside the file, completely, with the owner and mode that it is to have. */
const prepare = (replacement: Replacement): Prepared => {
  const target = targetOf(replacement);
  if (!isUnchanged(target, replacement.before)) refuse(replacement.path, 'it has been changed in the meantime');
  if (replacement.before !== undefined) accessSync(target, constants.W_OK);
  sweep(target);
  const stats = statSync(target, { throwIfNoEntry: false });
  const temporary = join(dirname(target), `${PREFIX(target)}${process.pid}-${crypto.randomUUID().slice(0, 8)}.tmp`);
  const descriptor = openSync(temporary, 'wx', 0o600);
  try {
    writeAll(descriptor, replacement.after);
    if (stats && stats.uid !== process.getuid?.()) {
      try {
        fchownSync(descriptor, stats.uid, stats.gid);
      } catch (error) {
        if (!isErrorWith(error, 'EPERM')) throw error;
      }
    }
    fchmodSync(descriptor, stats ? stats.mode & 0o7777 : newMode(target));
    fsyncSync(descriptor);
  } catch (error) {
    unlinkSync(temporary);
    throw error;
  } finally {
    closeSync(descriptor);
  }
  return { target, temporary, replacement };
};

/** Makes the names in a folder last; file systems that cannot do that for folders say so, and are believed. */
const syncFolder = (folder: string): void => {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } catch (error) {
    if (!isErrorWith(error, 'EINVAL', 'EPERM', 'EISDIR')) throw error;
  } finally {
    closeSync(descriptor);
  }
};

/** Gives the prepared content its name. A name that something else has taken in the meantime is left to it. */
const putInPlace = ({ target, temporary, replacement }: Prepared): void => {
  if (replacement.before !== undefined) renameSync(temporary, target);
  else {
    linkSync(temporary, target);
    unlinkSync(temporary);
  }
  syncFolder(dirname(target));
};

/**
 * Replaces files that belong together. All are written beside their targets first; only when every one of them could be, and
 * none has changed since it was read, they take their places, one by one, each at once: whoever looks, and whenever the
 * process ends, finds the old content of a file or the new one.
 * @throws {RunError} before any file is touched, when one of them cannot be replaced.
 */
export const replaceFiles = (replacements: readonly Replacement[]): void => {
  const prepared: Prepared[] = [];
  try {
    for (const replacement of replacements) prepared.push(prepare(replacement));
    for (const { target, replacement } of prepared)
      if (!isUnchanged(target, replacement.before)) refuse(replacement.path, 'it has been changed in the meantime');
    while (prepared[0]) {
      putInPlace(prepared[0]);
      prepared.shift();
    }
  } catch (error) {
    for (const { temporary } of prepared) unlinkSync(temporary);
    if (error instanceof RunError || !(error instanceof Error) || !('code' in error)) throw error;
    throw new RunError('not-written', { message: error.message });
  }
};

/**
 * Removes a file that has got another name.
 * @throws {RunError} when it is not what was read, so that nothing is lost that nobody has seen.
 */
export const removeFile = (path: string, before: Uint8Array): void => {
  if (!isUnchanged(path, before)) refuse(path, 'it has been changed in the meantime');
  unlinkSync(path);
};
