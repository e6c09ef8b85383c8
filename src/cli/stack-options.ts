import type { Command } from 'commander';
import { environmentOf } from '../model/environment.js';
import type { Fault } from '../model/fault.js';
import type { ReadFile } from '../resolve/load.js';
import { type Resolved, type ResolveOptions, resolve, type Stack } from '../resolve/resolve.js';
import { absolute } from '../source/path.js';
import { stackFor } from '../workspace/command-line.js';
import { faultLine } from './fault-line.js';
import type { Io } from './io.js';
import { collect } from './options.js';
import { cachedReader } from './read.js';

/** Options that say which stack docker compose would load; the commands on one stack share them. */
export type StackOptions = {
  readonly projectName?: string;
  readonly projectDirectory?: string;
  readonly profile: readonly string[];
  readonly envFile: readonly string[];
};

/** Adds these options to a command. */
export const withStackOptions = (command: Command): Command =>
  command
    .option('--project-name <name>', 'project name')
    .option('--project-directory <folder>', 'folder that relative paths start from')
    .option('--profile <name>', 'profile to activate (repeatable)', collect, [])
    .option('--env-file <file>', 'env file instead of .env (repeatable)', collect, []);

/** A stack that was loaded; without a stack when there is no file. `read` gives its files once more. */
export type Opened = {
  readonly stack: Stack | undefined;
  readonly resolved: Resolved | undefined;
  readonly isRefused: boolean;
  readonly read: ReadFile;
};

/** Loads the stack that docker compose would load with these files and options, and says all faults on standard error. */
export const openStack = (files: readonly string[], options: StackOptions, how: ResolveOptions, io: Io): Opened => {
  const { fs, cwd } = io;
  const { envFile: envFiles, profile: profiles, projectDirectory, projectName } = options;
  const surroundings = { fs, cwd, env: environmentOf(io.env), home: io.env['HOME'] };
  const selected = stackFor({ files, envFiles, profiles, projectDirectory, projectName }, surroundings);
  const read = cachedReader(fs, { path: absolute(cwd, '<stdin>'), read: io.readInput });
  const resolved = selected.stack && resolve(selected.stack, how, { fs, read });
  const faults: readonly Fault[] = [...selected.faults, ...(resolved?.faults ?? [])];
  // The environment is read before and while loading: what both find is one fault.
  io.warn(...new Set(faults.map((fault) => faultLine(fault, cwd))));
  const isRefused = !resolved || faults.some(({ severity }) => severity === 'error');
  return { stack: selected.stack, resolved, isRefused, read };
};
