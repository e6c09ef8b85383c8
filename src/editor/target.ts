import type { ComposePath } from '../model/path.js';
import { type Mapping, type Origin, placeOfValue, type Value } from '../model/value.js';
import type { ParsedFile } from '../parse/parse.js';
import type { Span } from '../source/source.js';

/** What stands under the cursor in a Compose file: a key, a value, or an alias that stands for one. */
export type Target = {
  readonly on: 'key' | 'value' | 'alias';
  readonly offset: number;
  /** What is under the cursor itself. */
  readonly at: Span;
  /** The value that is written there: that of the key, or the alias. */
  readonly written: Span;
  /** Where the file itself has the value, whatever becomes of it. */
  readonly path: ComposePath;
};

const covers = ({ start, end }: Span, offset: number): boolean => start <= offset && offset <= end;

/** Where a file has a value: at the alias that stands for it, or else where it is written. */
const placeIn = (value: Value): { readonly at: Span; readonly isAlias: boolean } | undefined => {
  const alias = value.origins.findLast((origin) => origin.kind === 'aliased');
  const at = alias?.at ?? placeOfValue(value);
  return at && { at, isAlias: alias !== undefined };
};

const childrenOf = (
  value: Value,
): readonly (readonly [key: string | number, value: Value, keyAt: Span | undefined])[] => {
  if (value.kind === 'scalar') return [];
  if (value.kind === 'sequence') return value.items.map((item, i) => [i, item, undefined]);
  // What a merge key brings along stands elsewhere.
  return [...value.entries]
    .filter(([, entry]) => !entry.value.origins.some((origin) => origin.kind === 'aliased' && origin.via === '<<'))
    .map(([key, entry]) => [key, entry.value, entry.key]);
};

/** The alias behind a merge key, as what it brings along tells of it. */
const mergedAt = (value: Value, offset: number): Span | undefined => {
  if (value.kind !== 'mapping') return undefined;
  for (const [, entry] of value.entries)
    for (const origin of entry.value.origins)
      if (origin.kind === 'aliased' && origin.via === '<<' && covers(origin.at, offset)) return origin.at;
  return undefined;
};

const find = (value: Value, path: ComposePath, offset: number): Target | undefined => {
  const merged = mergedAt(value, offset);
  if (merged) return { on: 'alias', offset, at: merged, written: merged, path };
  for (const [key, child, keyAt] of childrenOf(value)) {
    const place = placeIn(child);
    const below = [...path, key];
    if (keyAt && covers(keyAt, offset))
      return { on: 'key', offset, at: keyAt, written: place?.at ?? keyAt, path: below };
    if (!place || !covers(place.at, offset)) continue;
    const here: Target = {
      on: place.isAlias ? 'alias' : 'value',
      offset,
      at: place.at,
      written: place.at,
      path: below,
    };
    if (place.isAlias || child.kind === 'scalar') return here;
    return find(child, below, offset);
  }
  return undefined;
};

/** What stands at an offset of a Compose file; undefined between its values. */
export const targetAt = ({ documents }: ParsedFile, offset: number): Target | undefined => {
  for (const { root } of documents) {
    const found = find(root, [], offset);
    if (found) return found;
  }
  return undefined;
};

/** A value of a resolved model that comes from a place. */
export type ValueAt = { readonly path: ComposePath; readonly value: Value };

/** The places that a step of a history names, as far as what stands there became the value, or lost against it. */
const placesOf = (origin: Origin): readonly Span[] => {
  if (origin.kind === 'overrode') return [origin.lost];
  return origin.kind === 'written' || origin.kind === 'aliased' ? [origin.at] : [];
};

/** How far a place is from what is asked for: the smaller, the better; undefined for one that has nothing to do with it. */
const distance = (at: Span, { on, offset, written }: Target): number | undefined => {
  if (at.source.path !== written.source.path) return undefined;
  if (on !== 'value') return at.start === written.start && at.end === written.end ? 0 : undefined;
  return covers(at, offset) ? at.end - at.start : undefined;
};

/** Whether docker compose passes a value over: fragments for anchors live under such keys. */
const isExtension = ({ path: [section] }: ValueAt): number => Number(String(section).startsWith('x-'));

const cameAlong = ({ value }: ValueAt): number =>
  value.origins.filter((origin) => origin.kind === 'aliased' || origin.kind === 'inherited').length;

/**
 * The values of a resolved model that what stands under the cursor has become, or has lost against: the narrowest ones. Several
 * where a service is extended, or an anchor used more than once; those that stand there themselves come first.
 */
export const valuesAt = (model: Mapping, target: Target): readonly ValueAt[] => {
  let found: ValueAt[] = [];
  let least = Number.POSITIVE_INFINITY;
  const visit = (value: Value, path: ComposePath): void => {
    const near = value.origins.flatMap(placesOf).flatMap((at) => distance(at, target) ?? []);
    const best = Math.min(Number.POSITIVE_INFINITY, ...near);
    if (best < least) [found, least] = [[], best];
    if (near.length > 0 && best === least) found.push({ path, value });
    if (value.kind === 'sequence') for (const [i, item] of value.items.entries()) visit(item, [...path, i]);
    if (value.kind === 'mapping') for (const [key, entry] of value.entries) visit(entry.value, [...path, key]);
  };
  visit(model, []);
  return found.sort((a, b) => isExtension(a) - isExtension(b) || cameAlong(a) - cameAlong(b));
};
