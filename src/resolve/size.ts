import { parseFloatText } from './number.js';

const POWERS: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3, t: 4, p: 5 };

/**
 * Reads a size such as `512m`, `1.5GiB` or `1 gb`; units are binary.
 * @returns Bytes without a fraction, or undefined when it is none.
 * @see docker/go-units, RAMInBytes
 */
export const parseSize = (text: string): number | bigint | undefined => {
  const found = /^(.*[\d. ])([^\d. ]*)$/s.exec(text);
  if (!found) return undefined;
  const [, head = '', suffix = ''] = found;
  const size = parseFloatText(head.endsWith(' ') ? head.slice(0, -1) : head);
  if (size === undefined || size < 0 || Number.isNaN(size)) return undefined;
  const unit = suffix.toLowerCase();
  if (unit === '' || unit === 'b') return whole(size);
  const power = POWERS[unit[0] ?? ''];
  if (power === undefined || !['', 'b', 'ib'].includes(unit.slice(1))) return undefined;
  return whole(size * 1024 ** power);
};

/** Go's conversion of a float to an integer, which drops the fraction. */
const whole = (size: number): number | bigint => {
  const value = Math.trunc(size);
  if (Number.isSafeInteger(value)) return value;
  return value >= 2 ** 63 ? -(2n ** 63n) : BigInt(value);
};
