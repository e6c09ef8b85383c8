import { below, type PathTable, pathTable } from '../model/path.js';
import { isNull, type Mapping, type Scalar, textOf, type Value } from '../model/value.js';
import type { Field, Shape, StructShape } from '../resolve/shape.js';
import { byCodePoint, sprint } from '../resolve/sprint.js';
import { UNIQUE_BY_PATH } from '../resolve/unique.js';

/** What `config` prints, the same for both formats: entries in order, values as they are written. */
export type Tree =
  | { readonly kind: 'map'; readonly entries: readonly TreeEntry[]; readonly value?: Value }
  | { readonly kind: 'list'; readonly items: readonly Tree[]; readonly value?: Value }
  | Leaf;

/** A single value. `single`: a number of single precision. `unprintable`: why docker compose cannot print it as JSON. */
export type Leaf = {
  readonly kind: 'leaf';
  readonly content: Scalar['value'];
  readonly single: boolean;
  readonly unprintable?: string;
  readonly value?: Value;
};

export type TreeEntry = { readonly key: string; readonly tree: Tree };

export type Target = 'json' | 'yaml';

const leaf = (content: Scalar['value'], value?: Value, single = false): Leaf =>
  value ? { kind: 'leaf', content, single, value } : { kind: 'leaf', content, single };

/** Order in which go-yaml prints the keys of a mapping: digits by their number, letters behind other characters. */
export const byNaturalOrder = (a: string, b: string): number => {
  const [left, right] = [[...a], [...b]];
  const isDigit = (char: string | undefined): boolean => char !== undefined && /\p{Nd}/u.test(char);
  const isLetter = (char: string | undefined): boolean => char !== undefined && /\p{L}/u.test(char);
  let digits = false;
  for (let i = 0; i < left.length && i < right.length; i += 1) {
    const [x = '', y = ''] = [left[i], right[i]];
    if (x === y) {
      digits = isDigit(x);
      continue;
    }
    const [xl, yl] = [isLetter(x), isLetter(y)];
    if (xl && yl) return byCodePoint(x, y);
    if (xl || yl) return (digits ? xl : yl) ? -1 : 1;
    return byNumbers(left, right, i);
  }
  return left.length - right.length;
};

/** Compares the numbers that start at a position where two keys differ. */
const byNumbers = (left: readonly string[], right: readonly string[], at: number): number => {
  const numberAt = (chars: readonly string[], start: number): { value: bigint; end: number } => {
    let end = start;
    let value = start;
    while (/^\d$/.test(chars[end] ?? '')) end += 1;
    value = end;
    return { value: end > start ? BigInt(chars.slice(start, end).join('')) : 0n, end: value };
  };
  let bonus = 0n;
  if (left[at] === '0' || right[at] === '0') {
    for (let j = at - 1; j >= 0 && /^\d$/.test(left[j] ?? ''); j -= 1) if (left[j] !== '0') bonus = 1n;
  }
  const x = numberAt(left, at);
  const y = numberAt(right, at);
  const scaled = (value: bigint, length: number): bigint => bonus * 10n ** BigInt(length) + value;
  const [xv, yv] = [scaled(x.value, x.end - at), scaled(y.value, y.end - at)];
  if (xv !== yv) return xv < yv ? -1 : 1;
  if (x.end !== y.end) return x.end - y.end;
  return byCodePoint(left[at] ?? '', right[at] ?? '');
};

const sorted = (entries: readonly TreeEntry[], target: Target): readonly TreeEntry[] =>
  [...entries].sort((a, b) => (target === 'json' ? byCodePoint(a.key, b.key) : byNaturalOrder(a.key, b.key)));

/** Lists that docker compose makes anew later. */
const REMADE: ReadonlySet<string> = new Set(['services.*.environment', 'services.*.build.args']);

/** Lists that docker compose has looked through for repetitions, so that an empty one was allocated. */
const ALLOCATED: PathTable<true> = pathTable(
  Object.fromEntries(Object.keys(UNIQUE_BY_PATH).flatMap((path) => (REMADE.has(path) ? [] : [[path, true as const]]))),
);

/**
 * A value without a type of docker compose's: an extension, or all of a model that was not converted.
 * @param allocated What there is of `ALLOCATED` at the place of the value.
 */
const untyped = (value: Value, target: Target, allocated?: PathTable<true>): Tree => {
  if (value.kind === 'scalar') return leaf(value.value, value);
  // An empty list that was never allocated is null in JSON.
  if (value.kind === 'sequence')
    return value.items.length === 0 && target === 'json' && !allocated?.value
      ? leaf(null, value)
      : { kind: 'list', items: value.items.map((item, i) => untyped(item, target, below(allocated, i))), value };
  const entries = [...value.entries].map(([key, entry]) => ({
    key,
    tree: untyped(entry.value, target, below(allocated, key)),
  }));
  return { kind: 'map', entries: sorted(entries, target), value };
};

const zero = (shape: Shape): Scalar['value'] => {
  if (shape.kind === 'flag') return false;
  if (shape.kind === 'integer' || shape.kind === 'unsigned') return 0;
  return shape.kind === 'bytes' ? '0' : '';
};

/** Whether docker compose leaves a value out where it is empty. */
const isEmpty = (value: Value | undefined, shape: Shape): boolean => {
  if (!value || isNull(value)) return true;
  if (value.kind === 'sequence') return value.items.length === 0;
  if (value.kind === 'mapping') return shape.kind === 'struct' ? isEmptyStruct(value, shape) : value.entries.size === 0;
  if (shape.kind === 'duration') return value.value === '0s';
  return value.value === '' || value.value === false || value.value === 0;
};

const isEmptyStruct = (value: Mapping, shape: StructShape): boolean =>
  shape.fields.every((field) => {
    const inner = value.entries.get(field.key)?.value;
    if (field.when === 'pointer' || field.when === 'keep-in-json') return inner === undefined;
    return isEmpty(inner, field.shape);
  }) && [...value.entries.keys()].every((key) => !key.startsWith('x-'));

/** Whether a field is printed, and what stands for it when nothing was given. */
const shown = (field: Field, value: Value | undefined, target: Target): boolean => {
  switch (field.when) {
    case 'keep':
      return true;
    case 'keep-in-json':
      return target === 'json' || value !== undefined;
    case 'inline-struct':
      return target === 'json' || !isEmpty(value, field.shape);
    case 'pointer':
      return value !== undefined;
    default:
      return !isEmpty(value, field.shape);
  }
};

const absent = (field: Field, target: Target): Tree => {
  if (field.when === 'keep-in-json') return leaf(null);
  if (field.shape.kind === 'struct') return structTree(undefined, field.shape, target);
  return field.shape.kind === 'named' ? { kind: 'map', entries: [] } : leaf(zero(field.shape));
};

export const structTree = (value: Mapping | undefined, shape: StructShape, target: Target): Tree => {
  const entries: TreeEntry[] = [];
  for (const field of shape.fields) {
    if (field.hidden === 'always' || field.hidden === target) continue;
    const inner = value?.entries.get(field.key)?.value;
    if (!shown(field, inner, target)) continue;
    const key = target === 'json' ? (field.json ?? field.key) : field.key;
    entries.push({ key, tree: inner ? typed(inner, field.shape, target) : absent(field, target) });
  }
  if (target === 'yaml' && value) {
    const extensions = [...value.entries].filter(([key]) => key.startsWith('x-'));
    entries.push(
      ...sorted(
        extensions.map(([key, entry]) => ({ key, tree: untyped(entry.value, target) })),
        target,
      ),
    );
  }
  return value ? { kind: 'map', entries, value } : { kind: 'map', entries };
};

/** Hosts are printed as a list of `name=address`, sorted. */
const hosts = (value: Mapping): Tree => {
  const items: { text: string; value: Value }[] = [];
  for (const [name, entry] of value.entries)
    if (entry.value.kind === 'sequence')
      for (const address of entry.value.items) items.push({ text: `${name}=${sprint(address)}`, value: address });
  items.sort((a, b) => byCodePoint(a.text, b.text));
  return { kind: 'list', items: items.map((item) => leaf(item.text, item.value)), value };
};

const ulimit = (value: Value, target: Target): Tree => {
  const limit = (name: 'soft' | 'hard'): Value | undefined =>
    value.kind === 'mapping' ? value.entries.get(name)?.value : undefined;
  if (value.kind === 'scalar' && Number(value.value) !== 0) return leaf(value.value, value);
  const entries: TreeEntry[] = [];
  for (const name of ['soft', 'hard'] as const) {
    const inner = limit(name);
    const content = inner?.kind === 'scalar' ? inner.value : 0;
    if (target === 'yaml' || Number(content) !== 0) entries.push({ key: name, tree: leaf(content, inner) });
  }
  return { kind: 'map', entries, value };
};

/** @see docker compose, types.SSHKey: its MarshalJSON writes no valid JSON */
const SSH_IN_JSON = 'is an SSH key with a path, which docker compose cannot print as JSON.';

/** A key with a path is printed as `id: path`. */
const ssh = (value: Mapping): Tree => ({
  kind: 'list',
  items: [...value.entries].map(([id, entry]) => {
    const path = textOf(entry.value) ?? '';
    return path === '' ? leaf(id, entry.value) : { ...leaf(`${id}: ${path}`, entry.value), unprintable: SSH_IN_JSON };
  }),
  value,
});

const typed = (value: Value, shape: Shape, target: Target): Tree => {
  if (isNull(value)) return leaf(null, value);
  if (shape.kind === 'struct') return structTree(value.kind === 'mapping' ? value : undefined, shape, target);
  if (shape.kind === 'ulimit') return ulimit(value, target);
  if (value.kind === 'mapping') {
    if (shape.kind === 'hosts') return hosts(value);
    if (shape.kind === 'ssh') return ssh(value);
    const inner: Shape = shape.kind === 'named' ? shape.value : { kind: 'anything' };
    const entries = [...value.entries].map(([key, entry]) => ({ key, tree: typed(entry.value, inner, target) }));
    return { kind: 'map', entries: sorted(entries, target), value };
  }
  if (value.kind === 'sequence') {
    const inner: Shape = shape.kind === 'list' ? shape.item : { kind: 'anything' };
    return { kind: 'list', items: value.items.map((item) => typed(item, inner, target)), value };
  }
  if (shape.kind === 'bytes') return leaf(String(value.value), value);
  return leaf(value.value, value, shape.kind === 'float' || shape.kind === 'cpus');
};

/** Content that a config takes from a variable is not printed; the name of the variable is. */
const withoutHiddenContent = (model: Mapping): Mapping => {
  const configs = model.entries.get('configs');
  if (configs?.value.kind !== 'mapping') return model;
  const entries = new Map(configs.value.entries);
  for (const [name, entry] of entries) {
    if (entry.value.kind !== 'mapping' || !textOf(entry.value.entries.get('environment')?.value)) continue;
    const kept = new Map(entry.value.entries);
    kept.delete('content');
    entries.set(name, { ...entry, value: { ...entry.value, entries: kept } });
  }
  const value = { ...configs.value, entries };
  return { ...model, entries: new Map(model.entries).set('configs', { ...configs, value }) };
};

/** A project as docker compose prints it. JSON has the extensions of the top level only, and no models. */
export const projectTree = (model: Mapping, shape: StructShape, target: Target): Tree => {
  const tree = structTree(withoutHiddenContent(model), shape, target);
  if (target === 'yaml' || tree.kind !== 'map') return tree;
  const extensions = [...model.entries].filter(([key]) => key.startsWith('x-'));
  const entries = [...tree.entries, ...extensions.map(([key, entry]) => ({ key, tree: untyped(entry.value, target) }))];
  return { ...tree, entries: sorted(entries, target) };
};

/** A merged model that was not converted, as `--no-interpolate` prints it. */
export const modelTree = (model: Mapping, target: Target): Tree => untyped(model, target, ALLOCATED);
