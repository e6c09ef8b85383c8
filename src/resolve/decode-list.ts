import { spend } from '../model/budget.js';
import { narrowed } from '../model/part.js';
import type { ComposePath } from '../model/path.js';
import {
  byDefault,
  type Entry,
  isInteger,
  isNull,
  type Mapping,
  mapping,
  placeOfValue,
  type Scalar,
  type ScalarValue,
  type Sequence,
  scalar,
  sequence,
  textOf,
  type Value,
} from '../model/value.js';
import { type DecodeRun, type Decoder, refuse, same, text } from './decode-scalar.js';
import { entryOf } from './history.js';
import { pairOf } from './lists.js';
import { splitWords } from './shell-words.js';
import { sprint } from './sprint.js';

/** Items of a list, each converted; undefined for what is no list. */
const items = (value: Value, path: ComposePath, run: DecodeRun, item: Decoder): Value | undefined => {
  if (value.kind !== 'sequence') return undefined;
  const decoded: Value[] = [];
  for (const [i, inner] of value.items.entries()) {
    const result = isNull(inner) ? same(inner, '') : item(inner, [...path, i], run);
    if (result) decoded.push(result);
  }
  return sequence(decoded, value.origins);
};

const strictText: Decoder = (value, path, run) =>
  textOf(value) === undefined ? refuse(run, value, path, 'must be a text.') : value;

export const command: Decoder = (value, path, run) => {
  const given = textOf(value);
  if (given === undefined || value.kind !== 'scalar') return items(value, path, run, strictText) ?? same(value, null);
  const words = splitWords(given);
  if (!words)
    return refuse(run, value, path, 'is not a command line: a quote is not closed, or a parenthesis is not quoted.');
  if (!spend(run.budget, 'words', words.length, placeOfValue(value))) return undefined;
  return sequence(
    words.map(({ text: word, from, to }) => narrowed(value, word, from, to)),
    value.origins,
  );
};

export const test: Decoder = (value, path, run) => {
  if (textOf(value) !== undefined)
    return sequence(
      [scalar('CMD-SHELL', byDefault('compose-spec 05-services.md, "healthcheck", test')), value],
      value.origins,
    );
  return items(value, path, run, strictText) ?? refuse(run, value, path, 'must be a text or a list.');
};

export const texts: Decoder = (value, path, run) => {
  if (textOf(value) !== undefined) return sequence([value], value.origins);
  return items(value, path, run, strictText) ?? refuse(run, value, path, 'must be a text or a list of texts.');
};

export const textList: Decoder = (value, path, run) =>
  items(value, path, run, text) ?? refuse(run, value, path, 'must be a list of texts.');

const printed: Decoder = (value) => (textOf(value) === undefined ? same(value, sprint(value)) : value);

export const mixedList: Decoder = (value, path, run) => {
  if (textOf(value) !== undefined) return sequence([value], value.origins);
  return items(value, path, run, printed) ?? refuse(run, value, path, 'must be a list.');
};

export const mapEntries = (value: Mapping, change: (inner: Value, key: string) => Value | undefined): Mapping => {
  const entries = new Map<string, Entry>();
  for (const [key, entry] of value.entries) {
    const result = change(entry.value, key);
    if (result) entries.set(key, { ...entry, value: result });
  }
  return mapping(entries, value.origins);
};

/** `NAME=value` items by name; the last of a name wins. */
const pairEntries = (value: Value & { kind: 'sequence' }, empty: ScalarValue): Map<string, Entry> => {
  const entries = new Map<string, Entry>();
  for (const item of value.items) {
    if (item.kind !== 'scalar') continue;
    const { name, entry } = pairOf(item);
    entries.set(name, isNull(entry.value) ? { ...entry, value: same(entry.value, empty) } : entry);
  }
  return entries;
};

/** Names to texts. Null becomes an empty text, or stays null for variables. */
export const pairs =
  (empty: '' | null): Decoder =>
  (value, path, run) => {
    if (value.kind === 'mapping')
      return mapEntries(value, (inner) => (isNull(inner) ? same(inner, empty) : printed(inner, path, run)));
    if (value.kind === 'sequence') return mapping(pairEntries(value, empty), value.origins);
    return refuse(run, value, path, 'must be a mapping or a list.');
  };

export const variables: Decoder = (value, path, run) => {
  const decoded = pairs(null)(value, path, run);
  if (value.kind !== 'sequence' || decoded?.kind !== 'mapping') return decoded;
  for (const [name, entry] of decoded.entries)
    if (/\s$/.test(name)) refuse(run, entry.value, [...path, name], 'has a space at the end of its name.');
  return decoded;
};

export const options: Decoder = (value, path, run) =>
  value.kind === 'mapping' ? pairs('')(value, path, run) : refuse(run, value, path, 'must be a mapping.');

export const textMapping: Decoder = (value, path, run) =>
  value.kind === 'mapping'
    ? mapEntries(value, (inner, key) => (isNull(inner) ? same(inner, '') : text(inner, [...path, key], run)))
    : refuse(run, value, path, 'must be a mapping.');

export const multiOptions: Decoder = (value, path, run) => {
  if (value.kind !== 'mapping') return refuse(run, value, path, 'must be a mapping.');
  return mapEntries(value, (inner) => {
    if (inner.kind === 'sequence' && inner.items.length === 0) return undefined;
    if (inner.kind === 'sequence')
      return sequence(
        inner.items.map((item) => same(item, sprint(item))),
        inner.origins,
      );
    return sequence([same(inner, sprint(inner))], inner.origins);
  });
};

/** An address without the brackets that keep IPv6 apart from a port. */
const address = (value: Value): Value => {
  const given = sprint(value);
  return same(value, given.length > 2 && given.startsWith('[') && given.endsWith(']') ? given.slice(1, -1) : given);
};

/** One host with its addresses. */
type Host = { readonly name: string; readonly key: Entry['key']; readonly addresses: readonly Value[] };

/** `name=address`, or `name:address`, with several addresses separated by commas. */
const hostOf = (item: Scalar): Host | undefined => {
  const given = sprint(item);
  const separator = given.includes('=') ? given.indexOf('=') : given.indexOf(':');
  if (separator < 0) return undefined;
  let from = separator + 1;
  const addresses = given
    .slice(from)
    .split(',')
    .map((ip) => {
      const start = from - separator - 1;
      const own = item.pair?.value;
      const part =
        own?.kind === 'scalar'
          ? narrowed(own, ip, start, start + ip.length)
          : narrowed(item, ip, from, from + ip.length);
      from += ip.length + 1;
      return part;
    });
  const name = narrowed(item, given.slice(0, separator), 0, separator);
  return { name: given.slice(0, separator), key: item.pair?.key ?? placeOfValue(name), addresses };
};

const hostsIn = (value: Sequence, path: ComposePath, run: DecodeRun): readonly Host[] => {
  const found: Host[] = [];
  for (const [i, item] of value.items.entries()) {
    const host = item.kind === 'scalar' ? hostOf(item) : undefined;
    if (host) found.push(host);
    else refuse(run, item, [...path, i], 'has no IP address behind the host name.');
  }
  return found;
};

export const hosts: Decoder = (value, path, run) => {
  if (value.kind === 'scalar') return refuse(run, value, path, 'must be a mapping or a list.');
  const given =
    value.kind === 'sequence'
      ? hostsIn(value, path, run)
      : [...value.entries].map(([name, { key, value: inner }]): Host => {
          const addresses = inner.kind === 'sequence' ? inner.items : [isNull(inner) ? same(inner, '') : inner];
          return { name, key, addresses };
        });
  const entries = new Map<string, Entry>();
  for (const { name, key, addresses } of given) {
    if (name === '' || /[:=]/.test(name)) refuse(run, value, [...path, name], 'is not a host name.');
    const known = entries.get(name)?.value;
    const earlier = known?.kind === 'sequence' ? known.items : [];
    entries.set(
      name,
      entryOf(sequence([...earlier, ...addresses.map(address)], value.origins), entries.get(name)?.key ?? key),
    );
  }
  return mapping(entries, value.origins);
};

export const ulimit: Decoder = (value, path, run) => {
  if (isInteger(value)) return value;
  if (value.kind !== 'mapping') return refuse(run, value, path, 'must be a whole number or a mapping.');
  return mapEntries(value, (inner, key) => {
    if (key !== 'soft' && key !== 'hard') return undefined;
    return isInteger(inner) ? inner : refuse(run, inner, [...path, key], 'must be a whole number.');
  });
};

export const ssh: Decoder = (value, path, run) => {
  if (value.kind !== 'mapping') return refuse(run, value, path, 'must be a mapping or a list.');
  return mapEntries(value, (inner) => (isNull(inner) ? same(inner, '') : same(inner, sprint(inner))));
};
