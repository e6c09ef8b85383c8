import type { Command } from 'commander';
import { environmentOf } from '../model/environment.js';
import type { Fault } from '../model/fault.js';
import { keepLayout } from '../parse/layout.js';
import type { ShardMark } from '../report/run-result.js';
import { FileError, type FileSystem, overlayFileSystem } from '../source/filesystem.js';
import { nearest } from '../source/nearest.js';
import { absolute, basename, dirname } from '../source/path.js';
import { type Selected, STANDARD_INPUT, stackFor } from '../workspace/command-line.js';
import { discover, hasPattern } from '../workspace/discover.js';
import type { Memory } from '../workspace/memory.js';
import { confined, projectRoot } from '../workspace/project-root.js';
import { RunError } from '../workspace/run-error.js';
import { DEFAULT_SETTINGS, findSettings, readSettings, type Settings } from '../workspace/settings.js';
import type { StackPlan } from '../workspace/stacks.js';
import { openWorkspace, type Workspace } from '../workspace/workspace.js';
import type { Io } from './io.js';
import { collect } from './options.js';
import { cachedReader } from './read.js';
import { sharded } from './shard.js';

/** Options that choose files, stacks and settings; the commands on whole sets of files share them. */
export type OpenOptions = {
  readonly recursive?: true;
  readonly stack: readonly string[];
  readonly config?: string | false;
  readonly profile: readonly string[];
  readonly envFile: readonly string[];
  readonly projectName?: string;
  readonly projectDirectory?: string;
  readonly stdinFilename?: string;
  /** Whether it is right that there is nothing to open. */
  readonly allowNoFiles?: true;
  /** Whether an example stands in for a missing `.env`; no option of the command line. */
  readonly examples?: boolean;
  /** The part of the folders that this run is about. */
  readonly shard?: ShardMark;
  /** Told of each folder before it is read, and how many there are; no option of the command line. */
  readonly onFolder?: (number: number, of: number) => void;
  /** What openings that follow each other share; no option of the command line. */
  readonly memory?: Memory;
};

/** Adds these options, and the paths, to a command. */
export const withOpenOptions = (command: Command): Command =>
  command
    .argument('[paths...]', 'files, folders, patterns or - for standard input; none for the current folder')
    .option('-r, --recursive', 'search folders below, too')
    .option('--stack <name=files>', 'add a stack: a name and its files, separated by commas (repeatable)', collect, [])
    .option('-c, --config <file>', 'settings file instead of the nearest fog-lint.yaml')
    .option('--no-config', 'use no settings file')
    .option('--profile <name>', 'profile to activate (repeatable)', collect, [])
    .option('--env-file <file>', 'env file instead of .env (repeatable)', collect, [])
    .option('--project-name <name>', 'project name')
    .option('--project-directory <folder>', 'folder that relative paths start from')
    .option('--stdin-filename <name>', 'name of what is read from standard input');

/** Variables of the process that a stack may use: what every shell has, and what docker compose is told by. */
const lintEnvironment = (env: Io['env']): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    Object.entries(env).filter(([name]) => ['HOME', 'USER', 'PWD'].includes(name) || name.startsWith('COMPOSE_')),
  );

/** `name=file,file` as it is given with `--stack`. */
const declaredStack = (text: string, { fs, cwd }: Io): StackPlan => {
  const equals = text.indexOf('=');
  const files = text
    .slice(equals + 1)
    .split(',')
    .filter(Boolean)
    .map((file) => absolute(cwd, file));
  if (equals < 1 || files.length === 0)
    throw new RunError('bad-stack', { message: `--stack ${text}: write <name>=<file>,<file>` });
  const missing = files.find((file) => fs.kind(file) !== 'file');
  if (missing !== undefined)
    throw new RunError('missing-file', { message: `--stack ${text}: ${missing} does not exist` });
  return { name: text.slice(0, equals), files, isDeclared: true };
};

const reportMissing = (
  paths: readonly string[],
  isRecursive: boolean,
  commands: readonly string[],
  { fs, cwd }: Io,
): never => {
  const [path = ''] = paths;
  if (fs.kind(absolute(cwd, path)) === 'directory')
    throw new RunError('nothing-to-lint', {
      message: `${path}: no Compose file in this folder${isRecursive ? ', nor below it' : ''}`,
      hint: isRecursive ? 'A file with another name can be named itself.' : 'Add -r to search below it, too.',
    });
  const guess = nearest(path, [...commands, ...fs.list(cwd)]);
  throw new RunError('missing-file', {
    message: `${path}: no such file`,
    hint: guess === undefined ? undefined : `Did you mean "${guess}"?`,
  });
};

const settingsFor = (directory: string, { config }: OpenOptions, { fs, cwd }: Io): Settings => {
  if (config === false) return DEFAULT_SETTINGS;
  if (config !== undefined) {
    const path = absolute(cwd, config);
    if (fs.kind(path) !== 'file')
      throw new RunError('missing-settings', { message: `--config ${config}: no such file` });
    return readSettings(confined(fs, projectRoot(fs, dirname(path), cwd), [path]), path);
  }
  const root = projectRoot(fs, directory, cwd);
  return findSettings(confined(fs, root), directory, root);
};

/** Faults of the lookup that docker compose would do in a folder: they are the folder's own if it finds a file there. */
const faultsOf = ({ stack, faults }: Selected, directory: string): readonly Fault[] =>
  stack?.files.some((file) => dirname(file) === directory) ? faults : [];

/** @throws {RunError} when standard input cannot be read, or does not end. */
const inputOf = (readInput: Io['readInput']): Uint8Array => {
  try {
    return readInput();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new RunError('unreadable-input', { message: `standard input cannot be read: ${error.reason}` });
  }
};

/** The paths and files of a run, with standard input as a file among others, under the name that it is given. */
const withStandardInput = (
  paths: readonly string[],
  { stdinFilename = '<stdin>' }: OpenOptions,
  { fs, cwd, readInput }: Io,
): { readonly paths: readonly string[]; readonly fs: FileSystem } => {
  if (!paths.includes(STANDARD_INPUT)) return { paths, fs };
  const name = absolute(cwd, stdinFilename);
  return {
    paths: paths.map((path) => (path === STANDARD_INPUT ? name : path)),
    fs: overlayFileSystem(fs, new Map([[name, inputOf(readInput)]])),
  };
};

/** That files of a folder are left alone, since they lie outside of the project. */
const unread = (outside: readonly string[], directory: string): readonly Fault[] =>
  outside
    .filter((path) => dirname(path) === directory)
    .map((path) => ({
      rule: 'missing-file',
      severity: 'info',
      message: `${basename(path)} lies outside of the project and is not read.`,
    }));

/**
 * Opens the workspaces that the paths lead to, one for each folder with Compose files.
 * @param commands Names that a path may have been meant for.
 * @throws {RunError} when a path leads to nothing, or there is nothing to open and that is not allowed.
 */
export const openWorkspaces = (
  given: readonly string[],
  options: OpenOptions,
  commands: readonly string[],
  io: Io,
): readonly Workspace[] => {
  const env = environmentOf(lintEnvironment(io.env));
  const { cwd } = io;
  const { paths, fs } = withStandardInput(given, options, io);
  const home = io.env['HOME'];
  const compose = {
    envFiles: options.envFile,
    profiles: options.profile,
    projectName: options.projectName,
    projectDirectory: options.projectDirectory,
  };
  const examples = options.examples ?? true;
  const standard = paths.length > 0 ? undefined : stackFor({ ...compose, files: [] }, { fs, cwd, env, home });
  // Elsewhere COMPOSE_FILE of the shell says nothing: its paths start here.
  const envElsewhere = new Map([...env].filter(([name]) => name !== 'COMPOSE_FILE'));
  const lookUp = (directory: string): Selected =>
    standard && directory === cwd
      ? standard
      : stackFor({ ...compose, files: [] }, { fs, cwd: directory, env: envElsewhere, home });
  const project = confined(fs, projectRoot(fs, cwd, cwd));
  const isInProject = (path: string): boolean => project.kind(path) !== 'outside';
  const declared = options.stack.map((text) => declaredStack(text, io));
  const found = discover(fs, {
    paths: paths.length === 0 ? [] : [...paths, ...declared.flatMap(({ files }) => files)],
    recursive: options.recursive ?? false,
    cwd,
    standard: standard?.stack?.files.filter((path) => env.has('COMPOSE_FILE') || isInProject(path)) ?? [],
  });
  const isNamed = (path: string): boolean => fs.kind(absolute(cwd, path)) !== 'directory' && !hasPattern(path);
  const missing = options.allowNoFiles ? found.missing.filter(isNamed) : found.missing;
  if (missing.length > 0) reportMissing(missing, options.recursive ?? false, commands, io);
  const { memory } = options;
  const read = cachedReader(fs, undefined, memory, keepLayout);
  const workspaces: Workspace[] = [];
  let number = 0;
  const folders = options.shard ? sharded([...found.folders], options.shard) : [...found.folders];
  for (const [directory, files] of folders) {
    number += 1;
    options.onFolder?.(number, folders.length);
    const settings = settingsFor(directory, options, io);
    const kept = files.filter((file) => found.named.has(file) || !settings.isIgnored(file));
    if (kept.length === 0) continue;
    // Who names every file does not leave the choice to docker compose.
    const faults = kept.every((file) => found.named.has(file)) ? [] : faultsOf(lookUp(directory), directory);
    const lookupFaults = [...faults, ...unread(found.outside, directory)];
    const input = {
      ...compose,
      examples,
      fs,
      read,
      cwd,
      env,
      home,
      declared,
      settings,
      lookupFaults,
      ...(memory ? { memory } : {}),
    };
    workspaces.push(openWorkspace(directory, kept, input));
  }
  // A part may be empty where there are more parts than folders; the whole may not.
  const isPart = folders.length < found.folders.size;
  if (workspaces.length > 0 || isPart || options.allowNoFiles) return workspaces;
  throw new RunError('nothing-to-lint', {
    message: 'no Compose file here',
    hint: 'Name files or folders, or add -r to search below.',
  });
};
