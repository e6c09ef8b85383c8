import type { Io } from '../src/cli/io.js';
import { main } from '../src/cli/main.js';
import { nodeFileSystem } from '../src/cli/node-filesystem.js';
import { warnTo, writeTo } from '../src/cli/said.js';
import type { FileSystem } from '../src/source/filesystem.js';
import { memoryFileSystem } from '../src/source/filesystem.js';
import { absolute } from '../src/source/path.js';
import { RunError } from '../src/workspace/run-error.js';

/** Folder that runs on files in memory start in. */
export const CWD = '/project';

export type RunResult = {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Files that the run wrote, by absolute path. */
  readonly written: ReadonlyMap<string, string>;
  /** Files that the run removed, by absolute path. */
  readonly removed: ReadonlySet<string>;
};

export type RunOptions = {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly isTerminal?: boolean;
  /** Absolute path of a file that cannot be replaced. */
  readonly unwritable?: string;
  /** Answers to what is asked at the terminal, in their order; without them nobody is there to be asked. */
  readonly answers?: readonly string[];
  /** What the clock shows each time that it is looked at. */
  readonly clock?: () => number;
  /** Sees what is written over the last line of a terminal. */
  readonly progress?: (text: string) => void;
  /** What git prints; without it there is none. */
  readonly git?: Io['git'];
};

const runOn = async (
  args: readonly string[],
  fs: FileSystem,
  cwd: string,
  { env = {}, input = '', isTerminal = false, unwritable, answers, clock, progress, git }: RunOptions,
): Promise<RunResult> => {
  let [out, err] = ['', ''];
  const written = new Map<string, string>();
  const left = [...(answers ?? [])];
  const removed = new Set<string>();
  const io = {
    fs,
    cwd,
    env,
    isTerminal,
    write: writeTo(
      (text) => {
        out += text;
      },
      () => isTerminal,
    ),
    warn: warnTo((text) => {
      err += text;
    }),
    readInput: () => new TextEncoder().encode(input),
    writeFile: (path: string, text: string) => {
      written.set(absolute(cwd, path), text);
    },
    replaceFiles: (files: Parameters<Io['replaceFiles']>[0]) => {
      if (files.some(({ path }) => path === unwritable))
        throw new RunError('not-written', { message: `${unwritable}: it cannot be written` });
      for (const { path, after } of files) written.set(path, new TextDecoder().decode(after));
    },
    removeFile: (path: string) => {
      removed.add(path);
    },
    exitCode: 0,
    ...(clock ? { clock } : {}),
    ...(progress ? { progress } : {}),
    ...(git ? { git } : {}),
    ...(answers
      ? {
          ask: (question: string) => {
            err += `${question}\n`;
            return left.shift() ?? '';
          },
        }
      : {}),
  };
  await main(args, io);
  return { code: io.exitCode, out, err, written, removed };
};

/** Runs fog-lint in this process on files in memory, given by their paths from the current folder. */
export const run = (
  args: readonly string[],
  files: Readonly<Record<string, string | Uint8Array>>,
  options: RunOptions = {},
): Promise<RunResult> =>
  runOn(
    args,
    memoryFileSystem(new Map(Object.entries(files).map(([path, content]) => [absolute(CWD, path), content]))),
    CWD,
    options,
  );

/** Runs fog-lint in this process on a folder of the disk. What it would write is kept, not written. */
export const runIn = (folder: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> =>
  runOn(args, nodeFileSystem, folder, options);

/** How the files of an example are linted: by their own settings, where they bring some, and those of folders below, too. */
export const optionsFor = (files: Readonly<Record<string, unknown>>): readonly string[] => [
  ...('fog-lint.yaml' in files ? [] : ['--no-config']),
  ...(Object.keys(files).some((name) => /^[^/]+\.ya?ml$/.test(name)) ? [] : ['-r']),
];
