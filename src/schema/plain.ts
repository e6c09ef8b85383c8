import type { Value } from '../model/value.js';

/** Stands for a bare date, which is of no type that JSON has. */
const TIMESTAMP = Symbol('timestamp');

/** A value as plain data, as JSON Schema sees it. Big integers lose their last digits, as their size is all that counts. */
export const toPlain = (value: Value): unknown => {
  if (value.kind === 'scalar') {
    if (value.form === 'timestamp') return TIMESTAMP;
    return typeof value.value === 'bigint' ? Number(value.value) : value.value;
  }
  if (value.kind === 'sequence') return value.items.map(toPlain);
  // Without a prototype every key is data, `__proto__` included.
  const plain: Record<string, unknown> = Object.create(null);
  for (const [key, entry] of value.entries) plain[key] = toPlain(entry.value);
  return plain;
};
