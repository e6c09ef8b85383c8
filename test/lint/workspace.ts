import { openWorkspaces } from '../../src/cli/open.js';
import { memoryFileSystem } from '../../src/source/filesystem.js';
import { absolute } from '../../src/source/path.js';
import type { Workspace } from '../../src/workspace/workspace.js';
import { CWD } from '../run.js';

/** The only workspace of some files in memory, as the command line opens it in their folder. */
export const openInMemory = (files: Readonly<Record<string, string>>): Workspace => {
  const fs = memoryFileSystem(new Map(Object.entries(files).map(([path, text]) => [absolute(CWD, path), text])));
  const io = {
    fs,
    cwd: CWD,
    env: {},
    isTerminal: false,
    write: () => undefined,
    warn: () => undefined,
    readInput: () => new Uint8Array(),
    writeFile: () => undefined,
    replaceFiles: () => undefined,
    removeFile: () => undefined,
    exitCode: 0,
  };
  const [workspace] = openWorkspaces([], { stack: [], profile: [], envFile: [] }, [], io);
  if (!workspace) throw new Error('there is no Compose file among these');
  return workspace;
};
