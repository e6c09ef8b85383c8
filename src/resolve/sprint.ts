import type { Value } from '../model/value.js';
import { formatFloat } from './number.js';

/**
 * A value as Go's `fmt.Sprint` prints it: what docker compose makes of numbers, booleans and whole mappings where it needs
 * a text. Null is `<nil>`.
 */
export const sprint = (value: Value): string => {
  if (value.kind === 'sequence') return `[${value.items.map(sprint).join(' ')}]`;
  if (value.kind === 'mapping') {
    const keys = [...value.entries.keys()].sort(byCodePoint);
    return `map[${keys.map((key) => `${key}:${sprint(value.entries.get(key)?.value ?? value)}`).join(' ')}]`;
  }
  if (value.value === null) return '<nil>';
  if (value.form === 'timestamp') return `${String(value.value).replace('T', ' ').replace('Z', '')} +0000 UTC`;
  if (typeof value.value === 'number' && (value.form === 'float' || !Number.isInteger(value.value)))
    return formatFloat(value.value, 'general');
  return String(value.value);
};

/** Order of texts by code point, as Go sorts strings. */
export const byCodePoint = (a: string, b: string): number => {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const highX = x >= 0xd800 && x <= 0xdfff;
    const highY = y >= 0xd800 && y <= 0xdfff;
    return highX === highY ? x - y : highX ? 1 : -1;
  }
  return a.length - b.length;
};
