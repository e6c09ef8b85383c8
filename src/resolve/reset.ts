import type { ComposePath } from '../model/path.js';
import { type Mapping, placeOfValue, type Value, withEntry } from '../model/value.js';
import type { Tagged } from '../parse/tags.js';
import type { Span } from '../source/source.js';
import { replaced } from './history.js';

/** A value of earlier documents that a tag took out: its path, the tag and its place, and where the value was written. */
export type Removal = Tagged & { readonly lost: Span | undefined };

/** Whether a path is the one that was tagged. A key called `*` in the tagged path matches every key, as it does upstream. */
const matches = (tagged: ComposePath, path: ComposePath): boolean =>
  tagged.length === path.length &&
  tagged.every((key, i) => key === '*' || (typeof key === 'string' && key === path[i]));

type Taken = { readonly tagged: Tagged; readonly path: ComposePath; readonly value: Value };

const without = (value: Value, tagged: readonly Tagged[], path: ComposePath, taken: Taken[]): Value => {
  if (value.kind !== 'mapping') return value;
  let result: Mapping = value;
  for (const [key, entry] of value.entries) {
    const inner = [...path, key];
    const own = tagged.find((pattern) => matches(pattern.path, inner));
    if (own) {
      taken.push({ tagged: own, path: inner, value: entry.value });
      result = withEntry(result, key, undefined);
      continue;
    }
    const deeper = tagged.filter((pattern) => pattern.path.length > inner.length);
    if (deeper.length === 0) continue;
    const kept = without(entry.value, deeper, inner, taken);
    if (kept !== entry.value) result = withEntry(result, key, { ...entry, value: kept });
  }
  return result;
};

/** The later document with what its own value at a path took the place of. */
const withLoss = (own: Mapping, [key, ...deeper]: ComposePath, lost: Value): Mapping => {
  const entry = own.entries.get(String(key));
  if (!entry) return own;
  if (deeper.length === 0) return withEntry(own, String(key), { ...entry, value: replaced(lost, entry.value) });
  if (entry.value.kind !== 'mapping') return own;
  return withEntry(own, String(key), { ...entry, value: withLoss(entry.value, deeper, lost) });
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
  const result = without(before, tagged, [], taken);
  return {
    before: result.kind === 'mapping' ? result : before,
    own: taken.reduce((later, { path, value }) => withLoss(later, path, value), own),
    removals: taken.map(({ tagged: { tag, at }, path, value }) => ({ tag, at, path, lost: placeOfValue(value) })),
  };
};
