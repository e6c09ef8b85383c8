import type { Scalar, ScalarValue } from '../model/value.js';
import { withoutEnd } from '../source/ends.js';

/** What a scalar's text means: its value, and the form of values that JavaScript does not tell apart. */
export type Resolved = { readonly value: ScalarValue; readonly form?: Scalar['form'] };

/** Plain texts with a meaning of their own. Of YAML 1.1 booleans only these are left: `yes` and `on` are texts. */
const WORDS: ReadonlyMap<string, Resolved> = new Map<string, Resolved>([
  ...['true', 'True', 'TRUE'].map((word): [string, Resolved] => [word, { value: true }]),
  ...['false', 'False', 'FALSE'].map((word): [string, Resolved] => [word, { value: false }]),
  ...['', '~', 'null', 'Null', 'NULL'].map((word): [string, Resolved] => [word, { value: null }]),
  ...['.nan', '.NaN', '.NAN'].map((word): [string, Resolved] => [word, { value: Number.NaN, form: 'float' }]),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word): [string, Resolved] => [
    word,
    { value: Number.POSITIVE_INFINITY, form: 'float' },
  ]),
  ...['-.inf', '-.Inf', '-.INF'].map((word): [string, Resolved] => [
    word,
    { value: Number.NEGATIVE_INFINITY, form: 'float' },
  ]),
]);

const BASES: Readonly<Record<string, string>> = { x: '[0-9a-f]+', o: '[0-7]+', b: '[01]+' };
const INT64_MAX = 2n ** 63n - 1n;
const UINT64_MAX = 2n ** 64n - 1n;

/** An integer as a number where a double holds it exactly. */
export const narrow = (value: bigint): number | bigint =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;

/**
 * Reads an integer as Go's `strconv.ParseInt(text, 0, 64)` does, then as an unsigned one: decimal, `0x`, `0o`, `0b`, and a
 * leading zero for octal. Undefined when it is none or does not fit.
 */
const integer = (text: string): bigint | undefined => {
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  const digits = text.slice(sign.length).toLowerCase();
  let magnitude: bigint;
  const base = digits[0] === '0' ? BASES[digits[1] ?? ''] : undefined;
  if (base !== undefined && new RegExp(`^0.${base}$`).test(digits)) magnitude = BigInt(digits);
  else if (/^0[0-7]+$/.test(digits)) magnitude = BigInt(`0o${digits.slice(1)}`);
  else if (/^(0|[1-9][0-9]*)$/.test(digits)) magnitude = BigInt(digits);
  else return undefined;
  if (sign === '-') return magnitude <= INT64_MAX + 1n ? -magnitude : undefined;
  return magnitude <= (sign === '+' ? INT64_MAX : UINT64_MAX) ? magnitude : undefined;
};

const DATE =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})([.,]\d+)?(Z|[+-]\d\d:\d\d))|(?: (\d{1,2}):(\d{1,2}):(\d{1,2})([.,]\d+)?))?$/;

/** A bare date or time as RFC 3339 text; undefined when it is none. go-yaml resolves these; the schema then refuses them. */
const timestamp = (text: string): string | undefined => {
  const found = DATE.exec(text);
  if (!found) return undefined;
  const [, year = '', month = '', day = ''] = found;
  const [hour, minute, second] = [found[4] ?? found[9], found[5] ?? found[10], found[6] ?? found[11]];
  const digits = (found[7] ?? found[12] ?? '').replace(',', '.').slice(0, 10);
  const fraction = withoutEnd(withoutEnd(digits, '0'), '.');
  const zone = found[8] === undefined || found[8] === '+00:00' ? 'Z' : found[8];
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > days) return undefined;
  if (Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59 || Number(second ?? 0) > 59) return undefined;
  const two = (part: string | undefined): string => (part ?? '0').padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${fraction}${zone}`;
};

/**
 * What a plain scalar without a tag means to docker compose: YAML 1.2 core plus the leftovers of 1.1 that go-yaml keeps
 * (`010` is octal, `1_000` has digits grouped, a bare date is a timestamp).
 * @see go-yaml v3 resolve.go; shared oracle group `yaml`
 */
export const resolvePlain = (text: string): Resolved => {
  const word = WORDS.get(text);
  if (word) return word;
  const first = text.charCodeAt(0);
  const isDigit = first >= 48 && first <= 57;
  if (first === 46) {
    if (/^\.\d+([eE][-+]?\d+)?$/.test(text)) return { value: Number(text), form: 'float' };
    return { value: text };
  }
  if (!isDigit && first !== 43 && first !== 45) return { value: text };
  const date = isDigit ? timestamp(text) : undefined;
  if (date !== undefined) return { value: date, form: 'timestamp' };
  const grouped = text.replaceAll('_', '');
  const whole = integer(grouped);
  if (whole !== undefined) return { value: narrow(whole) };
  if (/^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(grouped)) {
    const value = Number(grouped);
    if (Number.isFinite(value)) return { value, form: 'float' };
  }
  return { value: text };
};

const LONG = 'tag:yaml.org,2002:';

/** A tag as users write it: `!!str`, `!reset`. */
export const shortTag = (tag: string): string => (tag.startsWith(LONG) ? `!!${tag.slice(LONG.length)}` : tag);

const KINDS: Readonly<Record<string, (resolved: Resolved) => boolean>> = {
  '!!bool': ({ value }) => typeof value === 'boolean',
  '!!int': ({ value, form }) => form === undefined && (typeof value === 'number' || typeof value === 'bigint'),
  '!!float': ({ value }) => typeof value === 'number' || typeof value === 'bigint',
  '!!null': ({ value }) => value === null,
  '!!timestamp': ({ form }) => form === 'timestamp',
};

/**
 * What a scalar with a tag means. A tag that YAML does not define makes it a text.
 * @returns undefined when the text is not of the kind that the tag demands.
 */
export const resolveTagged = (text: string, tag: string): Resolved | undefined => {
  if (tag === '!!binary') {
    if (!/^[A-Za-z0-9+/\s]*(?:=\s*){0,2}$/.test(text)) return undefined;
    const bytes = Uint8Array.from(atob(text.replace(/\s/g, '')), (c) => c.charCodeAt(0));
    return { value: new TextDecoder().decode(bytes) };
  }
  const matches = KINDS[tag];
  if (!matches) return { value: text };
  const resolved = resolvePlain(text);
  if (!matches(resolved)) return undefined;
  return tag === '!!float' ? { value: Number(resolved.value), form: 'float' } : resolved;
};
