import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { FileError, type FileSystem } from '../source/filesystem.js';

/** Words for the errors of the operating system that a path can cause. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EISDIR: 'is a directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ELOOP: 'too many levels of symbolic links',
  ENOTDIR: 'not a directory',
  ENAMETOOLONG: 'file name too long',
};

const isSystemError = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'code' in error;

/** The answer to a question about a path, or a fallback when the operating system has none. */
const ask = <T>(question: () => T, otherwise: T): T => {
  try {
    return question();
  } catch (error) {
    if (isSystemError(error)) return otherwise;
    throw error;
  }
};

/** The disk. */
export const nodeFileSystem: FileSystem = {
  kind: (path) => {
    const stats = ask(() => statSync(path, { throwIfNoEntry: false }), undefined);
    if (!stats) return undefined;
    if (stats.isDirectory()) return 'directory';
    return stats.isFile() ? 'file' : 'other';
  },
  read: (path) => {
    try {
      return readFileSync(path);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      throw new FileError(path, REASONS[error.code ?? ''] ?? error.message);
    }
  },
  list: (path) => ask(() => readdirSync(path).sort(), []),
  real: (path) => ask<string | undefined>(() => realpathSync(path), undefined),
  isLink: (path) => ask(() => lstatSync(path).isSymbolicLink(), false),
  // Windows makes up the bits.
  isOpenToAll: (path) => process.platform !== 'win32' && ask(() => (statSync(path).mode & 0o004) !== 0, false),
};
