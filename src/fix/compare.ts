import type { ComposePath } from '../model/path.js';
import { below, type PathTable, pathTable } from '../model/path.js';
import type { Project } from '../model/project.js';
import {
  get,
  type Mapping,
  mapping,
  type Sequence,
  sameData,
  scalar,
  sequence,
  textOf,
  type Value,
  withEntry,
} from '../model/value.js';

/**
 * One place where two projects differ. The path of something added is that in the later project, of everything else that in
 * the earlier one. Services of inactive profiles stand below `disabled`.
 */
export type Difference = { readonly path: ComposePath } & (
  | { readonly kind: 'added'; readonly after: Value }
  | { readonly kind: 'removed'; readonly before: Value }
  | { readonly kind: 'changed'; readonly before: Value; readonly after: Value }
);

/**
 * Lists whose order has no effect on what runs: docker compose makes sets of them, or looks their items up by key.
 * All other lists are compared in order: words of a command, env files, DNS servers, which are asked one after another.
 */
const UNORDERED: PathTable<true> = pathTable<true>(
  Object.fromEntries(
    [
      'annotations',
      'cap_add',
      'cap_drop',
      'configs',
      'device_cgroup_rules',
      'devices',
      'expose',
      'external_links',
      'group_add',
      'ports',
      'profiles',
      'secrets',
      'security_opt',
      'tmpfs',
      'volumes',
    ].flatMap((key) => [
      [`services.*.${key}`, true],
      [`disabled.*.${key}`, true],
    ]),
  ),
);

/** Pairs of list positions above which items are only looked for at their own position. */
const LIMIT = 1_000_000;

/** Pairs of positions of items that are the same and in the same order in both lists: the most there are. */
const commonItems = (a: readonly Value[], b: readonly Value[]): readonly (readonly [number, number])[] => {
  const same = (i: number, j: number): boolean => {
    const [ours, theirs] = [a[i], b[j]];
    return ours !== undefined && theirs !== undefined && sameData(ours, theirs);
  };
  if (a.length * b.length > LIMIT) return [...a.keys()].flatMap((i) => (same(i, i) ? [[i, i] as const] : []));
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = lengths[i];
      if (row) row[j] = same(i, j) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const pairs: (readonly [number, number])[] = [];
  for (let [i, j] = [0, 0]; i < a.length && j < b.length; ) {
    if (same(i, j)) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
};

/** Pairs of positions of the same items, in whatever order. */
const equalItems = (a: readonly Value[], b: readonly Value[]): readonly (readonly [number, number])[] => {
  const free = new Set(b.keys());
  const pairs: (readonly [number, number])[] = [];
  for (const [i, ours] of a.entries())
    for (const j of free) {
      const theirs = b[j];
      if (!theirs || !sameData(ours, theirs)) continue;
      free.delete(j);
      pairs.push([i, j]);
      break;
    }
  return pairs;
};

/** What tells an item of a list from the others, if it is a mapping that says so. */
const identity = (item: Value): string | undefined => {
  if (item.kind !== 'mapping') return undefined;
  const [target, protocol] = [get(item, 'target'), textOf(get(item, 'protocol')) ?? ''];
  return target?.kind === 'scalar' ? `${String(target.value)}/${protocol}` : undefined;
};

const compareLists = (before: Sequence, after: Sequence, path: ComposePath, isUnordered: boolean): Difference[] => {
  const pairs = isUnordered ? equalItems(before.items, after.items) : commonItems(before.items, after.items);
  const [ours, theirs] = [new Set(pairs.map(([i]) => i)), new Set(pairs.map(([, j]) => j))];
  const removed = [...before.items.entries()].filter(([i]) => !ours.has(i));
  const added = [...after.items.entries()].filter(([j]) => !theirs.has(j));
  const found: Difference[] = [];
  const isSameLength = before.items.length === after.items.length;
  for (const [i, item] of removed) {
    const key = identity(item);
    const partner = added.findIndex(([j, other]) =>
      key === undefined ? isSameLength && i === j : identity(other) === key,
    );
    const [[, other] = []] = partner < 0 ? [] : added.splice(partner, 1);
    if (other) found.push(...compareValues(item, other, [...path, i], undefined));
    else found.push({ path: [...path, i], kind: 'removed', before: item });
  }
  for (const [j, item] of added) found.push({ path: [...path, j], kind: 'added', after: item });
  return found;
};

const compareMappings = (
  before: Mapping,
  after: Mapping,
  path: ComposePath,
  table: PathTable<true> | undefined,
): Difference[] => {
  const found: Difference[] = [];
  for (const [key, entry] of before.entries) {
    const other = after.entries.get(key);
    const inner = [...path, key];
    if (other) found.push(...compareValues(entry.value, other.value, inner, below(table, key)));
    else found.push({ path: inner, kind: 'removed', before: entry.value });
  }
  for (const [key, entry] of after.entries)
    if (!before.entries.has(key)) found.push({ path: [...path, key], kind: 'added', after: entry.value });
  return found;
};

const compareValues = (
  before: Value,
  after: Value,
  path: ComposePath,
  table: PathTable<true> | undefined,
): Difference[] => {
  if (sameData(before, after)) return [];
  if (before.kind === 'mapping' && after.kind === 'mapping') return compareMappings(before, after, path, table);
  if (before.kind === 'sequence' && after.kind === 'sequence')
    return compareLists(before, after, path, table?.value === true);
  return [{ path, kind: 'changed', before, after }];
};

/** All of a project that docker compose acts on: fragments that only aliases use (`x-…` at the top) are no part of it. */
const whole = ({ model, disabled }: Project): Mapping => {
  const entries = new Map([...model.entries].filter(([key]) => !key.startsWith('x-')));
  if (disabled.entries.size > 0) entries.set('disabled', { value: disabled });
  return mapping(entries, model.origins);
};

/** Keys of volumes that are new, with the old key of the same real volume: Docker knows volumes by their names. */
const renamedVolumes = (before: Project, after: Project): ReadonlyMap<string, string> => {
  const [ours, theirs] = [get(before.model, 'volumes'), get(after.model, 'volumes')];
  const renamed = new Map<string, string>();
  if (ours?.kind !== 'mapping' || theirs?.kind !== 'mapping') return renamed;
  const gone = [...ours.entries].filter(([key]) => !theirs.entries.has(key));
  for (const [key, { value }] of theirs.entries) {
    const name = textOf(get(value, 'name'));
    const same = gone.filter(([, old]) => name !== undefined && textOf(get(old.value, 'name')) === name);
    const [[old] = []] = same;
    if (!ours.entries.has(key) && old !== undefined && same.length === 1) renamed.set(key, old);
  }
  return renamed;
};

/** The same value with some keys renamed, in its own entries only. */
const withKeys = (value: Value | undefined, names: ReadonlyMap<string, string>): Value | undefined =>
  value?.kind === 'mapping'
    ? mapping(new Map([...value.entries].map(([key, entry]) => [names.get(key) ?? key, entry])), value.origins)
    : value;

/** A service whose mounts name volumes by other keys. */
const withSources = (service: Value, names: ReadonlyMap<string, string>): Value => {
  const mounts = get(service, 'volumes');
  if (service.kind !== 'mapping' || mounts?.kind !== 'sequence') return service;
  const items = mounts.items.map((item) => {
    const source = get(item, 'source');
    const name = names.get(textOf(source) ?? '');
    const isVolume = item.kind === 'mapping' && textOf(get(item, 'type')) === 'volume';
    return isVolume && source && name !== undefined
      ? withEntry(item, 'source', { value: scalar(name, source.origins) })
      : item;
  });
  return withEntry(service, 'volumes', { value: sequence(items, mounts.origins) });
};

const eachService = (services: Value | undefined, names: ReadonlyMap<string, string>): Mapping | undefined =>
  services?.kind === 'mapping'
    ? mapping(
        new Map(
          [...services.entries].map(([key, entry]) => [key, { ...entry, value: withSources(entry.value, names) }]),
        ),
        services.origins,
      )
    : undefined;

/** The later project with the volume keys of the earlier one, where only the key is another. */
const withOldKeys = (before: Project, after: Project): Project => {
  const names = renamedVolumes(before, after);
  if (names.size === 0) return after;
  const services = eachService(get(after.model, 'services'), names);
  const volumes = withKeys(get(after.model, 'volumes'), names);
  let { model } = after;
  if (services) model = withEntry(model, 'services', { value: services });
  if (volumes) model = withEntry(model, 'volumes', { value: volumes });
  return { ...after, model, disabled: eachService(after.disabled, names) ?? after.disabled };
};

/**
 * Where two resolved projects differ, as deep in the model as possible. Keys of mappings have no order; lists are compared in
 * order, except those whose order has no effect. A volume whose key is another but whose name is the same is the same volume.
 * @returns none when docker compose would run the same.
 */
export const compareProjects = (before: Project, after: Project): readonly Difference[] =>
  compareValues(whole(before), whole(withOldKeys(before, after)), [], UNORDERED);
