import type { Value } from '../src/model/value.js';

/** Data without places, to compare. */
export type Plain = string | number | bigint | boolean | null | Plain[] | { [key: string]: Plain };

/** A value without its history. A number with a fraction and a bare date are told from others by their form. */
export const plainOf = (value: Value): Plain => {
  if (value.kind === 'scalar') return value.form === undefined ? value.value : `${value.form} ${String(value.value)}`;
  if (value.kind === 'sequence') return value.items.map(plainOf);
  return Object.fromEntries([...value.entries].map(([key, entry]) => [key, plainOf(entry.value)]));
};
