import { part } from '../model/part.js';
import {
  byDefault,
  type Entry,
  type Mapping,
  mapping,
  type Origins,
  placeOfValue,
  type Scalar,
  scalar,
  sequence,
  type Value,
} from '../model/value.js';
import { joinSpans } from '../source/source.js';
import { entryOf } from './history.js';
import { byCodePoint, sprint } from './sprint.js';

/** `NAME=value` made of a mapping entry. It remembers the entry. */
const pairText = (name: string, entry: Entry, value: Value): Scalar => {
  const isBare = value.kind === 'scalar' && value.value === null;
  const at = placeOfValue(value);
  const origins: Origins =
    entry.key && at && at.source === entry.key.source
      ? [
          { kind: 'written', at: joinSpans(entry.key, at) },
          ...value.origins.filter((origin) => origin.kind !== 'written'),
        ]
      : value.origins;
  return { kind: 'scalar', value: isBare ? name : `${name}=${sprint(value)}`, pair: { ...entry, value }, origins };
};

/**
 * A mapping or a single text as the list it stands for, sorted by text; a list stays as it is.
 * @returns undefined for what is neither, as docker compose then sees no list at all.
 * @see compose-go override/merge.go, convertIntoSequence
 */
export const asList = (value: Value): readonly Value[] | undefined => {
  if (value.kind === 'sequence') return value.items;
  if (value.kind === 'scalar') return typeof value.value === 'string' ? [value] : undefined;
  const items: Scalar[] = [];
  for (const [name, entry] of value.entries) {
    if (entry.value.kind === 'sequence') items.push(...entry.value.items.map((item) => pairText(name, entry, item)));
    else items.push(pairText(name, entry, entry.value));
  }
  return items.sort((a, b) => byCodePoint(String(a.value), String(b.value)));
};

/** A list of names as a mapping from each name to `content`; a mapping stays as it is, anything else is undefined. */
export const asMapping = (value: Value, content: (item: Value) => Value): Mapping | undefined => {
  if (value.kind === 'mapping') return value;
  if (value.kind !== 'sequence') return undefined;
  const entries = new Map<string, Entry>();
  for (const item of value.items)
    if (item.kind === 'scalar' && typeof item.value === 'string')
      entries.set(item.value, entryOf(content(item), placeOfValue(item)));
  return mapping(entries, value.origins);
};

/** What a name in a list of dependencies stands for. */
export const startedDependency = (item: Value): Mapping => {
  const source = 'compose-spec 05-services.md, "depends_on", short syntax';
  return mapping(
    new Map([
      ['condition', { value: scalar('service_started', byDefault(source)) }],
      ['required', { value: scalar(true, byDefault(source)) }],
    ]),
    item.origins,
  );
};

/** What a name in a list stands for where the mapping form allows null. */
export const nothing = (item: Value): Scalar => scalar(null, item.origins);

/** One item of a `NAME=value` list as an entry: the name, where it stands, and the value or null when there is no `=`. */
export const pairOf = (item: Scalar): { readonly name: string; readonly entry: Entry } => {
  const text = typeof item.value === 'string' ? item.value : sprint(item);
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  if (item.pair) {
    const { value } = item.pair;
    const content = equals < 0 ? null : text.slice(equals + 1);
    const later = item.origins.filter((origin) => origin.kind !== 'written' && !value.origins.includes(origin));
    return { name, entry: { ...item.pair, value: scalar(content, [...value.origins, ...later]) } };
  }
  const key = placeOfValue(part(item, 0, name.length));
  if (equals < 0) return { name, entry: entryOf(scalar(null, item.origins), key) };
  return { name, entry: entryOf(part(item, equals + 1, text.length), key) };
};

/** A list that holds the items of two. */
export const concatenated = (base: readonly Value[], override: readonly Value[], origins: Origins): Value =>
  sequence([...base, ...override], origins);
