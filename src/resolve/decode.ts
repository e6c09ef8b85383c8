import type { ComposePath } from '../model/path.js';
import { type Entry, isNull, type Mapping, mapping, sequence, type Value } from '../model/value.js';
import { oncePer } from '../source/once.js';
import {
  command,
  hosts,
  mapEntries,
  mixedList,
  multiOptions,
  options,
  pairs,
  ssh,
  test,
  textList,
  textMapping,
  texts,
  ulimit,
  variables,
} from './decode-list.js';
import {
  bytes,
  type DecodeRun,
  type Decoder,
  deviceCount,
  duration,
  flag,
  float,
  integer,
  mode,
  refuse,
  text,
  unsigned,
} from './decode-scalar.js';
import { SECRET_CONTENT } from './environment.js';
import type { Kind, Shape, StructShape } from './shape.js';

const DECODERS: Readonly<Record<Kind, Decoder>> = {
  text,
  flag,
  integer,
  unsigned,
  float,
  cpus: float,
  bytes,
  duration,
  mode,
  'device-count': deviceCount,
  command,
  test,
  texts,
  'text-list': textList,
  'mixed-list': mixedList,
  mapping: pairs(''),
  labels: pairs(''),
  variables,
  options,
  'text-mapping': textMapping,
  'multi-options': multiOptions,
  hosts,
  ulimit,
  ssh,
  anything: (value) => value,
};

/** Places of the fields of a struct by their keys. */
const placesOf = oncePer(
  ({ fields }: StructShape): ReadonlyMap<string, number> => new Map(fields.map(({ key }, i) => [key, i])),
);

/** The fields of a struct that a mapping has, in the order of the struct: most have few of many. */
const fieldsIn = (value: Mapping, shape: StructShape): StructShape['fields'] => {
  const known = placesOf(shape);
  const places: number[] = [];
  for (const key of value.entries.keys()) {
    const place = known.get(key);
    if (place !== undefined) places.push(place);
  }
  return places.sort((a, b) => a - b).flatMap((place) => shape.fields[place] ?? []);
};

const decodeStruct = (value: Value, shape: StructShape, path: ComposePath, run: DecodeRun): Value | undefined => {
  if (value.kind !== 'mapping') return refuse(run, value, path, 'must be a mapping.');
  const entries = new Map<string, Entry>();
  for (const { key, shape: inner } of fieldsIn(value, shape)) {
    const entry = value.entries.get(key);
    if (!entry) continue;
    const result = decode(entry.value, inner, [...path, key], run);
    if (result) entries.set(key, { ...entry, value: result });
  }
  if (shape.extensions)
    for (const [key, entry] of value.entries)
      if (key.startsWith('x-') && key !== SECRET_CONTENT) entries.set(key, entry);
  return mapping(entries, value.origins);
};

/** Key under which docker compose collects what it takes for extensions. */
const EXTENSIONS = '#extensions';

/** What is collected is not looked into for extensions once more. */
const closed = (shape: Shape): Shape => (shape.kind === 'struct' ? { ...shape, extensions: false } : shape);

/** A mapping in which keys that start with `x-` are collected under one key, as docker compose does where names are not free. */
const collected = (value: Mapping): Mapping => {
  const extensions = [...value.entries].filter(([key]) => key.startsWith('x-'));
  if (extensions.length === 0) return value;
  const entries = new Map([...value.entries].filter(([key]) => !key.startsWith('x-')));
  entries.set(EXTENSIONS, { value: mapping(new Map(extensions), value.origins) });
  return mapping(entries, value.origins);
};

/**
 * Converts a canonical value to docker compose's own type. Null is left out, except where the type has a place for it.
 * @returns undefined when there is nothing to keep: null, or, with a fault, a value of the wrong kind.
 * @see compose-go loader/loader.go, Transform; go-viper/mapstructure
 */
export const decode = (given: Value, shape: Shape, path: ComposePath, run: DecodeRun): Value | undefined => {
  if (isNull(given)) return undefined;
  if (shape.kind === 'struct') return decodeStruct(given, shape, path, run);
  const isFree = shape.kind === 'named' && shape.free;
  const value = given.kind === 'mapping' && !isFree ? collected(given) : given;
  if (shape.kind === 'list') {
    if (value.kind !== 'sequence') return refuse(run, value, path, 'must be a list.');
    const decoded = value.items.map((item, i) => decode(item, shape.item, [...path, i], run));
    return sequence(
      decoded.filter((item) => item !== undefined),
      value.origins,
    );
  }
  if (shape.kind === 'named') {
    if (value.kind !== 'mapping') return refuse(run, value, path, 'must be a mapping.');
    return mapEntries(value, (inner, key) => {
      if (!isNull(inner))
        return decode(inner, key === EXTENSIONS ? closed(shape.value) : shape.value, [...path, key], run);
      return shape.nullable ? inner : mapping(new Map(), inner.origins);
    });
  }
  return DECODERS[shape.kind](value, path, run);
};
