import { expect, test } from 'vitest';
import { openWorkspaces } from '../../src/cli/open.js';
import { memoryFileSystem, overlayFileSystem, steadyFileSystem } from '../../src/source/filesystem.js';
import { join } from '../../src/source/path.js';
import { newMemory } from '../../src/workspace/memory.js';
import type { Workspace, WorkspaceStack } from '../../src/workspace/workspace.js';
import { CWD } from '../run.js';

const FILES = {
  'compose.yaml': 'services:\n  web:\n    image: web:${TAG:-1}\n    env_file: web.env\n',
  'compose.prod.yaml': 'services:\n  web:\n    restart: always\n',
  'compose.test.yaml': 'services:\n  web:\n    extends: {file: common.yaml, service: tested}\n',
  'common.yaml': 'services:\n  tested:\n    init: true\n',
  'web.env': 'A=1\n',
};

const base = memoryFileSystem(new Map(Object.entries(FILES).map(([path, text]) => [join(CWD, path), text])));

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Opens the files with some changed, with or without what earlier openings have left. */
const open = (changes: Readonly<Record<string, string>>, memory = newMemory()): Workspace => {
  const fs = overlayFileSystem(
    steadyFileSystem(base),
    new Map(Object.entries(changes).map(([path, text]) => [join(CWD, path), bytes(text)])),
  );
  const no = (): never => {
    throw new Error('nothing is printed, read or written');
  };
  const io = {
    fs,
    cwd: CWD,
    env: {},
    isTerminal: false,
    exitCode: 0,
    write: no,
    warn: no,
    readInput: no,
    writeFile: no,
  };
  const [workspace] = openWorkspaces([], { stack: [], profile: [], envFile: [], memory }, [], {
    ...io,
    replaceFiles: no,
    removeFile: no,
  });
  if (!workspace) throw new Error('there is no workspace');
  return workspace;
};

const told = ({ stacks }: Workspace): readonly unknown[] =>
  stacks.map(({ name, project, faults, refused }) => ({ name, project, faults, refused }));

const projects = ({ stacks }: Workspace): ReadonlyMap<string, WorkspaceStack['project']> =>
  new Map(stacks.map(({ name, project }) => [name, project]));

/** What changes, and the stacks that are loaded again for it. */
const CHANGES: readonly (readonly [changes: Readonly<Record<string, string>>, again: readonly string[]])[] = [
  [{}, []],
  [{ 'compose.prod.yaml': 'services:\n  web:\n    restart: "no"\n' }, ['prod']],
  [{ 'common.yaml': 'services:\n  tested:\n    init: false\n' }, ['test']],
  [{ 'web.env': 'A=2\n' }, ['default', 'prod', 'test']],
  [{ '.env': 'TAG=2\n' }, ['default', 'prod', 'test']],
  [{ 'unrelated.txt': 'x' }, []],
];

test.each(CHANGES)('with %j only the stacks that have read it are loaded again', (changes, again) => {
  const memory = newMemory();
  const before = projects(open({}, memory));
  expect([...before.keys()].sort()).toEqual(['default', 'prod', 'test']);
  const after = open(changes, memory);
  const loaded = [...projects(after)].filter(([name, project]) => before.get(name) !== project).map(([name]) => name);
  expect(loaded.sort()).toEqual([...again].sort());
  expect(told(after)).toEqual(told(open(changes)));
});
