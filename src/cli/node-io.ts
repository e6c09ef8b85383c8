import { mkdirSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { once } from '../source/once.js';
import { absolute } from '../source/path.js';
import type { Io } from './io.js';
import { nodeFileSystem, readDescriptor } from './node-filesystem.js';
import { removeFile, replaceFiles } from './replace-files.js';
import { warnTo, writeTo } from './said.js';

const isErrorWith = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/** Writes all of a text to a descriptor. A reader that has gone away ends the run quietly; a full pipe is waited for. */
const writeAll = (descriptor: number, text: string): void => {
  let bytes = new TextEncoder().encode(text);
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(descriptor, bytes));
    } catch (error) {
      if (isErrorWith(error, 'EPIPE')) process.exit(process.exitCode ?? 0);
      if (!isErrorWith(error, 'EAGAIN')) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
};

/** Reads a line of standard input, one byte after the other, so that what follows is left for the next question. */
const readLine = (): string => {
  const bytes: number[] = [];
  const byte = new Uint8Array(1);
  try {
    while (readSync(0, byte, 0, 1, null) === 1 && byte[0] !== 10) bytes.push(byte[0] ?? 0);
  } catch (error) {
    if (!isErrorWith(error, 'EOF')) throw error;
  }
  return new TextDecoder().decode(Uint8Array.from(bytes)).trim();
};

const askAtTerminal = (question: string): string => {
  writeAll(2, question);
  return readLine();
};

/** Whether a descriptor is a terminal. Asked only when it matters: the module loads much of the network along with it. */
const isTerminal = (descriptor: number): boolean => process.getBuiltinModule('node:tty').isatty(descriptor);

const QUIET_GIT = { GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0' };

/** Bytes that git may print: a change of everything in a large repository. */
const MOST_FROM_GIT = 256 * 1024 * 1024;

/** Keeps git from writing, asking and fetching, and the settings of a repository from running programs. */
const runGit = (args: readonly string[], root: string): string | undefined => {
  // Loaded only here: the module loads much of the network along with it.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const { status, stdout } = spawnSync('git', ['--no-pager', '-c', 'core.fsmonitor=false', ...args], {
    cwd: root,
    // Only a `.git` in the root is a repository, not files beside it that look like one.
    env: { ...process.env, GIT_DIR: join(root, '.git'), GIT_WORK_TREE: root, ...QUIET_GIT },
    stdio: ['ignore', 'pipe', 'ignore'],
    encoding: 'utf8',
    maxBuffer: MOST_FROM_GIT,
  });
  return status === 0 ? stdout : undefined;
};

/** Writes over the line of a terminal that somebody looks at. Whether there is one is asked when there is something to show. */
const overLine = (): ((text: string) => void) => {
  const isWatched = once(() => !process.env['CI'] && process.env['TERM'] !== 'dumb' && isTerminal(2));
  return (text) => {
    if (isWatched()) writeAll(2, `\r\u001B[2K${text}`);
  };
};

/** The process as the commands see it. */
export const nodeIo = (): Io => {
  const cwd = process.cwd();
  return {
    fs: nodeFileSystem,
    cwd,
    env: process.env,
    get isTerminal() {
      return isTerminal(1);
    },
    write: writeTo(
      (text) => writeAll(1, text),
      () => isTerminal(1),
    ),
    warn: warnTo((text) => writeAll(2, text)),
    readInput: () => readDescriptor(0, '-'),
    writeFile: (path, text) => {
      const full = absolute(cwd, path);
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, text);
    },
    replaceFiles,
    clock: () => performance.now(),
    progress: overLine(),
    get ask() {
      return isTerminal(0) && isTerminal(2) ? askAtTerminal : undefined;
    },
    git: runGit,
    removeFile,
    get exitCode() {
      return Number(process.exitCode ?? 0);
    },
    set exitCode(code: number) {
      process.exitCode = code;
    },
  };
};
