import { withoutEnd } from '../source/ends.js';

/** Nanoseconds in each unit; days and weeks are docker compose's own. */
const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n, // U+00B5, the micro sign
  μs: 1_000n, // U+03BC, the Greek letter
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
  d: 86_400_000_000_000n,
  w: 604_800_000_000_000n,
};

const LIMIT = 2n ** 63n - 1n;

/**
 * Reads a duration such as `1m30s`, `1.5h`, `-2d`, or `0`.
 * @returns Nanoseconds, or undefined when it is none or does not fit 64 bits.
 * @see xhit/go-str2duration, which docker compose uses
 */
export const parseDuration = (text: string): bigint | undefined => {
  const negative = text.startsWith('-');
  const body = text.replace(/^[-+]/, '');
  if (body === '0') return 0n;
  if (body === '') return undefined;
  let total = 0n;
  let at = 0;
  const part = /(\d*)(?:\.(\d*))?([^.\d]+)/y;
  while (at < body.length) {
    part.lastIndex = at;
    const found = part.exec(body);
    if (!found) return undefined;
    const [matched, whole = '', fraction = '', unitName = ''] = found;
    const unit = Object.hasOwn(UNITS, unitName) ? UNITS[unitName] : undefined;
    if (whole + fraction === '' || unit === undefined) return undefined;
    let value = BigInt(whole || '0') * unit;
    if (fraction !== '') {
      const digits = fraction.slice(0, 18);
      value += BigInt(Math.trunc(Number(digits) * (Number(unit) / 10 ** digits.length)));
    }
    total += value;
    if (total > LIMIT) return undefined;
    at += matched.length;
  }
  return negative ? -total : total;
};

const fractionOf = (value: bigint, unit: bigint): string => {
  const digits = unit.toString().length - 1;
  const rest = withoutEnd((value % unit).toString().padStart(digits, '0'), '0');
  return rest === '' ? `${value / unit}` : `${value / unit}.${rest}`;
};

/** A duration in Go's notation: `1h0m30s`, `1.5s`, `250ms`, `0s`. */
export const formatDuration = (nanoseconds: bigint): string => {
  if (nanoseconds === 0n) return '0s';
  const sign = nanoseconds < 0n ? '-' : '';
  const value = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  if (value < 1_000n) return `${sign}${value}ns`;
  if (value < 1_000_000n) return `${sign}${fractionOf(value, 1_000n)}µs`;
  if (value < 1_000_000_000n) return `${sign}${fractionOf(value, 1_000_000n)}ms`;
  const minute = 60_000_000_000n;
  const seconds = `${fractionOf(value % minute, 1_000_000_000n)}s`;
  const minutes = value / minute;
  if (minutes === 0n) return sign + seconds;
  return minutes < 60n ? `${sign}${minutes}m${seconds}` : `${sign}${minutes / 60n}h${minutes % 60n}m${seconds}`;
};
