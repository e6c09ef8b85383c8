import { nodeFileSystem } from '../../src/cli/node-filesystem.js';
import { openWorkspaces } from '../../src/cli/open.js';
import type { FileSystem } from '../../src/source/filesystem.js';
import { memoryFileSystem } from '../../src/source/filesystem.js';
import { absolute } from '../../src/source/path.js';
import type { Workspace } from '../../src/workspace/workspace.js';
import { CWD } from '../run.js';

/** The worked example. */
export const FOG_COMPUTE = new URL('../../fixtures/fog-compute/', import.meta.url).pathname.replace(/\/$/, '');

const unexpected = (): never => {
  throw new Error('a workspace is opened without input and output');
};

/** The workspace of one folder, on any file system. */
export const openOn = (fs: FileSystem, cwd: string): Workspace => {
  const io = {
    fs,
    cwd,
    env: {},
    isTerminal: false,
    write: unexpected,
    warn: unexpected,
    readInput: unexpected,
    writeFile: unexpected,
    replaceFiles: unexpected,
    removeFile: unexpected,
    exitCode: 0,
  };
  const [workspace] = openWorkspaces([], { stack: [], profile: [], envFile: [] }, [], io);
  if (!workspace) throw new Error(`no workspace in ${cwd}`);
  return workspace;
};

/** The workspace of a folder of the disk. */
export const openFolder = (folder: string): Workspace => openOn(nodeFileSystem, folder);

/** The workspace of some texts, by their paths from the folder. */
export const openTexts = (files: Readonly<Record<string, string>>): Workspace =>
  openOn(memoryFileSystem(new Map(Object.entries(files).map(([path, text]) => [absolute(CWD, path), text]))), CWD);
