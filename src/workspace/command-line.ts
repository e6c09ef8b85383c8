import { budgetOf } from '../model/budget.js';
import { DEFAULT_FILES } from '../model/default-files.js';
import type { Environment, Variable } from '../model/environment.js';
import type { Fault, FaultSink } from '../model/fault.js';
import { readEnvFiles } from '../resolve/env-file.js';
import { invalidProjectName, isValidProjectName } from '../resolve/project-name.js';
import { isRemote } from '../resolve/remote.js';
import type { Stack } from '../resolve/resolve.js';
import { decode } from '../source/encoding.js';
import { FileError, type FileSystem } from '../source/filesystem.js';
import { absolute, basename, dirname, join } from '../source/path.js';
import type { Span } from '../source/source.js';

/** What `docker compose` can be told on its command line about which project to load. */
export type ComposeOptions = {
  readonly files: readonly string[];
  readonly envFiles: readonly string[];
  readonly profiles: readonly string[];
  readonly projectDirectory: string | undefined;
  readonly projectName: string | undefined;
};

/** Where `docker compose` would run. */
export type Surroundings = {
  readonly fs: FileSystem;
  readonly cwd: string;
  readonly env: Environment;
  readonly home: string | undefined;
};

/** Names of override files that are looked for beside one of these. Here `.yml` comes first. */
export const DEFAULT_OVERRIDES = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
] as const;

/** Stands for standard input among the files. */
export const STANDARD_INPUT = '-';

const booleanText = (text: string): boolean | undefined => {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return true;
  return ['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text) ? false : undefined;
};

/** The folder that the project starts from: the one given, the first file's, or the current one. */
const workingDirectory = (options: ComposeOptions, files: readonly string[], { cwd }: Surroundings): string => {
  if (options.projectDirectory !== undefined && options.projectDirectory !== '')
    return absolute(cwd, options.projectDirectory);
  const first = files.find((file) => file !== STANDARD_INPUT);
  return first === undefined || isRemote(first) ? cwd : dirname(absolute(cwd, first));
};

type Draft = {
  readonly environment: Map<string, Variable>;
  readonly shell: Map<string, Variable>;
  envFiles: readonly string[];
};

/** Adds the variables of `.env`, or of the files given instead, to those that are not set yet. */
const addEnvFiles = (
  draft: Draft,
  options: ComposeOptions,
  directory: string,
  around: Surroundings,
  report: FaultSink,
  files: Set<string>,
): void => {
  if (options.envFiles.length > 0) draft.envFiles = options.envFiles.map((file) => absolute(around.cwd, file));
  else {
    const disabled = draft.shell.get('COMPOSE_DISABLE_ENV_FILE')?.value;
    const isDisabled = disabled === undefined ? false : booleanText(disabled);
    if (isDisabled === undefined)
      report({ rule: 'schema', severity: 'error', message: 'COMPOSE_DISABLE_ENV_FILE must be true or false.' });
    const standard = join(directory, '.env');
    if (isDisabled !== true && around.fs.kind(standard) === 'file') draft.envFiles = [standard];
  }
  const read = readEnvFiles(
    draft.envFiles,
    draft.environment,
    { fs: around.fs, report, files, budget: budgetOf(report) },
    undefined,
  );
  for (const [name, variable] of read) if (!draft.environment.has(name)) draft.environment.set(name, variable);
};

/** `COMPOSE_…` variables of env files count as the process's own. @see docker compose cmd/compose/compose.go, setEnvWithDotEnv */
const processVariables = (options: ComposeOptions, around: Surroundings): Map<string, Variable> => {
  const shell = new Map(around.env);
  if (!shell.has('PWD')) shell.set('PWD', { value: around.cwd, source: { kind: 'process' } });
  const draft: Draft = { environment: new Map(shell), shell, envFiles: [] };
  const faults: Fault[] = [];
  const directory = workingDirectory(options, options.files, around);
  addEnvFiles(draft, options, directory, around, (fault) => faults.push(fault), new Set());
  if (faults.some(({ severity }) => severity === 'error')) return shell;
  for (const [name, variable] of draft.environment)
    if (name.startsWith('COMPOSE_') && !shell.has(name)) shell.set(name, variable);
  return shell;
};

const filesFromVariable = (environment: Environment, around: Surroundings, report: FaultSink): readonly string[] => {
  const listed = environment.get('COMPOSE_FILE')?.value;
  if (listed === undefined) return [];
  const separator = environment.get('COMPOSE_PATH_SEPARATOR')?.value || ':';
  const files = listed.split(separator).map((file) => (file === STANDARD_INPUT ? file : absolute(around.cwd, file)));
  for (const file of files)
    if (file !== STANDARD_INPUT && around.fs.kind(file) === undefined)
      report({ rule: 'missing-file', severity: 'error', message: `COMPOSE_FILE names ${file}, which does not exist.` });
  return files;
};

/** The place before a file's first character; none when the file cannot be read. */
const beginningOf = (path: string, fs: FileSystem): Span | undefined => {
  try {
    return { source: decode(path, fs.read(path)).source, start: 0, end: 0 };
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
};

/** Reports the files that are passed over for the first one, where they stand. */
const reportSeveral = (what: string, found: readonly string[], fs: FileSystem, report: FaultSink): void => {
  const [used, ...others] = found;
  if (used === undefined || others.length === 0) return;
  const [at, ...places] = others.flatMap((path) => beginningOf(path, fs) ?? []);
  const start = beginningOf(used, fs);
  report({
    rule: 'several-default-files',
    severity: 'warning',
    message: `Several ${what} files have a default name: ${found.map(basename).join(', ')}. The first one is used.`,
    ...(at ? { at } : {}),
    notes: [
      ...places.map((place) => ({ at: place, message: 'passed over, too' })),
      ...(start ? [{ at: start, message: 'this one is used' }] : []),
    ],
    help: 'Rename the others, or name the files with -f.',
  });
};

/** The files that `docker compose` finds by name, in a folder or in one above it. */
const filesByDefault = (directory: string, { fs }: Surroundings, report: FaultSink): readonly string[] => {
  for (let folder = directory; ; folder = dirname(folder)) {
    const among = (names: readonly string[]): string[] =>
      names.map((name) => join(folder, name)).filter((path) => fs.kind(path) !== undefined);
    const [main, ...others] = among(DEFAULT_FILES);
    if (main !== undefined) {
      reportSeveral('Compose', [main, ...others], fs, report);
      const overrides = among(DEFAULT_OVERRIDES);
      reportSeveral('override', overrides, fs, report);
      return [main, ...overrides.slice(0, 1)];
    }
    if (folder === '/' || folder === '.') return [];
  }
};

export type Selected = {
  readonly stack: Stack | undefined;
  readonly faults: readonly Fault[];
  readonly files: readonly string[];
};

/**
 * The stack that `docker compose` would load with these options in these surroundings: `-f`, `COMPOSE_FILE` or the default
 * names; `.env`; profiles; the project's name.
 * @returns No stack when there is no file to load.
 * @see compose-go cli/options.go; docker compose cmd/compose/compose.go
 */
export const stackFor = (options: ComposeOptions, around: Surroundings): Selected => {
  const faults: Fault[] = [];
  const report: FaultSink = (fault) => faults.push(fault);
  const read = new Set<string>();
  const shell = processVariables(options, around);
  const envFiles =
    options.envFiles.length > 0
      ? options.envFiles
      : (shell.get('COMPOSE_ENV_FILES')?.value ?? '').split(',').filter(Boolean);
  const given = { ...options, envFiles };
  const draft: Draft = { environment: new Map(shell), shell, envFiles: [] };
  addEnvFiles(draft, given, workingDirectory(given, given.files, around), around, report, read);
  let files: readonly string[] = options.files.map((file) =>
    file === STANDARD_INPUT || isRemote(file) ? file : absolute(around.cwd, file),
  );
  if (files.length === 0) files = filesFromVariable(draft.environment, around, report);
  if (files.length === 0) files = filesByDefault(workingDirectory(given, [], around), around, report);
  const directory = workingDirectory(given, files, around);
  addEnvFiles(draft, given, directory, around, report, read);
  const { projectName } = options;
  const fromVariable = draft.environment.get('COMPOSE_PROJECT_NAME')?.value;
  if (projectName !== undefined && !isValidProjectName(projectName)) report(invalidProjectName(projectName));
  if (files.length === 0) {
    report({ rule: 'missing-file', severity: 'error', message: 'There is no Compose file here.' });
    return { stack: undefined, faults, files: [...read] };
  }
  for (const file of files)
    if (isRemote(file))
      report({ rule: 'missing-file', severity: 'error', message: `Remote files are not loaded: ${file}` });
  const profiles =
    options.profiles.length > 0
      ? options.profiles
      : (draft.environment.get('COMPOSE_PROFILES')?.value ?? '').split(',').map((profile) => profile.trim());
  const name = projectName || fromVariable || undefined;
  return {
    stack: {
      files,
      directory,
      cwd: around.cwd,
      environment: draft.environment,
      home: around.home,
      profiles,
      projectName: name,
    },
    faults,
    files: [...read],
  };
};
