import { clean, dirname } from './path.js';

/** What is found at a path; a link counts as what it leads to. `outside`: the run must not look there. */
export type PathKind = 'file' | 'directory' | 'other' | 'outside';

/**
 * The files a run may look at. Everything below the command line reads through this, so that the same code runs on a disk,
 * in a test, on the buffers of an editor and on the texts of a fix that is not written yet. Paths are absolute, with `/`.
 */
export type FileSystem = {
  /** Kind of what is at a path, or undefined when there is nothing. */
  readonly kind: (path: string) => PathKind | undefined;
  /** Bytes of a file. @throws {FileError} when it cannot be read. */
  readonly read: (path: string) => Uint8Array;
  /** Names in a folder, sorted; empty when it is none. */
  readonly list: (path: string) => readonly string[];
  /** The path with its links resolved, or undefined when there is nothing. */
  readonly real: (path: string) => string | undefined;
  /** Whether the path itself, not what it leads to, is a symbolic link. */
  readonly isLink: (path: string) => boolean;
  /** Whether every user of the machine may read the file; false where files have no such permissions. */
  readonly isOpenToAll: (path: string) => boolean;
};

/** Why a file could not be read, in the words of the operating system: `no such file or directory`, `is a directory`. */
export class FileError extends Error {
  readonly path: string;
  readonly reason: string;
  constructor(path: string, reason: string) {
    super(`${path}: ${reason}`);
    this.name = 'FileError';
    this.path = path;
    this.reason = reason;
  }
}

/** A file system that exists in memory only. Folders are those of its files. */
export const memoryFileSystem = (files: ReadonlyMap<string, string | Uint8Array>): FileSystem => {
  const bytes = new Map<string, Uint8Array>();
  const folders = new Map<string, Set<string>>();
  for (const [path, content] of files) {
    const full = clean(path);
    bytes.set(full, typeof content === 'string' ? new TextEncoder().encode(content) : content);
    for (let child = full; child !== '/'; child = dirname(child)) {
      const parent = dirname(child);
      const names = folders.get(parent) ?? new Set();
      names.add(child.slice(parent === '/' ? 1 : parent.length + 1));
      folders.set(parent, names);
    }
  }
  const kind = (path: string): PathKind | undefined => {
    const full = clean(path);
    if (bytes.has(full)) return 'file';
    return folders.has(full) ? 'directory' : undefined;
  };
  return {
    kind,
    read: (path) => {
      const content = bytes.get(clean(path));
      if (content) return content;
      throw new FileError(path, folders.has(clean(path)) ? 'is a directory' : 'no such file or directory');
    },
    list: (path) => [...(folders.get(clean(path)) ?? [])].sort(),
    real: (path) => (kind(path) ? clean(path) : undefined),
    isLink: () => false,
    isOpenToAll: (path) => kind(path) === 'file',
  };
};

/** The files of `base` with some replaced by, or added as, the given bytes; `undefined` takes a file away. */
export const overlayFileSystem = (
  base: FileSystem,
  changes: ReadonlyMap<string, Uint8Array | undefined>,
): FileSystem => {
  const changed = new Map([...changes].map(([path, content]) => [clean(path), content]));
  return {
    ...base,
    kind: (path) => {
      const full = clean(path);
      if (!changed.has(full)) return base.kind(full);
      return changed.get(full) ? 'file' : undefined;
    },
    read: (path) => {
      const full = clean(path);
      if (!changed.has(full)) return base.read(full);
      const content = changed.get(full);
      if (content) return content;
      throw new FileError(path, 'no such file or directory');
    },
    list: (path) => {
      const folder = clean(path);
      const names = new Set(base.list(folder));
      for (const [file, content] of changed) {
        if (dirname(file) !== folder) continue;
        const name = file.slice(folder === '/' ? 1 : folder.length + 1);
        if (content) names.add(name);
        else names.delete(name);
      }
      return [...names].sort();
    },
    real: (path) => {
      const full = clean(path);
      if (!changed.has(full)) return base.real(full);
      return changed.get(full) ? full : undefined;
    },
  };
};

/** A file system that answers every question as it did first: the files of a run, whatever happens to them meanwhile. */
export const steadyFileSystem = (base: FileSystem): FileSystem => {
  const once = <T>(ask: (path: string) => T): ((path: string) => T) => {
    const known = new Map<string, { readonly answer: T }>();
    return (path) => {
      const found = known.get(path) ?? { answer: ask(path) };
      known.set(path, found);
      return found.answer;
    };
  };
  return {
    kind: once(base.kind),
    read: once(base.read),
    list: once(base.list),
    real: once(base.real),
    isLink: once(base.isLink),
    isOpenToAll: once(base.isOpenToAll),
  };
};
