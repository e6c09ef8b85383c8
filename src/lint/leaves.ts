import { below, type ComposePath, type PathTable, pathTable } from '../model/path.js';
import { get, isNull, type Mapping, placeOfValue, textOf, type Value } from '../model/value.js';
import { mergesByName } from '../resolve/merge.js';
import { sprint } from '../resolve/sprint.js';
import { isUniqueList } from '../resolve/unique.js';
import { parseVolume } from '../resolve/volume.js';
import { grouped } from '../source/grouped.js';
import { oncePer, oncePerText } from '../source/once.js';
import type { Span } from '../source/source.js';

/**
 * One setting of a service: the smallest thing that is given, overridden or repeated. A list entry or a map value is one;
 * what a later file replaces as a whole (a command, a probe's test) is one whatever its length.
 */
export type Leaf = {
  /** Keys from the service down; an item of a list is addressed by what makes it unique: a mount by its target. */
  readonly path: ComposePath;
  /** The same place with keys and list positions as they are written. */
  readonly real: ComposePath;
  /** What is given there, in one notation for all ways of writing it. Not masked: see `show` before printing. */
  readonly text: string;
  readonly value: Value;
  readonly at: Span | undefined;
  /** Whether it is written elsewhere and came here by `*name` or `<<`. */
  readonly isAliased: boolean;
};

/** How the value at a path falls into leaves. */
type Split = 'whole' | 'pairs' | 'names' | 'mounts' | 'files' | 'devices' | 'ports';

/** Paths, from a service down, that do not simply fall apart into their scalars. @see compose-spec 13-merge.md */
const SPLITS: PathTable<Split> = pathTable<Split>({
  command: 'whole',
  entrypoint: 'whole',
  'healthcheck.test': 'whole',
  'ulimits.*': 'whole',
  annotations: 'pairs',
  'build.args': 'pairs',
  'build.labels': 'pairs',
  'deploy.labels': 'pairs',
  environment: 'pairs',
  labels: 'pairs',
  sysctls: 'pairs',
  depends_on: 'names',
  networks: 'names',
  volumes: 'mounts',
  configs: 'files',
  secrets: 'files',
  devices: 'devices',
  ports: 'ports',
});

/** What stands for a variable or label without a value. */
export const UNVALUED = '(from the environment)';

const leaf = (path: ComposePath, text: string, value: Value, real: ComposePath = path): Leaf => ({
  path,
  real,
  text,
  value,
  at: placeOfValue(value),
  isAliased: value.origins.some((origin) => origin.kind === 'aliased'),
});

const sorted = (value: Value): unknown => {
  if (value.kind === 'sequence') return value.items.map(sorted);
  if (value.kind === 'scalar') return typeof value.value === 'bigint' ? String(value.value) : value.value;
  return Object.fromEntries(
    [...value.entries].map(([key, entry]) => [key, sorted(entry.value)] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
};

/** A value as one line, the same for equal data. */
export const lineOf = (value: Value): string =>
  value.kind === 'scalar' ? sprint(value) : JSON.stringify(sorted(value));

const pairOf = (item: Value): readonly [string, string] => {
  const text = lineOf(item);
  const equals = text.indexOf('=');
  return equals < 0 ? [text, UNVALUED] : [text.slice(0, equals), text.slice(equals + 1)];
};

/** `service_started` unless a condition is given; what else is unusual behind it. */
const dependencyText = (value: Value): string => {
  const condition = textOf(get(value, 'condition')) ?? 'service_started';
  const flag = (key: string): unknown => {
    const found = get(value, key);
    return found?.kind === 'scalar' ? found.value : undefined;
  };
  return `${condition}${flag('restart') === true ? ', restarts with it' : ''}${flag('required') === false ? ', optional' : ''}`;
};

const nameText = (value: Value, isDependency: boolean): string => {
  if (isDependency) return dependencyText(value);
  return isNull(value) || (value.kind === 'mapping' && value.entries.size === 0) ? '' : lineOf(value);
};

const mountTarget = (item: Value): string => {
  const text = textOf(item);
  if (text === undefined) return textOf(get(item, 'target')) ?? lineOf(item);
  const parsed = parseVolume(text);
  return 'reason' in parsed ? text : (parsed.target?.text ?? text);
};

/** Where a config or a secret is put: by its own name, unless something else is said. */
const fileTarget = (item: Value): string => lineOf(get(item, 'target') ?? get(item, 'source') ?? item);

/** Where a device is to be found in the container. */
const deviceTarget = (item: Value): string => {
  const text = textOf(item);
  if (text === undefined) return textOf(get(item, 'target')) ?? lineOf(item);
  const [device = '', target = device] = text.split(':');
  return target;
};

/** `host:published:target/protocol` of the long form, with nothing for what is not given. */
const portKey = (item: Value): string => {
  if (item.kind !== 'mapping') return lineOf(item);
  const part = (key: string): string => {
    const value = get(item, key);
    return value ? lineOf(value) : '';
  };
  const host = part('host_ip') === '' ? '' : `${part('host_ip')}:`;
  const published = part('published') === '' ? '' : `${part('published')}:`;
  const protocol = ['', 'tcp'].includes(part('protocol')) ? '' : `/${part('protocol')}`;
  return `${host}${published}${part('target')}${protocol}`;
};

type Item = readonly [key: string, text: string, value: Value];

const itemsBy: Readonly<Record<Exclude<Split, 'whole'>, (item: Value) => Item>> = {
  pairs: (item) => [...pairOf(item), item],
  names: (item) => [lineOf(item), '', item],
  mounts: (item) => [mountTarget(item), lineOf(item), item],
  files: (item) => [fileTarget(item), lineOf(item), item],
  devices: (item) => [deviceTarget(item), lineOf(item), item],
  ports: (item) => [portKey(item), lineOf(item), item],
};

const split = (value: Value, path: ComposePath, how: Split): readonly Leaf[] => {
  if (how === 'whole') return [leaf(path, lineOf(value), value)];
  const isDependency = path[0] === 'depends_on';
  if (value.kind === 'sequence')
    return value.items.map((item, i) => {
      const [key, text] = itemsBy[how](item);
      return leaf([...path, key], isDependency ? 'service_started' : text, item, [...path, i]);
    });
  if (value.kind === 'scalar') return [leaf(path, lineOf(value), value)];
  return [...value.entries].map(([key, entry]) => {
    const unvalued = how === 'pairs' && isNull(entry.value);
    const text = how === 'names' ? nameText(entry.value, isDependency) : unvalued ? UNVALUED : lineOf(entry.value);
    return leaf([...path, key], text, entry.value);
  });
};

const walk = (value: Value, path: ComposePath, table: PathTable<Split> | undefined): readonly Leaf[] => {
  if (table?.value) return split(value, path, table.value);
  if (value.kind === 'mapping' && value.entries.size > 0)
    return [...value.entries].flatMap(([key, entry]) => walk(entry.value, [...path, key], below(table, key)));
  if (value.kind === 'sequence' && value.items.length > 0)
    return value.items.map((item, i) => leaf([...path, lineOf(item)], lineOf(item), item, [...path, i]));
  return [leaf(path, lineOf(value), value)];
};

/** The settings of a service, as written or resolved, in the order in which they stand there. */
export const leavesOf = oncePer((service: Value): readonly Leaf[] => walk(service, [], SPLITS));

/** A path as a key that is quickly made, and shown to nobody: no key of a file holds this character. */
const hiddenKey = (path: ComposePath): string => {
  let text = '';
  for (const key of path) text += `\u0000${key}`;
  return text;
};

const byPath = (leaves: readonly Leaf[]): ReadonlyMap<string, Leaf> => {
  const found = new Map<string, Leaf>();
  for (const leaf of leaves) found.set(hiddenKey(leaf.path), leaf);
  return found;
};

/** The settings below one key of a service by the keys of their paths; of several at one path, the last, which counts. */
const leavesBelow = oncePer((service: Value) =>
  oncePerText((key): ReadonlyMap<string, Leaf> => {
    const value = get(service, key);
    return byPath(value ? walk(value, [key], below(SPLITS, key)) : []);
  }),
);

/** The setting of a service at a path. */
export const leafIn = (service: Value, path: ComposePath): Leaf | undefined => {
  const [key] = path;
  const leaves = key === undefined ? byPath(leavesOf(service)) : leavesBelow(service)(String(key));
  return leaves.get(hiddenKey(path));
};

const byHiddenKey = oncePer((service: Value) => grouped(leavesOf(service), ({ path }) => hiddenKey(path)));

/** Whether a service says only once what is to be at a path: the last of several hides the others. */
export const isSaidOnce = (service: Value, { path }: Leaf): boolean =>
  byHiddenKey(service).get(hiddenKey(path))?.length === 1;

/** The settings of a whole model by path, those of services addressed as in `leavesOf`. */
export const modelLeaves = (model: Mapping): readonly Leaf[] =>
  [...model.entries].flatMap(([section, entry]) => {
    if (section !== 'services' || entry.value.kind !== 'mapping') return walk(entry.value, [section], undefined);
    return [...entry.value.entries].flatMap(([name, service]) =>
      leavesOf(service.value).map((found) => ({ ...found, path: ['services', name, ...found.path] })),
    );
  });

/** A path as a key of a map. */
export const pathKey = (path: ComposePath): string => JSON.stringify(path.map(String));

/** Whether a setting is an item of a list that has twice what is said twice: as a rule docker compose refuses that. */
export const isKeptTwice = ({ real }: Leaf): boolean => {
  const depth = real.findIndex((part) => typeof part === 'number');
  if (depth < 0) return false;
  const list: ComposePath = ['services', '*', ...real.slice(0, depth)];
  return !mergesByName(list) && !isUniqueList(list);
};
