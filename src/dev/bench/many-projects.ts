import { createRequire } from 'node:module';
import { main } from '../../cli/main.js';
import { cachedReader } from '../../cli/read.js';
import { DEFAULT_OPTIONS, resolve } from '../../resolve/resolve.js';
import { type FileSystem, memoryFileSystem } from '../../source/filesystem.js';
import { stackFor } from '../../workspace/command-line.js';
import { generateProject } from './monorepo.js';

/**
 * Runs in a process of its own, started by `bench.ts` with `--expose-gc`, a task, a number of projects and the folder of
 * fog-lint: takes one generated project after the other and prints what it measured as one line of JSON.
 */

/** Projects that are measured together: long enough to time, short enough for many rounds. */
const CHUNK = 25;

const FOLDER = '/project';

type Task = (fs: FileSystem) => void | Promise<void>;

const chunkFrom = (start: number): readonly FileSystem[] =>
  Array.from({ length: CHUNK }, (_, i) => {
    const { base, override } = generateProject(start + i);
    return memoryFileSystem(
      new Map([
        [`${FOLDER}/compose.yaml`, base],
        [`${FOLDER}/compose.override.yaml`, override],
      ]),
    );
  });

/** What is used of the package `yaml`. */
type Yaml = { readonly parseDocument: (text: string) => { readonly errors: readonly unknown[] } };

/**
 * Reads the files and has the YAML parser make its own tree of each, nothing more: the package `yaml` as Node gives it to
 * whoever imports it, asked for what its documentation starts with.
 */
const parseOnly =
  ({ parseDocument }: Yaml): Task =>
  (fs) => {
    for (const name of fs.list(FOLDER)) {
      const document = parseDocument(new TextDecoder().decode(fs.read(`${FOLDER}/${name}`)));
      if (document.errors.length > 0) throw new Error('not parsed');
    }
  };

const resolveStack = (fs: FileSystem): void => {
  const options = { files: [], envFiles: [], profiles: [], projectDirectory: undefined, projectName: undefined };
  const { stack } = stackFor(options, { fs, cwd: FOLDER, env: new Map(), home: undefined });
  const read = cachedReader(fs);
  const resolved = stack && resolve(stack, DEFAULT_OPTIONS, { fs, read });
  if (!resolved?.project || resolved.refused) throw new Error('not resolved');
};

/** Runs a command of fog-lint on a project as a user would, and drops what it prints. */
const command =
  (args: readonly string[]): Task =>
  async (fs) => {
    let printed = 0;
    const count = (text: string): void => {
      printed += text.length;
    };
    const io = {
      fs,
      cwd: FOLDER,
      env: {},
      isTerminal: false,
      write: count,
      warn: (...lines: readonly string[]) => lines.forEach(count),
      readInput: () => new Uint8Array(),
      writeFile: () => undefined,
      replaceFiles: () => undefined,
      removeFile: () => undefined,
      exitCode: 0,
    };
    await main(args, io);
    if (io.exitCode > 1 || printed === 0) throw new Error(`fog-lint ${args.join(' ')} ended with ${io.exitCode}`);
  };

/**
 * `config` of each stack that the linter makes of a generated project: what docker compose would load, and the base alone.
 * The linter resolves the override by itself on top, to tell its role; that is a part of linting.
 */
const configOfStacks: Task = async (fs) => {
  await command(['config'])(fs);
  await command(['config', 'compose.yaml'])(fs);
};

const [, , name = '', projects = '', root = ''] = process.argv;

const lintProject = command(['--no-config', '--format', 'compact']);

/** What is measured, and what it is compared with. */
const TASKS: Readonly<Record<string, readonly [Task, Task]>> = {
  resolve: [resolveStack, parseOnly(createRequire(`${root}/package.json`)('yaml') as Yaml)],
  lint: [lintProject, command(['config'])],
  'lint-stacks': [lintProject, configOfStacks],
};

/** Milliseconds of processor time, on all threads: other programs on the machine do not count. */
const time = async (task: Task, chunk: readonly FileSystem[]): Promise<number> => {
  const start = process.cpuUsage();
  for (const fs of chunk) await task(fs);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
};

/** Bytes that are still held once everything that can be dropped is. */
const heldBytes = (): number => {
  if (!globalThis.gc) throw new Error('start with --expose-gc');
  globalThis.gc();
  return process.memoryUsage().heapUsed;
};

const measure = async (projects: number): Promise<void> => {
  const tasks = TASKS[name];
  if (!tasks) throw new Error(`no task "${name}"`);
  const [task, baseline] = tasks;
  const times: [number[], number[]] = [[], []];
  const held: number[] = [];
  for (let start = 0; start < projects; start += CHUNK) {
    const chunk = chunkFrom(start);
    const isEven = (start / CHUNK) % 2 === 0;
    if (isEven) times[0].push(await time(task, chunk));
    times[1].push(await time(baseline, chunk));
    if (!isEven) times[0].push(await time(task, chunk));
    if ((start + CHUNK) % 1_000 === 0) held.push(heldBytes());
  }
  process.stdout.write(`${JSON.stringify({ times, held, peak: process.resourceUsage().maxRSS * 1024 })}\n`);
};

await measure(Number(projects));
