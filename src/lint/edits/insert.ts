import type { LayoutNode } from '../../parse/layout.js';
import type { TextEdit } from '../../source/edit.js';
import { lineStartAt } from '../../source/lines.js';
import type { Source } from '../../source/source.js';
import { type Content, entryLines, flowText, itemLines } from './content.js';
import { habitsOf } from './habits.js';
import {
  columnAt,
  commentsAbove,
  endWithComments,
  indented,
  isFirstInLine,
  isLastInLine,
  lineBefore,
  lineBreakOf,
  restAt,
} from './lines.js';
import { isInFlow, isShared, type Place } from './place.js';
import { scalarText } from './scalar-text.js';

export type InsertOptions = {
  /** Keys in their conventional order: the new one goes behind those before it. Without it, it goes to the end. */
  readonly order?: readonly string[];
  /** Comment lines above it, without `#`. */
  readonly comment?: readonly string[];
  /** Whether what an alias names elsewhere may be edited, too; by default it may not. */
  readonly shared?: 'edit';
};

/** Lines to insert, and the same on one line for flow style where it can be. */
type Lines = { readonly block: readonly string[]; readonly flow: string | undefined };

/** Inserts whole lines at the start of a line, or behind a last line without a line break. */
export const insertLines = (source: Source, at: number, lines: readonly string[]): readonly TextEdit[] => {
  const lineBreak = lineBreakOf(source);
  const isBehindText = at === source.text.length && at > 0 && !/[\r\n]$/.test(source.text);
  const text = lines.join(lineBreak);
  return [{ at: { source, start: at, end: at }, text: isBehindText ? lineBreak + text : text + lineBreak }];
};

/** A block scalar that ends the text without a line break changes when one is added. */
const isOpenEnded = (node: LayoutNode): boolean => {
  const last = node.items.at(-1)?.value ?? node;
  return last === node ? node.style === 'block-scalar' : isOpenEnded(last);
};

/** How many items of a mapping stand before a key in the conventional order. */
const positionOf = (key: string, node: LayoutNode, order: readonly string[] | undefined): number => {
  const rank = order?.indexOf(key) ?? -1;
  if (!order || rank < 0) return node.items.length;
  const before = node.items.findLastIndex((item) => {
    const other = order.indexOf(item.key?.text ?? '');
    return other >= 0 && other < rank;
  });
  if (before >= 0) return before + 1;
  const behind = node.items.findIndex((item) => order.indexOf(item.key?.text ?? '') > rank);
  return behind < 0 ? node.items.length : behind;
};

/** Whether the items of a collection are set apart by blank lines. */
const isSpaced = (source: Source, { items }: LayoutNode): boolean =>
  items.length > 1 &&
  items.slice(1).every(({ start }) => {
    const top = commentsAbove(source, lineStartAt(source, start), columnAt(source, start));
    return restAt(source, lineBefore(source, top))?.kind === 'blank';
  });

const intoBlock = (source: Source, node: LayoutNode, lines: readonly string[], position: number) => {
  const column = columnAt(source, node.start);
  const spaced = isSpaced(source, node);
  const previous = node.items[position - 1];
  if (previous) {
    if (!isLastInLine(source, previous.end)) return undefined;
    const at = endWithComments(source, previous);
    if (at >= source.text.length && !/[\r\n]$/.test(source.text) && isOpenEnded(previous.value)) return undefined;
    return insertLines(source, at, [...(spaced ? [''] : []), ...indented(lines, column)]);
  }
  const { start } = node;
  if (isFirstInLine(source, start)) {
    const at = commentsAbove(source, lineStartAt(source, start), column);
    return insertLines(source, at, [...indented(lines, column), ...(spaced ? [''] : [])]);
  }
  // In front of the first key behind a dash.
  const lineBreak = lineBreakOf(source);
  const [first = '', ...rest] = lines;
  const text = [first, ...indented(rest, column), ' '.repeat(column)].join(lineBreak);
  return [{ at: { source, start, end: start }, text }];
};

const isGap = (text: string): boolean => ['', ','].includes(text.trim());

const intoFlow = (source: Source, node: LayoutNode, flow: string | undefined, position: number) => {
  if (flow === undefined) return undefined;
  const bounds = [node.start + 1, ...node.items.flatMap(({ start, end }) => [start, end]), node.end - 1];
  for (let i = 0; i < bounds.length; i += 2) if (!isGap(source.text.slice(bounds[i], bounds[i + 1]))) return undefined;
  const insertAt = (at: number, text: string): readonly TextEdit[] => [{ at: { source, start: at, end: at }, text }];
  const [first] = node.items;
  if (!first) return insertAt(node.start + 1, node.kind === 'mapping' ? ` ${flow} ` : flow);
  const previous = node.items[position - 1];
  const line = source.text.slice(lineStartAt(source, (previous ?? first).start), (previous ?? first).start);
  const isOnOwnLine = node.items.length > 1 || isFirstInLine(source, first.start) ? /^[ \t]*$/.test(line) : false;
  const gap = isOnOwnLine && columnAt(source, first.start) > 0 ? lineBreakOf(source) + line : ' ';
  return previous ? insertAt(previous.end, `,${gap}${flow}`) : insertAt(first.start, `${flow},${gap}`);
};

/** Puts the first lines into what has none yet: `key:`, `key: {}`, `key: ~`. */
const intoEmpty = (place: Place, { block, flow }: Lines, kind: 'mapping' | 'sequence') => {
  const { source, node, steps } = place;
  if (node.properties.length > 0) return undefined;
  const step = steps.at(-1);
  if (!step) {
    if (node.kind === 'empty') return undefined;
    const text = block.join(lineBreakOf(source));
    return [{ at: { source, start: node.start, end: node.end }, text }];
  }
  const { item } = step;
  if (isInFlow(place) || item.colon === undefined || item.isExplicit)
    return node.style === 'flow' ? intoFlow(source, node, flow, 0) : undefined;
  if (!isLastInLine(source, item.end)) return undefined;
  const habits = habitsOf(source);
  const column = columnAt(source, item.start);
  const lines = indented(block, column + habits[kind]);
  const at = endWithComments(source, item);
  const added = insertLines(source, at, lines);
  if (node.kind === 'empty') return added;
  return [{ at: { source, start: item.colon + 1, end: node.end }, text: '' }, ...added];
};

const isNothing = ({ kind, style, text, items }: LayoutNode): boolean =>
  kind === 'empty' ||
  (kind === 'scalar' && style === 'plain' && /^(?:|~|null|Null|NULL)$/.test(text)) ||
  (style === 'flow' && items.length === 0);

const insertInto = (
  place: Place,
  kind: 'mapping' | 'sequence',
  lines: Lines,
  position: (node: LayoutNode) => number,
  { shared }: InsertOptions,
): readonly TextEdit[] | undefined => {
  const { source, node } = place;
  if (shared !== 'edit' && isShared(place)) return undefined;
  // `!reset` and `!override` give what stands there another meaning.
  if (node.properties.some(({ text }) => text.startsWith('!'))) return undefined;
  if (isNothing(node) && (node.style !== 'flow' || node.kind === kind)) return intoEmpty(place, lines, kind);
  if (node.kind !== kind) return undefined;
  if (node.style === 'flow') return intoFlow(source, node, lines.flow, position(node));
  return intoBlock(source, node, lines.block, position(node));
};

const commentLines = ({ comment = [] }: InsertOptions): readonly string[] =>
  comment.map((line) => (line === '' ? '#' : `# ${line}`));

/**
 * Adds an entry to a mapping, block or flow, that may still be empty.
 * @returns undefined where the key is there already, or where the result is not certain.
 */
export const insertEntry = (
  place: Place,
  key: string,
  content: Content,
  options: InsertOptions = {},
): readonly TextEdit[] | undefined => {
  const { node, source } = place;
  if (node.items.some((item) => item.key?.text === key)) return undefined;
  const comment = commentLines(options);
  const lines: Lines =
    content.kind === 'text'
      ? { block: [...comment, ...content.lines], flow: comment.length > 0 ? undefined : content.flow }
      : {
          block: [...comment, ...entryLines(key, content.value, habitsOf(source))],
          flow: comment.length > 0 ? undefined : `${scalarText(key, 'plain', true)}: ${flowText(content.value, true)}`,
        };
  return insertInto(place, 'mapping', lines, (mapping) => positionOf(key, mapping, options.order), options);
};

/** Adds an item to the end of a list, block or flow, that may still be empty. */
export const insertItem = (
  place: Place,
  content: Content,
  options: InsertOptions = {},
): readonly TextEdit[] | undefined => {
  const comment = commentLines(options);
  const [first] = place.node.items;
  const isQuoted = first?.value.style === 'double';
  const lines: Lines =
    content.kind === 'text'
      ? { block: [...comment, ...content.lines], flow: content.flow }
      : {
          block: [...comment, ...itemLines(content.value, habitsOf(place.source))],
          flow:
            isQuoted && typeof content.value === 'string'
              ? scalarText(content.value, 'double', true)
              : flowText(content.value, true),
        };
  return insertInto(place, 'sequence', lines, (list) => list.items.length, options);
};
