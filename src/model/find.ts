import { type ComposePath, formatPath } from './path.js';
import type { Value } from './value.js';

/** A value that was asked for, or how far the way to it goes: the last value on it, and the key that is not there. */
export type Found =
  | { readonly kind: 'found'; readonly value: Value; readonly path: ComposePath }
  | { readonly kind: 'missing'; readonly value: Value; readonly path: ComposePath; readonly key: string };

/** Keys of a mapping, or positions of a list, as texts. */
export const childKeys = (value: Value): readonly string[] => {
  if (value.kind === 'mapping') return [...value.entries.keys()];
  return value.kind === 'sequence' ? value.items.map((_, i) => String(i)) : [];
};

type Step = { readonly key: string | number; readonly value: Value; readonly used: number };

/** The next value on a path. Several parts are taken as one key with dots where there is no other. */
const step = (value: Value, rest: ComposePath): Step | undefined => {
  if (value.kind === 'sequence') {
    const item = value.items[Number(rest[0])];
    return item && { key: Number(rest[0]), value: item, used: 1 };
  }
  if (value.kind !== 'mapping') return undefined;
  for (let used = 1; used <= rest.length; used += 1) {
    const key = rest.slice(0, used).join('.');
    const entry = value.entries.get(key);
    if (entry) return { key, value: entry.value, used };
  }
  return undefined;
};

/** Looks a value up by a path as people write it: `services.web.ports.0` and `labels.com.example.a` are understood. */
export const findValue = (root: Value, path: ComposePath): Found => {
  let value = root;
  const taken: (string | number)[] = [];
  for (let at = 0; at < path.length; ) {
    const next = step(value, path.slice(at));
    if (!next) return { kind: 'missing', value, path: taken, key: String(path[at]) };
    taken.push(next.key);
    value = next.value;
    at += next.used;
  }
  return { kind: 'found', value, path: taken };
};

/** A path with one more key, for people. */
export const childPath = (path: ComposePath, value: Value, key: string): string =>
  formatPath([...path, value.kind === 'sequence' ? Number(key) : key]);
