import type { Budget } from '../model/budget.js';
import type { FaultSink } from '../model/fault.js';
import { type ComposePath, formatPath } from '../model/path.js';
import { isInteger, placeOfValue, type Scalar, type ScalarValue, scalar, textOf, type Value } from '../model/value.js';
import { formatDuration, parseDuration } from './duration.js';
import { readBoolean, reportOldBoolean } from './interpolate.js';
import { parseFloatText, parseInteger } from './number.js';
import { parseSize } from './size.js';
import { sprint } from './sprint.js';

/** What a conversion may report to. */
export type DecodeRun = { readonly report: FaultSink; readonly budget: Budget };

/** Converts a value that is not null. Undefined, with a fault, when it cannot be converted. */
export type Decoder = (value: Value, path: ComposePath, run: DecodeRun) => Value | undefined;

export const refuse = (run: DecodeRun, value: Value, path: ComposePath, must: string, rule = 'schema'): undefined => {
  const at = placeOfValue(value);
  run.report({ rule, severity: 'error', message: `${formatPath(path)} ${must}`, ...(at ? { at } : {}), path });
};

export const same = (value: Value, content: ScalarValue): Scalar => scalar(content, value.origins);

export const text: Decoder = (value, path, run) => {
  if (textOf(value) !== undefined) return value;
  return isInteger(value) ? same(value, String(value.value)) : refuse(run, value, path, 'must be a text.');
};

export const flag: Decoder = (value, path, run) => {
  if (value.kind === 'scalar' && typeof value.value === 'boolean') return value;
  const given = textOf(value);
  const found = given === undefined ? undefined : readBoolean(given);
  if (!found || given === undefined) return refuse(run, value, path, 'must be true or false.');
  const at = placeOfValue(value);
  if (found.old && at) reportOldBoolean(given, found.value, at, path, run.report);
  return same(value, found.value);
};

export const integer: Decoder = (value, path, run) => {
  if (value.kind === 'scalar' && value.form !== 'timestamp') {
    if (typeof value.value === 'bigint') return value;
    if (typeof value.value === 'number') return same(value, Math.trunc(value.value));
    const parsed = typeof value.value === 'string' ? parseInteger(value.value) : undefined;
    if (parsed !== undefined) return same(value, parsed);
  }
  return refuse(run, value, path, 'must be a whole number.');
};

export const unsigned: Decoder = (value, path, run) => {
  const isNumber = value.kind === 'scalar' && (typeof value.value === 'number' || typeof value.value === 'bigint');
  if (!isNumber) return refuse(run, value, path, 'must be a whole number.');
  const decoded = integer(value, path, run);
  if (decoded?.kind === 'scalar' && Number(decoded.value) >= 0) return decoded;
  return refuse(run, value, path, 'must not be negative.');
};

export const float: Decoder = (value, path, run) => {
  if (value.kind === 'scalar' && value.form !== 'timestamp') {
    const { value: content } = value;
    const number =
      typeof content === 'string'
        ? parseFloatText(content)
        : typeof content === 'number' || typeof content === 'bigint'
          ? Number(content)
          : undefined;
    if (number !== undefined) return scalar(Math.fround(number), value.origins, 'float');
  }
  return refuse(run, value, path, 'must be a number.');
};

/** Sizes: numbers with a fraction are not refused but lost, as in docker compose. */
export const bytes: Decoder = (value, path, run) => {
  if (isInteger(value)) return value;
  const given = textOf(value);
  if (given === undefined) return same(value, 0);
  const size = parseSize(given);
  if (size === undefined) return refuse(run, value, path, 'is not a size such as 512m or 1.5g.', 'invalid-size');
  return same(value, size);
};

export const duration: Decoder = (value, path, run) => {
  const nanoseconds = parseDuration(sprint(value));
  if (nanoseconds === undefined)
    return refuse(run, value, path, 'is not a duration such as 30s or 1m30s.', 'invalid-duration');
  return same(value, formatDuration(nanoseconds));
};

export const mode: Decoder = (value, path, run) => {
  const given = textOf(value);
  if (isInteger(value)) return same(value, octal(BigInt(value.value)));
  if (given !== undefined && /^[-+]?[0-7]+$/.test(given)) {
    const digits = given.replace(/^[-+]/, '');
    const magnitude = BigInt(`0o${digits}`);
    return same(value, octal(given.startsWith('-') ? -magnitude : magnitude));
  }
  return refuse(run, value, path, 'must be permissions in octal, such as "0440".');
};

const octal = (value: bigint): string => `0${value.toString(8)}`;

export const deviceCount: Decoder = (value, path, run) => {
  if (isInteger(value)) return value;
  const given = textOf(value);
  if (given?.toLowerCase() === 'all') return same(value, -1);
  const count = given === undefined ? undefined : parseInteger(given);
  return count === undefined ? refuse(run, value, path, 'must be a whole number or "all".') : same(value, count);
};
