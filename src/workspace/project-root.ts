import type { FileSystem } from '../source/filesystem.js';
import { dirname, isInside, join } from '../source/path.js';

/** The folder that holds a repository: the nearest one upward with a `.git`, or the folder itself. */
export const projectRoot = (fs: FileSystem, directory: string): string => {
  for (let folder = directory; ; folder = dirname(folder)) {
    if (fs.kind(join(folder, '.git')) !== undefined) return folder;
    if (folder === '/' || folder === '.') return directory;
  }
};

/**
 * A view on the files of a project. What lies outside of its root, also through a link, is not there: a file in a pull
 * request cannot make a rule read anything else.
 */
export const confined = (fs: FileSystem, root: string): FileSystem => {
  const realRoot = fs.real(root) ?? root;
  const isAllowed = (path: string): boolean => {
    if (!isInside(root, path)) return false;
    const real = fs.real(path);
    return real === undefined || isInside(realRoot, real);
  };
  return {
    ...fs,
    kind: (path) => (isAllowed(path) ? fs.kind(path) : undefined),
    list: (path) => (isAllowed(path) ? fs.list(path) : []),
    real: (path) => (isAllowed(path) ? fs.real(path) : undefined),
  };
};
