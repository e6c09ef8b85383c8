import type { ComposePath } from '../model/path.js';
import { type Entry, type Mapping, placeOfValue, type Value } from '../model/value.js';
import type { Tagged } from '../parse/tagged.js';
import type { Span } from '../source/source.js';
import { replaced } from './history.js';

/** A value of earlier documents that a tag took out: its path, the tag and its place, the value, and where it was written. */
export type Removal = Tagged & { readonly value: Value; readonly lost: Span | undefined };

type Taken = { readonly tagged: Tagged; readonly path: ComposePath; readonly value: Value };

/** What has a path, as a tree of the keys; what is in a list is left out. */
type Branch<T> = { here: T | undefined; readonly below: Map<string, Branch<T>> };

const treeOf = <T extends { readonly path: ComposePath }>(found: readonly T[]): Branch<T> => {
  const root: Branch<T> = { here: undefined, below: new Map() };
  for (const one of found) {
    let branch = root;
    for (const key of one.path) {
      if (typeof key !== 'string') break;
      const next = branch.below.get(key) ?? { here: undefined, below: new Map() };
      branch.below.set(key, next);
      branch = next;
    }
    if (one.path.every((key) => typeof key === 'string')) branch.here ??= one;
  }
  return root;
};

/** A key called `*` in a tagged path matches every key, as it does upstream. */
const without = (value: Value, tagged: readonly Branch<Tagged>[], path: ComposePath, taken: Taken[]): Value => {
  if (value.kind !== 'mapping' || tagged.every(({ below }) => below.size === 0)) return value;
  let entries: Map<string, Entry> | undefined;
  for (const [key, entry] of value.entries) {
    const names = key === '*' ? ['*'] : ['*', key];
    const matching = tagged.flatMap(({ below }) => names.flatMap((name) => below.get(name) ?? []));
    if (matching.length === 0) continue;
    const inner = [...path, key];
    const first = matching.find(({ here }) => here)?.here;
    if (first) {
      taken.push({ tagged: first, path: inner, value: entry.value });
      entries ??= new Map(value.entries);
      entries.delete(key);
      continue;
    }
    const kept = without(entry.value, matching, inner, taken);
    if (kept === entry.value) continue;
    entries ??= new Map(value.entries);
    entries.set(key, { ...entry, value: kept });
  }
  return entries ? { ...value, entries } : value;
};

/** The later document with what its own values took the place of. */
const withLosses = (own: Mapping, taken: Branch<Taken>): Mapping => {
  if (taken.below.size === 0) return own;
  const entries = new Map(own.entries);
  for (const [key, branch] of taken.below) {
    const entry = entries.get(key);
    if (!entry) continue;
    if (branch.here) entries.set(key, { ...entry, value: replaced(branch.here.value, entry.value) });
    else if (entry.value.kind === 'mapping') entries.set(key, { ...entry, value: withLosses(entry.value, branch) });
  }
  return { ...own, entries };
};

/**
 * Takes out of an earlier model what a later document tags `!reset` or `!override`. Items of lists are not reached, and a
 * tagged key below a list form finds nothing, as in docker compose.
 * @returns The earlier model without it, the later one with what its values took the place of, and what was taken out.
 * @see compose-spec 13-merge.md, "Reset value" and "Replace value"; compose-go loader/reset.go
 */
export const applyTags = (
  before: Mapping,
  own: Mapping,
  tagged: readonly Tagged[],
): { readonly before: Mapping; readonly own: Mapping; readonly removals: readonly Removal[] } => {
  if (tagged.length === 0) return { before, own, removals: [] };
  const taken: Taken[] = [];
  const result = without(before, [treeOf(tagged)], [], taken);
  return {
    before: result.kind === 'mapping' ? result : before,
    own: withLosses(own, treeOf(taken)),
    removals: taken.map(({ tagged: { tag, at }, path, value }) => ({
      tag,
      at,
      path,
      value,
      lost: placeOfValue(value),
    })),
  };
};
