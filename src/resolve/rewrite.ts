import { below, type ComposePath, type PathTable } from '../model/path.js';
import type { Entry, Mapping, Value } from '../model/value.js';

/** What a table says about a value: another one in its place, or the same. */
export type Rewrite = (value: Value, path: ComposePath) => Value;

const walk = (value: Value, table: PathTable<Rewrite> | undefined, path: ComposePath): Value => {
  if (!table) return value;
  if (table.value) return table.value(value, path);
  if (value.kind === 'scalar') return value;
  if (value.kind === 'sequence') {
    let changed = false;
    const items = value.items.map((item, i) => {
      const result = walk(item, below(table, i), [...path, i]);
      changed ||= result !== item;
      return result;
    });
    return changed ? { ...value, items } : value;
  }
  let entries: Map<string, Entry> | undefined;
  for (const [key, entry] of value.entries) {
    const node = below(table, key);
    if (!node) continue;
    const result = walk(entry.value, node, [...path, key]);
    if (result === entry.value) continue;
    entries ??= new Map(value.entries);
    entries.set(key, { ...entry, value: result });
  }
  return entries ? { ...value, entries } : value;
};

/** Rewrites the values at the paths of a table. What a rewrite gives is not looked into again. */
export const rewrite = (model: Mapping, table: PathTable<Rewrite>): Mapping => {
  const result = walk(model, table, []);
  return result.kind === 'mapping' ? result : model;
};
