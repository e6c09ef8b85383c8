import { basename, dirname, join } from '../source/path.js';
import { shellWord } from '../source/shell-word.js';
import type { Workspace, WorkspaceFile, WorkspaceStack } from '../workspace/workspace.js';

/**
 * A stack as it is today, and the files that give it afterwards. `standsIn`: the name of the other stack that takes this
 * one's place, where nobody can start it alone any longer.
 */
export type StackPair = {
  readonly name: string;
  readonly stack: WorkspaceStack;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly standsIn: string | undefined;
};

/** What the files of a set become. Paths are absolute. */
export type Layout = {
  readonly base: WorkspaceFile | undefined;
  /** Path of the override as it will be; undefined where there is none. */
  readonly override: string | undefined;
  /** The file that becomes the override under a new name. */
  readonly renamed: WorkspaceFile | undefined;
  /** Whether the override is a file that does not exist yet. */
  readonly isOverrideNew: boolean;
  /** Path of the production file, present or to be made. */
  readonly prod: string;
  /** Files loaded over the base, which can be changed together with it. */
  readonly layers: readonly WorkspaceFile[];
  readonly pairs: readonly StackPair[];
};

/** `docker-compose.yml` and `prod` make `docker-compose.prod.yml`. */
export const sibling = (base: string, label: string): string => {
  const name = basename(base);
  const dot = name.lastIndexOf('.');
  const stem = name.slice(0, dot).replace(/[._-](?:base|common)$/, '');
  return join(dirname(base), `${stem}.${label}${name.slice(dot)}`);
};

const isLayer = (file: WorkspaceFile, base: WorkspaceFile, { stacks }: Workspace): boolean =>
  file !== base && stacks.some(({ files }) => files[0] === base && files.includes(file));

/** The development file that `docker compose up` is to load, as decided, or the only one that completes the base. */
const becomesOverride = (workspace: Workspace, base: WorkspaceFile, wants: boolean): WorkspaceFile | undefined => {
  const { override } = workspace.settings.decisions;
  if (override === false || workspace.files.some(({ isAutomatic }) => isAutomatic)) return undefined;
  const layered = workspace.files.filter((file) => isLayer(file, base, workspace));
  if (override !== undefined) return layered.find(({ path }) => path === join(workspace.directory, override));
  const candidates = layered.filter(({ role, isSelfSufficient }) => role === 'dev' && !isSelfSufficient);
  return wants && candidates.length === 1 ? candidates[0] : undefined;
};

/** What the layout depends on beside the files. */
export type LayoutWishes = {
  /** Whether the base holds development settings that are to go. */
  readonly hasDevSettings: boolean;
  /** Overlays that cannot stand alone any longer. */
  readonly merged: ReadonlySet<string>;
  /** Ids of operations that are not to be done. */
  readonly excluded: ReadonlySet<string>;
};

/** Id of the operation that gives the development file its new name. */
export const renameId = (file: WorkspaceFile): string => `rename-file:${basename(file.path)}`;

/** Roles of the files in the layout, and which stacks they give. */
export const targetLayout = (workspace: Workspace, { hasDevSettings, merged, excluded }: LayoutWishes): Layout => {
  const { files, stacks } = workspace;
  const base = files.find((file) => file.role === 'base' && !file.isBroughtIn);
  const automatic = files.find(({ isAutomatic }) => isAutomatic);
  const candidate = base && becomesOverride(workspace, base, hasDevSettings);
  const renamed = candidate && !excluded.has(renameId(candidate)) ? candidate : undefined;
  const layers = base ? files.filter((file) => isLayer(file, base, workspace)) : [];
  const hasEnvironments = layers.some(({ role }) => role !== 'overlay');
  const isOverrideNew =
    base !== undefined &&
    !automatic &&
    !renamed &&
    hasDevSettings &&
    hasEnvironments &&
    !layers.some(({ role }) => role === 'dev');
  const override = automatic?.path ?? (base && (renamed || isOverrideNew) ? sibling(base.path, 'override') : undefined);
  const nameAfter = (path: string): string => (path === renamed?.path && override !== undefined ? override : path);
  const withRenamed = stacks.find((stack) => renamed && stack.files.length === 2 && stack.files[1] === renamed);
  const pairs = stacks.map((stack): StackPair => {
    const before = stack.files.map(({ path }) => path);
    const mapped = before.map(nameAfter);
    const isPlain = before.length === 1 && before[0] === base?.path;
    const alone = before.length === 1 && merged.has(before[0] ?? '');
    const replacement = alone
      ? stacks.find(({ files: [first, second] }) => first === base && second?.path === before[0])
      : undefined;
    if (isPlain && withRenamed) return { name: stack.name, stack, before, after: mapped, standsIn: withRenamed.name };
    if (replacement) return { name: stack.name, stack, before, after: mapped, standsIn: replacement.name };
    const after = isPlain && isOverrideNew && override !== undefined ? [...mapped, override] : mapped;
    return { name: stack.name, stack, before, after, standsIn: undefined };
  });
  const prod = layers.find(({ role, isSelfSufficient }) => role === 'prod' && !isSelfSufficient)?.path;
  return {
    base,
    override,
    renamed,
    isOverrideNew,
    prod: prod ?? (base ? sibling(base.path, 'prod') : ''),
    layers,
    pairs,
  };
};

/** `docker compose -f a -f b`, or without `-f` where docker compose finds the files by itself. */
export const composeCommand = (files: readonly string[], directory: string): string => {
  const names = files.map((file) => (dirname(file) === directory ? basename(file) : file));
  const [first = '', second] = names;
  const isDefault = /^(?:docker-)?compose\.ya?ml$/.test(first) && names.length <= 2;
  const isOverride = second !== undefined && second === basename(sibling(first, 'override'));
  if (isDefault && isOverride) return 'docker compose';
  return `docker compose ${names.map((name) => `-f ${shellWord(name)}`).join(' ')}`;
};
