import { narrow } from '../parse/scalar.js';

/** Range of the integers that docker compose holds. */
const INT64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };

/** Reads a decimal integer as Go's `strconv.Atoi` does; undefined when it is none or does not fit. */
export const parseInteger = (text: string): number | bigint | undefined => {
  if (!/^[-+]?\d+$/.test(text)) return undefined;
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
  return value >= INT64.min && value <= INT64.max ? narrow(value) : undefined;
};

/** Reads a number as Go's `strconv.ParseFloat` does: decimal, hexadecimal with exponent, `inf`, `nan`. */
export const parseFloatText = (text: string): number | undefined => {
  if (/^[-+]?(\d+(?:\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : undefined;
  }
  const sign = text.startsWith('-') ? -1 : 1;
  const unsigned = text.replace(/^[-+]/, '').toLowerCase();
  if (unsigned === 'inf' || unsigned === 'infinity') return sign * Number.POSITIVE_INFINITY;
  if (unsigned === 'nan') return Number.NaN;
  const hexadecimal = /^0x([0-9a-f]*)(?:\.([0-9a-f]*))?p([-+]?\d+)$/.exec(unsigned);
  if (!hexadecimal) return undefined;
  const [, whole = '', fraction = '', exponent = '0'] = hexadecimal;
  if (whole + fraction === '') return undefined;
  return sign * Number.parseInt(whole + fraction, 16) * 2 ** (Number(exponent) - 4 * fraction.length);
};

/** Shortest decimal digits of a number that read back as the same one, in single precision when asked for. */
const shortest = (value: number, single: boolean): string => {
  if (!single) return String(value);
  for (let digits = 1; digits <= 9; digits += 1) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return text;
  }
  return String(value);
};

/** Significant digits of a positive finite number and the position of its decimal point behind the first digit. */
const decimal = (value: number, single: boolean): { digits: string; exponent: number } => {
  const [mantissa = '0', exponent = '0'] = Number(shortest(value, single)).toExponential().split('e');
  return { digits: mantissa.replace('.', ''), exponent: Number(exponent) };
};

const scientific = (digits: string, exponent: number): string => {
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
  const size = Math.abs(exponent).toString().padStart(2, '0');
  return `${digits[0]}${fraction}e${exponent < 0 ? '-' : '+'}${size}`;
};

const plain = (digits: string, exponent: number): string => {
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return digits.padEnd(exponent + 1, '0');
  return `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
};

/**
 * Writes a float as Go does. `general`: `%v` and YAML, with an exponent below 1e-4 and from 1e6 on; `json`: with an exponent
 * below 1e-6 and from 1e21 on.
 */
export const formatFloat = (value: number, style: 'general' | 'json', single = false): string => {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const sign = value < 0 ? '-' : '';
  const { digits, exponent } = decimal(Math.abs(value), single);
  if (style === 'json') {
    if (exponent >= -6 && exponent < 21) return sign + plain(digits, exponent);
    return sign + scientific(digits, exponent).replace(/e-0/, 'e-');
  }
  if (exponent >= -4 && exponent < 6) return sign + plain(digits, exponent);
  return sign + scientific(digits, exponent);
};
