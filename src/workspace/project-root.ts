import { FileError, type FileSystem } from '../source/filesystem.js';
import { clean, dirname, isInside, join } from '../source/path.js';

/**
 * Where the project begins that a folder belongs to: the nearest folder upward with a `.git`; without one, the folder that
 * fog-lint was started in, when it is above; else the folder itself.
 */
export const projectRoot = (fs: FileSystem, directory: string, cwd: string): string => {
  for (let folder = directory; ; folder = dirname(folder)) {
    if (fs.kind(join(folder, '.git')) !== undefined) return folder;
    if (folder === '/' || folder === '.') return isInside(cwd, directory) ? cwd : directory;
  }
};

/**
 * A view on the files of a project. What lies outside of its root, also through a link, is out of sight: a file in a pull
 * request cannot have anything else read.
 * @param named Files that the user named; they are read wherever they are.
 */
export const confined = (fs: FileSystem, root: string, named: Iterable<string> = []): FileSystem => {
  const realRoot = fs.real(root) ?? root;
  const asked = new Set(named);
  const leadsInside = new Map<string, boolean>();
  const isAllowed = (path: string): boolean => {
    const full = clean(path);
    if (asked.has(full)) return true;
    if (!isInside(root, full)) return false;
    const known = leadsInside.get(full);
    if (known !== undefined) return known;
    const real = fs.real(full);
    const leads = real === undefined || isInside(realRoot, real);
    // What is not there yet may come to be a link.
    if (real !== undefined) leadsInside.set(full, leads);
    return leads;
  };
  return {
    kind: (path) => (isAllowed(path) ? fs.kind(path) : 'outside'),
    read: (path) => {
      if (isAllowed(path)) return fs.read(path);
      throw new FileError(path, 'it lies outside of the project');
    },
    list: (path) => (isAllowed(path) ? fs.list(path) : []),
    real: (path) => (isAllowed(path) ? fs.real(path) : undefined),
    isLink: (path) => isAllowed(path) && fs.isLink(path),
    isOpenToAll: (path) => isAllowed(path) && fs.isOpenToAll(path),
  };
};
