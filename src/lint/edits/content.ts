import { lineStartAt, nextLineAt } from '../../source/lines.js';
import type { Habits } from './habits.js';
import { columnAt, indented, isFirstInLine, isLastInLine } from './lines.js';
import { hasReferences, type Place } from './place.js';
import { linesOf } from './remove.js';
import { scalarText } from './scalar-text.js';

/** Data to be written as YAML. */
export type Data = string | number | boolean | null | readonly Data[] | { readonly [key: string]: Data };

/**
 * What to insert: data, or the original text of an entry or an item, its first line without indentation. Text that stands on
 * one line without comments can also go into a flow collection.
 */
export type Content =
  | { readonly kind: 'data'; readonly value: Data }
  | { readonly kind: 'text'; readonly lines: readonly string[]; readonly flow: string | undefined };

/** Plain data as content. */
export const data = (value: Data): Content => ({ kind: 'data', value });

/** Lists that are written on one line, as command lines usually are. */
const ON_ONE_LINE: ReadonlySet<string> = new Set(['command', 'entrypoint', 'test']);

const isScalar = (value: Data): value is string | number | boolean | null =>
  value === null || typeof value !== 'object';

const isList = (value: Data): value is readonly Data[] => Array.isArray(value);

/** Data on one line, as it stands in a flow collection or behind a colon. */
export const flowText = (value: Data, inFlow: boolean): string => {
  if (typeof value === 'string') return scalarText(value, 'plain', inFlow);
  if (isScalar(value)) return String(value);
  if (isList(value)) return `[${value.map((item) => quotedInList(item)).join(', ')}]`;
  const entries = Object.entries(value).map(
    ([key, item]) => `${scalarText(key, 'plain', true)}: ${flowText(item, true)}`,
  );
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
};

/** In lists on one line texts are quoted, as everybody does. */
const quotedInList = (item: Data): string =>
  typeof item === 'string' ? scalarText(item, 'double', true) : flowText(item, true);

const isEmpty = (value: Data): boolean => !isScalar(value) && Object.keys(value).length === 0;

/** Lines of a mapping entry. */
export const entryLines = (key: string, value: Data, habits: Habits): readonly string[] => {
  const name = scalarText(key, 'plain', false);
  if (value === null) return [`${name}:`];
  const isShort = isScalar(value) || isEmpty(value) || (isList(value) && ON_ONE_LINE.has(key) && value.every(isScalar));
  if (isShort) return [`${name}: ${flowText(value, false)}`];
  const step = isList(value) ? habits.sequence : habits.mapping;
  return [`${name}:`, ...indented(linesOfData(value, habits), step)];
};

/** Lines of a list item. */
export const itemLines = (value: Data, habits: Habits): readonly string[] => {
  if (isScalar(value) || isEmpty(value)) return [`- ${flowText(value, false)}`];
  const [first = '', ...rest] = linesOfData(value, habits);
  return [`- ${first}`, ...indented(rest, 2)];
};

const linesOfData = (value: Data, habits: Habits): readonly string[] => {
  if (isScalar(value)) return [flowText(value, false)];
  if (isList(value)) return value.flatMap((item) => itemLines(item, habits));
  return Object.entries(value).flatMap(([key, item]) => entryLines(key, item, habits));
};

const dedented = (line: string, by: number): string => {
  const column = line.search(/[^ ]/);
  return line.slice(Math.min(by, column < 0 ? line.length : column));
};

/**
 * The original text of a mapping entry or a list item with the comments that belong to it, to be inserted elsewhere.
 * @returns undefined where it does not stand on lines of its own, or has anchors or aliases, which other places know.
 */
export const contentAt = (place: Place): Content | undefined => {
  const { source, steps } = place;
  const step = steps.at(-1);
  if (!step || hasReferences(place.node) || step.item.isExplicit) return undefined;
  const { start, end } = step.item;
  const flow = /[\r\n]/.test(source.text.slice(start, end)) ? undefined : source.text.slice(start, end);
  if (step.node.style === 'flow') {
    if (flow === undefined || (step.node.kind === 'mapping') !== (step.item.colon !== undefined)) return undefined;
    return { kind: 'text', lines: [step.node.kind === 'mapping' ? flow : `- ${flow}`], flow };
  }
  if (!isLastInLine(source, end)) return undefined;
  const column = columnAt(source, start);
  const whole = isFirstInLine(source, start)
    ? linesOf(source, step, steps.length === 1)
    : { start: lineStartAt(source, start), end: nextLineAt(source, end) };
  let text = source.text.slice(whole.start, whole.end).replace(/\r?\n$/, '');
  // The first key behind a dash.
  if (!isFirstInLine(source, start)) text = ' '.repeat(column) + text.slice(column);
  const lines = text.split(/\r?\n/).map((line) => dedented(line, column));
  const bare = step.node.kind === 'sequence' ? flow?.replace(/^-\s+/, '') : flow;
  return { kind: 'text', lines, flow: lines.length === 1 && lines[0] === flow ? bare : undefined };
};
