import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs';
import { BOUNDS } from '../model/bounds.js';
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

const tooLarge = (path: string): FileError => new FileError(path, `it is larger than ${BOUNDS.fileBytes} bytes`);

/** How many bytes come next; none at the end. What comes to a pipe that does not block is waited for. */
const readNext = (descriptor: number, chunk: Buffer): number => {
  for (;;) {
    try {
      return readSync(descriptor, chunk);
    } catch (error) {
      if (!isSystemError(error) || (error.code !== 'EAGAIN' && error.code !== 'EOF')) throw error;
      if (error.code === 'EOF') return 0;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
};

/**
 * Bytes of what has no size of its own, a pipe or a device, which may have no end.
 * @throws {FileError} when there are too many of them.
 */
export const readDescriptor = (descriptor: number, path: string): Uint8Array => {
  const chunks: Buffer[] = [];
  for (let total = 0; ; ) {
    const chunk = Buffer.alloc(65_536);
    const count = readNext(descriptor, chunk);
    if (count === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, count));
    total += count;
    if (total > BOUNDS.fileBytes) throw tooLarge(path);
  }
};

const readStream = (path: string): Uint8Array => {
  const file = openSync(path, 'r');
  try {
    return readDescriptor(file, path);
  } finally {
    closeSync(file);
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
      const stats = statSync(path);
      if (stats.size > BOUNDS.fileBytes) throw tooLarge(path);
      return stats.isFile() || stats.isDirectory() ? readFileSync(path) : readStream(path);
    } catch (error) {
      if (error instanceof FileError) throw error;
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
