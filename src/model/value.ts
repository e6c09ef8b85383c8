import type { Span } from '../source/source.js';
import { BOUNDS } from './bounds.js';

/** Where the value of a variable came from. */
export type VariableSource =
  | { readonly kind: 'process' }
  | { readonly kind: 'env-file'; readonly at: Span }
  | { readonly kind: 'project-name' };

/**
 * One variable that an interpolation asked for. `given`: it had a value, from `source`; `default` or `alternate`: the text
 * behind `-` or `+` was taken; `unset`: it gave an empty text.
 */
export type VariableUse = {
  readonly name: string;
  readonly outcome: 'given' | 'default' | 'alternate' | 'unset';
  /** Where the variable is set, and to what, which may be secret; absent where it is not set. */
  readonly source?: VariableSource;
  readonly given?: string;
  /** The reference, `${NAME:-text}` with its dollar sign. */
  readonly at: Span;
};

/** Part of an interpolated text and the part of the file it came from. Offsets `from` and `to` are in the text. */
export type Piece = { readonly from: number; readonly to: number; readonly at: Span; readonly literal: boolean };

/** One step that brought a value to its place. Spans are UTF-16 offsets into the file's text, end exclusive. */
export type Origin =
  /** The user wrote it there; for a part of a short form, the span of the part. */
  | { readonly kind: 'written'; readonly at: Span }
  /** It came along with `*name`, or with `<<: *name`; `at` is the alias. */
  | { readonly kind: 'aliased'; readonly via: '*' | '<<'; readonly at: Span }
  /** It came along with `extends` or `include`; `at` is the value of that key. */
  | { readonly kind: 'inherited'; readonly via: 'extends' | 'include'; readonly at: Span }
  /** Variables were put in. */
  | {
      readonly kind: 'interpolated';
      readonly at: Span;
      readonly variables: readonly VariableUse[];
      readonly pieces: readonly Piece[];
    }
  /** It took the place of another value. */
  | { readonly kind: 'overrode'; readonly at: Span; readonly lost: Span }
  /** It was read from an env file or a label file. */
  | { readonly kind: 'read'; readonly at: Span }
  /** The project's environment gave a value for a key that has none. */
  | { readonly kind: 'environment'; readonly name: string; readonly given: string; readonly source: VariableSource }
  /** Nobody wrote it: a default or a consequence, with the rule that says so. */
  | { readonly kind: 'default'; readonly source: SpecRef };

/** A section of the Compose specification, or a behaviour of docker compose, in words. */
export type SpecRef = string;

/** The history of a value, oldest step first. */
export type Origins = readonly [Origin, ...Origin[]];

/** What a scalar can be. A bigint is an integer that a double does not hold exactly. */
export type ScalarValue = string | number | bigint | boolean | null;

export type Scalar = {
  readonly kind: 'scalar';
  readonly value: ScalarValue;
  /** `float`: a number with a fraction or exponent, even if integral; `timestamp`: a bare date, as RFC 3339 text. */
  readonly form?: 'float' | 'timestamp';
  /** For `NAME=value` made of a mapping entry: that entry, so that its places are not lost. */
  readonly pair?: Entry;
  readonly origins: Origins;
};

export type Sequence = { readonly kind: 'sequence'; readonly items: readonly Value[]; readonly origins: Origins };

/** One `key: value`. The key's span is that of the file that wrote it last; a default has none. */
export type Entry = { readonly key?: Span; readonly value: Value };

export type Mapping = {
  readonly kind: 'mapping';
  readonly entries: ReadonlyMap<string, Entry>;
  readonly origins: Origins;
};

/** A value of the Compose model with its history. Immutable. */
export type Value = Scalar | Sequence | Mapping;

export const scalar = (value: ScalarValue, origins: Origins, form?: Scalar['form']): Scalar =>
  form === undefined ? { kind: 'scalar', value, origins } : { kind: 'scalar', value, form, origins };

export const sequence = (items: readonly Value[], origins: Origins): Sequence => ({ kind: 'sequence', items, origins });

export const mapping = (entries: ReadonlyMap<string, Entry>, origins: Origins): Mapping => ({
  kind: 'mapping',
  entries,
  origins,
});

/** The origins of something that nobody wrote. */
export const byDefault = (source: SpecRef): Origins => [{ kind: 'default', source }];

/** Value at a key of a mapping; undefined for a missing key and for anything that is no mapping. */
export const get = (value: Value | undefined, ...keys: readonly (string | number)[]): Value | undefined => {
  let found = value;
  for (const key of keys) {
    if (found?.kind === 'mapping') found = found.entries.get(String(key))?.value;
    else if (found?.kind === 'sequence' && typeof key === 'number') found = found.items[key];
    else return undefined;
  }
  return found;
};

/** Items of a list; none of anything else. */
export const itemsOf = (value: Value | undefined): readonly Value[] => (value?.kind === 'sequence' ? value.items : []);

/** Calls `visit` for every scalar of a value. */
export const eachScalar = (value: Value, visit: (value: Scalar) => void): void => {
  if (value.kind === 'scalar') visit(value);
  else if (value.kind === 'sequence') for (const item of value.items) eachScalar(item, visit);
  else for (const entry of value.entries.values()) eachScalar(entry.value, visit);
};

/** The text of a string scalar. */
export const textOf = (value: Value | undefined): string | undefined =>
  value?.kind === 'scalar' && typeof value.value === 'string' && value.form === undefined ? value.value : undefined;

export const isNull = (value: Value | undefined): boolean => value?.kind === 'scalar' && value.value === null;

export const isTrue = (value: Value | undefined): boolean => value?.kind === 'scalar' && value.value === true;

/** Whether a scalar is a whole number in the sense of docker compose: `5`, not `5.0`. */
export const isInteger = (value: Value): value is Scalar & { readonly value: number | bigint } =>
  value.kind === 'scalar' &&
  value.form === undefined &&
  (typeof value.value === 'bigint' || typeof value.value === 'number');

/** Whether a variable that nobody has set was put in, so that what the value will be is not known. */
export const hasUnsetVariable = ({ origins }: Value): boolean =>
  origins.some(
    (origin) => origin.kind === 'interpolated' && origin.variables.some(({ outcome }) => outcome === 'unset'),
  );

/** Whether a part of a value came with `extends`. */
export const isExtended = ({ origins }: Value): boolean =>
  origins.some((origin) => origin.kind === 'inherited' && origin.via === 'extends');

/** Where the user wrote the value as it stands now: the span of its latest written or read step. */
export const placeOfValue = (value: Value): Span | undefined => {
  for (let i = value.origins.length - 1; i >= 0; i -= 1) {
    const origin = value.origins[i];
    if (origin?.kind === 'written' || origin?.kind === 'read') return origin.at;
  }
  return undefined;
};

/** A history of bearable length: where it is too long, the oldest steps behind the first one are given up. */
export const bounded = (origins: Origins): Origins => {
  const { length } = origins;
  return length <= BOUNDS.history ? origins : [origins[0], ...origins.slice(length - BOUNDS.history + 1)];
};

/** The same value with one more step. */
export const withOrigin = <V extends Value>(value: V, origin: Origin): V => ({
  ...value,
  origins: bounded([...value.origins, origin]),
});

/** The same value with one more step on it and on everything inside it: a subtree that came along as a whole. */
export const withOriginDeep = (value: Value, origin: Origin): Value => {
  const origins: Origins = bounded([...value.origins, origin]);
  if (value.kind === 'scalar') return { ...value, origins };
  if (value.kind === 'sequence')
    return sequence(
      value.items.map((item) => withOriginDeep(item, origin)),
      origins,
    );
  const entries = new Map<string, Entry>();
  for (const [key, entry] of value.entries) entries.set(key, { ...entry, value: withOriginDeep(entry.value, origin) });
  return mapping(entries, origins);
};

/** The same mapping with one entry set or replaced, or taken away when the entry is undefined. */
export const withEntry = (value: Mapping, key: string, entry: Entry | undefined): Mapping => {
  const entries = new Map(value.entries);
  if (entry) entries.set(key, entry);
  else entries.delete(key);
  return { ...value, entries };
};

/** Whether two values are the same data, whatever their history. Integers and floats differ, null and `{}` differ. */
export const sameData = (a: Value, b: Value): boolean => {
  if (a === b) return true;
  if (a.kind === 'scalar') return b.kind === 'scalar' && a.value === b.value && a.form === b.form;
  if (a.kind === 'sequence') {
    if (b.kind !== 'sequence' || a.items.length !== b.items.length) return false;
    return a.items.every((item, i) => {
      const other = b.items[i];
      return other !== undefined && sameData(item, other);
    });
  }
  if (b.kind !== 'mapping' || a.entries.size !== b.entries.size) return false;
  for (const [key, entry] of a.entries) {
    const other = b.entries.get(key);
    if (!other || !sameData(entry.value, other.value)) return false;
  }
  return true;
};
