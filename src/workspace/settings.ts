import picomatch from 'picomatch';
import type { Fault } from '../model/fault.js';
import { get, itemsOf, type Mapping, placeOfValue, textOf, type Value } from '../model/value.js';
import { parse } from '../parse/parse.js';
import { checkedSchema, faultsBy } from '../schema/faults.js';
import { decode } from '../source/encoding.js';
import { FileError, type FileSystem } from '../source/filesystem.js';
import { nearest } from '../source/nearest.js';
import { absolute, basename, dirname, isAbsolute, isInside, join, relative, withoutHere } from '../source/path.js';
import type { Span } from '../source/source.js';
import { type DecidedName, decidedNames } from './decided-names.js';
import { type Decisions, decisionsOf, NO_DECISIONS } from './decisions.js';
import { schema } from './generated/settings-schema.js';
import type { Role } from './roles.js';
import { RunError } from './run-error.js';
import { LEVELS, type Level, PRESETS, type Preset, ROLES, VOLUME_STYLES } from './settings-schema.js';
import type { StackPlan } from './stacks.js';
import { type NamedSubject, namedSubjects } from './unmatched-names.js';

/** Levels that hold for some places only. A condition that is absent holds everywhere. */
export type Override = {
  readonly files: ((path: string) => boolean) | undefined;
  readonly services: ((name: string) => boolean) | undefined;
  readonly roles: ReadonlySet<Role> | undefined;
  readonly rules: ReadonlyMap<string, Level>;
};

/** How names of volumes are to be written; undefined lets the majority decide. */
export type VolumeStyle = (typeof VOLUME_STYLES)[number];

/** What the users of a project have settled, put together from the settings file and what it extends. */
export type Settings = {
  /** The settings file, absolute; undefined where there is none. */
  readonly path: string | undefined;
  readonly preset: Preset;
  readonly rules: ReadonlyMap<string, Level>;
  readonly overrides: readonly Override[];
  /** Stacks with absolute paths; none where names of files are to decide. */
  readonly stacks: readonly StackPlan[];
  readonly roleOf: (path: string) => Role | undefined;
  readonly isIgnored: (path: string) => boolean;
  /** Tags or digests, by the name of an image as the user writes it. */
  readonly pins: ReadonlyMap<string, string>;
  readonly volumeNaming: VolumeStyle | undefined;
  /** Answers to the questions of consolidation; those of the nearest file that has any. */
  readonly decisions: Decisions;
  /** What the settings file itself, and none that it extends, names of the Compose files. */
  readonly decidedNames: readonly DecidedName[];
  /** What the settings file itself says something of by its name: files, services, images. */
  readonly namedSubjects: readonly NamedSubject[];
};

/** Settings where there is no settings file. */
export const DEFAULT_SETTINGS: Settings = {
  path: undefined,
  preset: 'recommended',
  rules: new Map(),
  overrides: [],
  stacks: [],
  roleOf: () => undefined,
  isIgnored: () => false,
  pins: new Map(),
  volumeNaming: undefined,
  decisions: NO_DECISIONS,
  decidedNames: [],
  namedSubjects: [],
};

/** Names that a settings file can have, the preferred one first. */
export const SETTINGS_FILES = ['fog-lint.yaml', '.fog-lint.yaml', 'fog-lint.yml', '.fog-lint.yml'] as const;

/** Key of the settings in `package.json`. */
const PACKAGE_KEY = 'fog-lint';

/** Settings files that may extend each other in one chain. */
const LONGEST_CHAIN = 20;

const invalid = (faults: readonly Fault[]): RunError =>
  new RunError('invalid-settings', { message: 'the settings are not valid', faults });

/** A fault at one value. */
const invalidAt = (value: Value, message: string, help?: string): RunError => {
  const at = placeOfValue(value);
  return invalid([
    { rule: 'schema', severity: 'error', message, ...(at ? { at } : {}), ...(help === undefined ? {} : { help }) },
  ]);
};

/** Why a file that the settings name cannot be had; undefined when it can. */
const whyMissing = (fs: FileSystem, path: string): string | undefined => {
  const kind = fs.kind(path);
  if (kind === 'file') return undefined;
  return kind === 'outside' ? 'lies outside of the project' : 'does not exist';
};

const readText = (fs: FileSystem, path: string): ReturnType<typeof decode>['source'] => {
  try {
    return decode(path, fs.read(path)).source;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new RunError('missing-settings', { message: `${path}: ${error.reason}` });
  }
};

/** Whether a place lies inside of a value. */
const isWithin = ({ start }: Span, value: Value): boolean => {
  const whole = placeOfValue(value);
  return whole !== undefined && whole.start <= start && start < whole.end;
};

const SETTINGS = checkedSchema(schema, 'A settings file');

/** Whether a `package.json` may have settings. What is no JSON is left to the parser that names every fault. */
const mayHaveSettings = (text: string): boolean => {
  if (!text.includes(`"${PACKAGE_KEY}"`)) return false;
  try {
    const whole: unknown = JSON.parse(text);
    return typeof whole === 'object' && whole !== null && Object.hasOwn(whole, PACKAGE_KEY);
  } catch (error) {
    if (error instanceof SyntaxError) return true;
    throw error;
  }
};

/** What a settings file says; undefined for a `package.json` that says nothing. */
const readRoot = (fs: FileSystem, path: string): Mapping | undefined => {
  const source = readText(fs, path);
  const isPackage = basename(path) === 'package.json';
  if (isPackage && !mayHaveSettings(source.text)) return undefined;
  const { documents, faults } = parse(source);
  const whole = documents[0]?.root;
  const root = isPackage ? get(whole, PACKAGE_KEY) : whole;
  // What else package.json says is not ours to judge.
  if (isPackage && root?.kind !== 'mapping') return undefined;
  const isEmpty = root === undefined || (root.kind === 'scalar' && root.value === null);
  const own = isPackage ? faults.filter(({ at }) => at && root && isWithin(at, root)) : faults;
  const found = [...own, ...(isEmpty ? [] : faultsBy(SETTINGS, root))];
  if (found.length > 0) throw invalid(found);
  return root?.kind === 'mapping' ? root : undefined;
};

const textsOf = (value: Value | undefined): readonly string[] => itemsOf(value).flatMap((item) => textOf(item) ?? []);

const entriesOf = (value: Value | undefined): readonly (readonly [string, Value])[] =>
  value?.kind === 'mapping' ? [...value.entries].map(([key, entry]) => [key, entry.value]) : [];

/** A text that the schema has found to be one of a few. */
const oneOf = <T extends string>(known: readonly T[], value: Value | undefined): T | undefined =>
  known.find((candidate) => candidate === textOf(value));

const levelsOf = (value: Value | undefined): ReadonlyMap<string, Level> =>
  new Map(
    entriesOf(value).flatMap(([id, level]): [string, Level][] => {
      const known = oneOf(LEVELS, level);
      return known === undefined ? [] : [[id, known]];
    }),
  );

const namedTexts = (value: Value | undefined): readonly (readonly [string, string])[] =>
  entriesOf(value).flatMap(([name, item]): [string, string][] => {
    const text = textOf(item);
    return text === undefined ? [] : [[name, text]];
  });

/** Whether one of some patterns matches a path, seen from a folder. A pattern without a slash matches a name anywhere. */
const pathMatcher = (patterns: readonly string[], folder: string): ((path: string) => boolean) => {
  const tests = patterns.map((pattern) => {
    const plain = withoutHere(pattern);
    return picomatch(plain, { dot: true, basename: !plain.includes('/') });
  });
  return (path) => isInside(folder, path) && tests.some((test) => test(relative(folder, path)));
};

const overrideOf = (value: Value, folder: string): Override => {
  const [files, services, roles] = [get(value, 'files'), get(value, 'services'), get(value, 'roles')];
  return {
    files: files && pathMatcher(textsOf(files), folder),
    services: services && picomatch([...textsOf(services)]),
    roles: roles && new Set(itemsOf(roles).flatMap((role) => oneOf(ROLES, role) ?? [])),
    rules: levelsOf(get(value, 'rules')),
  };
};

const stackOf = (name: string, value: Value, folder: string, fs: FileSystem): StackPlan => {
  const listed = value.kind === 'sequence' ? value : get(value, 'files');
  const files = itemsOf(listed).map((item) => {
    const path = absolute(folder, textOf(item) ?? '');
    const reason = whyMissing(fs, path);
    if (reason === undefined) return path;
    throw invalidAt(item, `The stack "${name}" names ${textOf(item)}, which ${reason}.`);
  });
  const profiles = get(value, 'profiles');
  const envFiles = get(value, 'envFiles');
  return {
    name,
    files,
    isDeclared: true,
    ...(profiles ? { profiles: textsOf(profiles) } : {}),
    ...(envFiles ? { envFiles: textsOf(envFiles).map((path) => absolute(folder, path)) } : {}),
  };
};

/** What one settings file adds to those that it extends. */
const applied = (below: Settings, root: Mapping, path: string, fs: FileSystem): Settings => {
  const folder = dirname(path);
  const roles = entriesOf(get(root, 'roles')).flatMap(([pattern, value]) => {
    const role = oneOf(ROLES, value);
    return role ? [{ test: pathMatcher([pattern], folder), role }] : [];
  });
  const ignore = pathMatcher(textsOf(get(root, 'ignore')), folder);
  const stacks = entriesOf(get(root, 'stacks')).map(([name, value]) => stackOf(name, value, folder, fs));
  const names = new Set(stacks.map(({ name }) => name));
  return {
    path,
    preset: below.preset,
    rules: new Map([...below.rules, ...levelsOf(get(root, 'rules'))]),
    overrides: [...below.overrides, ...itemsOf(get(root, 'overrides')).map((value) => overrideOf(value, folder))],
    stacks: [...below.stacks.filter(({ name }) => !names.has(name)), ...stacks],
    roleOf: (file) => roles.find(({ test }) => test(file))?.role ?? below.roleOf(file),
    isIgnored: (file) => ignore(file) || below.isIgnored(file),
    pins: new Map([...below.pins, ...namedTexts(get(root, 'pins'))]),
    volumeNaming: oneOf(VOLUME_STYLES, get(root, 'volumeNaming')) ?? below.volumeNaming,
    decisions: get(root, 'decisions') ? decisionsOf(get(root, 'decisions')) : below.decisions,
    decidedNames: decidedNames(root),
    namedSubjects: namedSubjects(root),
  };
};

const load = (path: string, root: Mapping, fs: FileSystem, chain: readonly string[], start: Settings): Settings => {
  const extended = get(root, 'extends');
  const names = extended?.kind === 'sequence' ? extended.items : extended ? [extended] : [];
  let below = start;
  for (const item of names) {
    const preset = oneOf(PRESETS, item);
    if (preset) {
      below = { ...below, preset };
      continue;
    }
    const name = textOf(item) ?? '';
    const other = absolute(dirname(path), name);
    const isPath = name.includes('.') || name.includes('/');
    const reason = whyMissing(fs, other);
    if (!isPath) {
      const guess = nearest(name, PRESETS);
      const help = guess === undefined ? undefined : `Did you mean "${guess}"?`;
      throw invalidAt(item, `No preset is called "${name}": ${PRESETS.join(', ')}, or the path of a file.`, help);
    }
    if (isAbsolute(name)) throw invalidAt(item, `${name} is not relative to this file.`);
    if (chain.includes(other) || other === path)
      throw invalidAt(
        item,
        `The settings extend each other in a cycle: ${[...chain, path, other].map((each) => basename(each)).join(', ')}.`,
      );
    if (chain.length >= LONGEST_CHAIN)
      throw invalidAt(item, `More than ${LONGEST_CHAIN} settings files extend each other.`);
    if (reason !== undefined) throw invalidAt(item, `${name} ${reason}.`);
    const theirs = readRoot(fs, other);
    if (theirs) below = load(other, theirs, fs, [...chain, path], below);
  }
  return applied(below, root, path, fs);
};

/**
 * Reads a settings file and those that it extends.
 * @throws {RunError} when a file cannot be read or says something that settings cannot say, with every place.
 */
export const readSettings = (fs: FileSystem, path: string): Settings => {
  const root = readRoot(fs, path);
  return root ? load(path, root, fs, [], DEFAULT_SETTINGS) : { ...DEFAULT_SETTINGS, path };
};

/** The settings that hold in a folder: the nearest settings file upwards, as far as the project reaches. */
export const findSettings = (fs: FileSystem, directory: string, root: string): Settings => {
  for (let folder = directory; ; folder = dirname(folder)) {
    for (const name of SETTINGS_FILES) {
      const path = join(folder, name);
      if (fs.kind(path) === 'file') return readSettings(fs, path);
    }
    const manifest = join(folder, 'package.json');
    if (fs.kind(manifest) === 'file' && readRoot(fs, manifest)) return readSettings(fs, manifest);
    if (folder === root || folder === '/' || !isInside(root, folder)) return DEFAULT_SETTINGS;
  }
};
