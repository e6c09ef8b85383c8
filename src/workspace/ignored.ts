import createIgnore, { type Ignore } from 'ignore';
import { decode } from '../source/encoding.js';
import { FileError, type FileSystem } from '../source/filesystem.js';
import { basename, dirname, isInside, join, relative } from '../source/path.js';

/** Folders that no search enters. */
const SKIPPED: ReadonlySet<string> = new Set(['.git', 'node_modules', 'vendor']);

/** Says of absolute paths whether git ignores them, by the `.gitignore` files from the root down. */
export type Ignored = (path: string, isDirectory: boolean) => boolean;

const rulesIn = (fs: FileSystem, folder: string): Ignore | undefined => {
  const file = join(folder, '.gitignore');
  if (fs.kind(file) !== 'file') return undefined;
  try {
    return createIgnore().add(decode(file, fs.read(file)).source.text);
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
};

/**
 * What git ignores below a folder. A deeper `.gitignore` decides over one above it, except inside a folder that is ignored
 * as a whole.
 */
export const ignoredBelow = (fs: FileSystem, root: string): Ignored => {
  const rules = new Map<string, Ignore | undefined>();
  const rulesFor = (folder: string): Ignore | undefined => {
    if (!rules.has(folder)) rules.set(folder, rulesIn(fs, folder));
    return rules.get(folder);
  };
  const verdict = (path: string, isDirectory: boolean): boolean => {
    for (let folder = dirname(path); isInside(root, folder); folder = dirname(folder)) {
      const own = rulesFor(folder);
      const name = relative(folder, path) + (isDirectory ? '/' : '');
      const result = own?.test(name);
      if (result?.ignored || result?.unignored) return result.ignored;
      if (folder === root || folder === '/') break;
    }
    return false;
  };
  const isIgnored: Ignored = (path, isDirectory) => {
    if (!isInside(root, path) || path === root) return false;
    const parent = dirname(path);
    return (parent !== root && isIgnored(parent, true)) || verdict(path, isDirectory);
  };
  return isIgnored;
};

/** Whether a folder is one that searches pass by, whatever git says; files of workflows only have names like those of Compose. */
export const isSkippedFolder = (path: string): boolean =>
  SKIPPED.has(basename(path)) || path.endsWith('/.github/workflows');
