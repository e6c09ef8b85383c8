import { BOUNDS } from '../model/bounds.js';
import { weightOf } from '../model/budget.js';
import { DEFAULT_FILES } from '../model/default-files.js';
import type { Environment } from '../model/environment.js';
import type { Fault } from '../model/fault.js';
import type { Project } from '../model/project.js';
import { byDefault, type Entry, get, mapping } from '../model/value.js';
import type { ParsedFile } from '../parse/parse.js';
import type { ReadFile } from '../resolve/load.js';
import { newPrefixes, type Prefixes } from '../resolve/prefixes.js';
import type { Removal } from '../resolve/reset.js';
import { DEFAULT_OPTIONS, type Resolved, resolve } from '../resolve/resolve.js';
import type { FileSystem } from '../source/filesystem.js';
import { once } from '../source/once.js';
import { absolute, basename, join } from '../source/path.js';
import type { Source } from '../source/source.js';
import { DEFAULT_OVERRIDES, stackFor } from './command-line.js';
import { examplesIn } from './examples.js';
import { type Memory, rememberedIn } from './memory.js';
import { ownCommand } from './own-command.js';
import { confined, projectRoot } from './project-root.js';
import { type NamedRole, type Role, roleOf } from './roles.js';
import type { Settings } from './settings.js';
import { inferStacks, type StackPlan } from './stacks.js';

/** One Compose file of a workspace. */
export type WorkspaceFile = {
  readonly path: string;
  readonly role: Role;
  readonly label: string;
  /** Whether docker compose loads it by itself, beside the base. */
  readonly isAutomatic: boolean;
  readonly isSelfSufficient: boolean;
  readonly isBroughtIn: boolean;
  /** The files that its own comments say it is loaded with. */
  readonly ownCommand: readonly string[] | undefined;
  /** Keys that it writes for each of its services. */
  readonly written: ReadonlyMap<string, ReadonlySet<string>>;
  readonly source: Source;
  readonly parsed: ParsedFile;
  /** What the file resolves to by itself, even if docker compose would not take it so; absent when it cannot be parsed. */
  readonly alone: Project | undefined;
};

/** A stack of a workspace with what it resolves to. */
export type WorkspaceStack = {
  readonly name: string;
  readonly files: readonly WorkspaceFile[];
  /** Whether the user named it, rather than the files' names. */
  readonly isDeclared: boolean;
  /** The env file whose variables win, whether or not it is there; undefined where the shell says which ones are read. */
  readonly envFile: string | undefined;
  /** The example that stands in for a `.env` that is not there. */
  readonly example: string | undefined;
  /** Absent when a file cannot be parsed. */
  readonly project: Project | undefined;
  readonly faults: readonly Fault[];
  /** Whether docker compose would refuse to load it. */
  readonly refused: boolean;
  /** What tags have taken out of it. */
  readonly removals: readonly Removal[];
};

/** The Compose files of one folder, the stacks they form, and where the project they belong to begins. */
export type Workspace = {
  readonly directory: string;
  readonly root: string;
  readonly settings: Settings;
  /** The files of the project, and nothing else. */
  readonly fs: FileSystem;
  readonly files: readonly WorkspaceFile[];
  /** Every Compose file that was read, those that `include` and `extends` bring in too, by path. */
  readonly parsed: ReadonlyMap<string, ParsedFile>;
  readonly stacks: readonly WorkspaceStack[];
  /** Faults of files that are in no stack, or cannot be read. */
  readonly faults: readonly Fault[];
  /** What it was opened with, so that changed texts can be opened the same way. */
  readonly input: WorkspaceInput;
};

export type WorkspaceInput = {
  readonly fs: FileSystem;
  readonly read: ReadFile;
  readonly cwd: string;
  readonly env: Environment;
  readonly home: string | undefined;
  readonly envFiles: readonly string[];
  readonly profiles: readonly string[];
  readonly projectName: string | undefined;
  readonly projectDirectory: string | undefined;
  /** Stacks that the user names for this run, instead of those under the same name. */
  readonly declared: readonly StackPlan[];
  readonly settings: Settings;
  /** Whether examples stand in for env files that are not there; they do unless this is false. */
  readonly examples?: boolean;
  /** What is wrong with the way docker compose would choose its files here. */
  readonly lookupFaults: readonly Fault[];
  /** What openings with the same options, on files that differ little, share. */
  readonly memory?: Memory;
};

const ROLE_ORDER: readonly Role[] = ['base', 'dev', 'prod', 'test', 'overlay'];

/** Faults that only say that a file is a part of something. */
const PARTIAL: ReadonlySet<string> = new Set(['no-image-or-build', 'undefined-reference', 'profile-dependency']);

/** Keys that a file writes for each of its services, what aliases and merge keys bring along included. */
const writtenServices = ({ documents }: ParsedFile): ReadonlyMap<string, ReadonlySet<string>> => {
  const written = new Map<string, Set<string>>();
  for (const { root } of documents) {
    const services = get(root, 'services');
    if (services?.kind !== 'mapping') continue;
    for (const [name, { value }] of services.entries) {
      const keys = value.kind === 'mapping' ? value.entries.keys() : [];
      written.set(name, new Set([...(written.get(name) ?? []), ...keys]));
    }
  }
  return written;
};

/** Keys of a service that name files to be read. */
const READING = ['extends', 'env_file', 'label_file'] as const;

/** Whether a file names others that are loaded along with it. */
const readsFiles = ({ documents }: ParsedFile): boolean =>
  documents.some(({ root }) => {
    const services = get(root, 'services');
    const reads = ({ value }: Entry): boolean => READING.some((key) => get(value, key) !== undefined);
    return (
      get(root, 'include') !== undefined || (services?.kind === 'mapping' && [...services.entries.values()].some(reads))
    );
  });

type Loaded = Resolved & { readonly problems: readonly Fault[]; readonly example: string | undefined };

type Plan = Pick<StackPlan, 'files' | 'profiles' | 'envFiles'>;

/** The last of the env files that a stack reads. */
const envFileOf = (plan: Plan, input: WorkspaceInput, directory: string): string | undefined => {
  const last = (plan.envFiles ?? input.envFiles).at(-1);
  if (last !== undefined) return absolute(input.cwd, last);
  if (input.env.has('COMPOSE_ENV_FILES') || input.env.has('COMPOSE_DISABLE_ENV_FILE')) return undefined;
  return join(input.projectDirectory === undefined ? directory : absolute(input.cwd, input.projectDirectory), '.env');
};

/** Loads the stack of some files as docker compose would, in the workspace's folder. */
const load = (plan: Plan, input: WorkspaceInput, directory: string, prefixes: Prefixes | undefined): Loaded => {
  const { fs } = input;
  const given = plan.envFiles ?? input.envFiles;
  const standIn = input.examples === false ? undefined : examplesIn(fs);
  const standard = given.length === 0 ? envFileOf(plan, input, directory) : undefined;
  const example = standard === undefined ? undefined : standIn?.(standard);
  const options = {
    files: plan.files,
    envFiles: example === undefined ? given : [example],
    profiles: input.profiles.length > 0 ? input.profiles : (plan.profiles ?? []),
    projectName: input.projectName,
    projectDirectory: input.projectDirectory,
  };
  const { stack, faults } = stackFor(options, { fs, cwd: input.cwd, env: input.env, home: input.home });
  if (!stack) throw new Error('a stack of given files has files');
  const resolved = resolve(stack, DEFAULT_OPTIONS, {
    fs,
    read: input.read,
    ...(standIn ? { standIn } : {}),
    ...(prefixes ? { prefixes } : {}),
  });
  const problems = [...faults, ...resolved.faults];
  return { ...resolved, problems, example, refused: problems.some(({ severity }) => severity === 'error') };
};

/** A fault at the start of a file, which stands for what is made of it and others. */
const tooLarge = (message: string, source: Source | undefined): Fault => ({
  rule: 'too-large',
  severity: 'error',
  message,
  ...(source ? { at: { source, start: 0, end: 0 } } : {}),
});

/** What is said of a stack that is not loaded, since those before it hold as many values as a run takes. */
const leftOut = ({ files: [first = ''] }: Plan, { read }: WorkspaceInput): Loaded => {
  const fault = tooLarge(
    `The stacks of this folder hold more than ${BOUNDS.openedValues} values together: no further one is looked at.`,
    read(first, () => undefined)?.source,
  );
  const raw = mapping(new Map(), byDefault('a stack that is not loaded'));
  const nothing = { project: undefined, files: [], removals: [], example: undefined };
  return { ...nothing, raw, faults: [fault], problems: [fault], refused: true };
};

/** Loads each set of files once. */
type Loader = (plan: Plan) => Loaded;

const loaderFor = (input: WorkspaceInput, directory: string): Loader => {
  const known = new Map<string, Loaded>();
  // What a memory keeps must have asked for all that it depends on.
  const prefixes = input.memory ? undefined : newPrefixes();
  let opened = 0;
  const open = (plan: Plan): Loaded => {
    if (opened > BOUNDS.openedValues) return leftOut(plan, input);
    const { files, profiles, envFiles } = plan;
    const key = JSON.stringify([directory, files, profiles, envFiles, input.examples]);
    const loaded = rememberedIn(input.memory, key, input.fs, input.read, (fs, read) =>
      load(plan, { ...input, fs, read }, directory, prefixes),
    );
    opened += weightOf(loaded.project?.model ?? loaded.raw);
    return loaded;
  };
  return ({ files, profiles, envFiles }) => {
    const key = JSON.stringify([files, profiles, envFiles]);
    const loaded =
      known.get(key) ?? open({ files, ...(profiles ? { profiles } : {}), ...(envFiles ? { envFiles } : {}) });
    known.set(key, loaded);
    return loaded;
  };
};

/** What a file's name says about it, unless the settings say something else. */
const named = (path: string, settings: Settings): NamedRole => {
  const found = roleOf(path);
  return { ...found, role: settings.roleOf(path) ?? found.role };
};

const BY_PRECEDENCE: readonly string[] = [...DEFAULT_FILES, ...DEFAULT_OVERRIDES];

/** Rank of a file among those that docker compose looks for; those of other names come behind them. */
const precedence = (path: string): number => {
  const rank = BY_PRECEDENCE.indexOf(basename(path));
  return rank < 0 ? BY_PRECEDENCE.length : rank;
};

/** Files with what their names say and how they stand to each other, in the order of their roles. */
const describe = (
  paths: readonly string[],
  loadFiles: Loader,
  input: WorkspaceInput,
  faults: Fault[],
): readonly WorkspaceFile[] => {
  const files: WorkspaceFile[] = [];
  const broughtIn = new Set<string>();
  for (const path of paths) {
    const parsed = input.read(path, (fault) => faults.push(fault));
    if (!parsed) continue;
    const written = writtenServices(parsed);
    // Most layers are never asked what they are by themselves. A memory is for files that are about to change.
    const alone = once(() => loadFiles({ files: [path] }));
    if (input.memory || readsFiles(parsed)) for (const read of alone().files) if (read !== path) broughtIn.add(read);
    const isSelfSufficient = once(
      () =>
        written.size > 0 &&
        alone().project !== undefined &&
        !alone().problems.some(({ rule, severity }) => severity === 'error' && PARTIAL.has(rule)),
    );
    files.push({
      path,
      ...named(path, input.settings),
      get isSelfSufficient() {
        return isSelfSufficient();
      },
      get isBroughtIn() {
        return broughtIn.has(path);
      },
      ownCommand: ownCommand(path, parsed.comments, paths),
      written,
      source: parsed.source,
      parsed,
      get alone() {
        return alone().project;
      },
    });
  }
  return files.sort(
    (a, b) =>
      ROLE_ORDER.indexOf(a.role) - ROLE_ORDER.indexOf(b.role) ||
      precedence(a.path) - precedence(b.path) ||
      (a.path < b.path ? -1 : 1),
  );
};

/** Reads the files of one folder, works out their roles and stacks, and resolves every stack. */
export const openWorkspace = (directory: string, paths: readonly string[], given: WorkspaceInput): Workspace => {
  const faults: Fault[] = [...given.lookupFaults];
  const root = projectRoot(given.fs, directory, given.cwd);
  const fs = confined(given.fs, root, [...paths, ...given.envFiles.map((path) => absolute(given.cwd, path))]);
  const parsed = new Map<string, ParsedFile>();
  const read: ReadFile = (path, report) => {
    const file = given.read(path, report);
    if (file) parsed.set(path, file);
    return file;
  };
  const input = { ...given, fs, read };
  const loadFiles = loaderFor(input, directory);
  const now = new Set(given.declared.map(({ name }) => name));
  const settled = given.settings.stacks.filter(({ name }) => !now.has(name));
  const declared = [...settled, ...given.declared].filter(({ files: [first] }) => paths.includes(first ?? ''));
  const all = new Set([...paths, ...declared.flatMap((plan) => plan.files)]);
  const files = describe([...all].slice(0, BOUNDS.files), loadFiles, input, faults);
  if (all.size > BOUNDS.files)
    faults.push(
      tooLarge(
        `The folder has more than ${BOUNDS.files} Compose files: no further one is looked at.`,
        files[0]?.source,
      ),
    );
  const byPath = new Map(files.map((file) => [file.path, file]));
  const isSettled = settled.some((plan) => declared.includes(plan));
  const names = new Set(declared.map(({ name }) => name));
  const wanted = [...(isSettled ? [] : inferStacks(files).filter(({ name }) => !names.has(name))), ...declared];
  const plans = wanted.slice(0, BOUNDS.stacks);
  if (wanted.length > plans.length)
    faults.push(
      tooLarge(`The folder has more than ${BOUNDS.stacks} stacks: no further one is looked at.`, files[0]?.source),
    );
  const stacks = plans.map((plan): WorkspaceStack => {
    const { project, problems, example, refused, removals } = loadFiles(plan);
    const members = plan.files.flatMap((path) => byPath.get(path) ?? []);
    const envFile = envFileOf(plan, input, directory);
    return {
      name: plan.name,
      files: members,
      isDeclared: plan.isDeclared,
      envFile,
      example,
      project,
      faults: problems,
      refused,
      removals,
    };
  });
  const used = new Set(plans.flatMap((plan) => plan.files));
  for (const file of files) {
    if (used.has(file.path) || file.isBroughtIn) continue;
    faults.push(...loadFiles({ files: [file.path] }).problems.filter(({ rule }) => !PARTIAL.has(rule)));
  }
  return { directory, root, settings: given.settings, fs, files, parsed, stacks, faults, input: given };
};
