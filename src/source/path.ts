import { withoutEnd } from './ends.js';
/**
 * Paths with `/`, handled as Go's `path/filepath` does on Unix, because docker compose's answers contain them.
 * Rooms 1 to 11 use these instead of `node:path`, which asks the process for its directory.
 */

/** Whether a path starts at the root. */
export const isAbsolute = (path: string): boolean => path.startsWith('/');

/** What a path that is not clean has in it: an empty part, `.` or `..`. The root has it, too. */
const UNCLEAN = /\/\.{0,2}(?:\/|$)|^\.{0,2}$|^\.{1,2}\//;

/** Shortest path that means the same, without a trailing slash; `.` for an empty one. Go's `filepath.Clean`. */
export const clean = (path: string): string => {
  if (!UNCLEAN.test(path)) return path;
  const rooted = isAbsolute(path);
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!rooted) kept.push('..');
  }
  const joined = kept.join('/');
  return rooted ? `/${joined}` : joined || '.';
};

/** Joins the parts that are not empty and cleans the result. Go's `filepath.Join`. */
export const join = (...parts: readonly string[]): string => {
  const given = parts.filter((part) => part !== '');
  return given.length === 0 ? '' : clean(given.join('/'));
};

/** The path of the folder that holds a path. Go's `filepath.Dir`. */
export const dirname = (path: string): string => {
  const slash = path.lastIndexOf('/');
  return clean(path.slice(0, slash + 1));
};

/** Last part of a path. Go's `filepath.Base`. */
export const basename = (path: string): string => {
  if (path === '') return '.';
  const trimmed = withoutEnd(path, '/');
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
};

/** A path as people write it, without the `./` that it may begin with. */
export const withoutHere = (path: string): string => path.replace(/^\.\//, '');

/** A path made absolute against an absolute folder. */
export const absolute = (folder: string, path: string): string => (isAbsolute(path) ? clean(path) : join(folder, path));

/** How to reach `path` from `folder`, both absolute or both relative. Go's `filepath.Rel`. */
export const relative = (folder: string, path: string): string => {
  const from = clean(folder).split('/').filter(Boolean);
  const to = clean(path).split('/').filter(Boolean);
  if (from[0] === '.') from.shift();
  if (to[0] === '.') to.shift();
  let same = 0;
  while (same < from.length && same < to.length && from[same] === to[same]) same += 1;
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/') || '.';
};

/** Whether a path lies in a folder or is the folder itself; both absolute. */
export const isInside = (folder: string, path: string): boolean => {
  const root = clean(folder);
  const given = clean(path);
  return given === root || given.startsWith(root === '/' ? '/' : `${root}/`);
};
