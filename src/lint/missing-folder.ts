import { BOUNDS } from '../model/bounds.js';
import { dirname, relative } from '../source/path.js';
import type { Cause } from './rule.js';
import type { WorkspaceSubject } from './subjects.js';

/** The highest folder on the way to a path that is not there; the path itself where its folder is, or where it is too long to be. */
const highestMissing = (path: string, kind: WorkspaceSubject['kind']): string => {
  if (path.length > BOUNDS.pathLength) return path;
  let missing = path;
  for (let folder = dirname(path); folder !== missing && kind(folder) === undefined; folder = dirname(folder))
    missing = folder;
  return missing;
};

/** What a path that is not there has in common with others: the folder that they lack. */
export const lackedFolder = (path: string, { kind, directory }: WorkspaceSubject): Cause => ({
  of: highestMissing(path, kind),
  name: path,
  note: relative(directory, path),
});
