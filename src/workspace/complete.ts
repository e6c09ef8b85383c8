import { join } from '../source/path.js';
import { isComposeFileName } from './roles.js';
import type { Workspace } from './workspace.js';

/** Whether a workspace holds all Compose files of its folder, so that what its rules do not find is not there. */
export const isComplete = ({ fs, directory, files, settings }: Workspace): boolean => {
  const known = new Set(files.map(({ path }) => path));
  return fs.list(directory).every((name) => {
    const path = join(directory, name);
    return !isComposeFileName(name) || known.has(path) || settings.isIgnored(path) || fs.kind(path) !== 'file';
  });
};
