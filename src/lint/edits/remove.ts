import type { TextEdit } from '../../source/edit.js';
import { lineStartAt, nextLineAt } from '../../source/lines.js';
import type { Source } from '../../source/source.js';
import { columnAt, commentsAbove, endWithComments, isFirstInLine, isLastInLine, lineBefore, restAt } from './lines.js';
import { isNeeded, isShared, type Place, type Step } from './place.js';

export type RemoveOptions = {
  /** Whether what an alias names elsewhere may be edited, too; by default it may not. */
  readonly shared?: 'edit';
  /** What to do when nothing is left in the collection: take it away, too (the default), or refuse. */
  readonly emptied?: 'refuse';
};

/** A range of offsets, end exclusive. */
export type Range = { readonly start: number; readonly end: number };

const cut = (source: Source, { start, end }: Range): readonly TextEdit[] => [{ at: { source, start, end }, text: '' }];

/**
 * Whether the comment above an item speaks about this item alone. One above a single line that is directly followed by
 * another line without a comment may be the heading of both.
 */
const ownsComment = (source: Source, { node, index, item }: Step, below: number): boolean => {
  const isMultiLine = lineStartAt(source, item.start) !== lineStartAt(source, item.end);
  return isMultiLine || index === node.items.length - 1 || restAt(source, below) !== undefined;
};

/**
 * The whole lines of an item in block style: with its trailing comment, the comments inside of it and, where they are its
 * own, those directly above. A comment at the top of the file stays.
 */
export const linesOf = (source: Source, step: Step, isRoot: boolean): Range => {
  const { item, index } = step;
  const column = columnAt(source, item.start);
  const first = lineStartAt(source, item.start);
  const end = endWithComments(source, item);
  const above = commentsAbove(source, first, column);
  const isHeader = isRoot && index === 0;
  return { start: !isHeader && ownsComment(source, step, end) ? above : first, end };
};

/** The range with the blank lines that would otherwise be left twice, or at the end of the file. */
const withBlankLines = (source: Source, { start, end }: Range, isFirst: boolean): Range => {
  const before = lineBefore(source, start);
  const isBlankBefore = isFirst || restAt(source, before)?.kind === 'blank';
  let [from, to] = [start, end];
  if (isBlankBefore) while (restAt(source, to)?.kind === 'blank') to = nextLineAt(source, to);
  if (to >= source.text.length)
    for (let line = lineBefore(source, from); restAt(source, line)?.kind === 'blank'; line = lineBefore(source, line))
      from = line;
  return { start: from, end: to };
};

/** The range without a line break that the text would end without, had it none before. */
const keepingLastLine = (source: Source, { start, end }: Range): Range => {
  const hasBreak = /[\r\n]$/.test(source.text);
  if (hasBreak || end < source.text.length) return { start, end };
  return { start: start - (/\r?\n$/.exec(source.text.slice(0, start))?.[0].length ?? 0), end };
};

const removeBlock = (source: Source, step: Step, isRoot: boolean): readonly TextEdit[] | undefined => {
  const { node, index, item } = step;
  if (!isLastInLine(source, item.end)) return undefined;
  if (isFirstInLine(source, item.start))
    return cut(source, keepingLastLine(source, withBlankLines(source, linesOf(source, step, isRoot), index === 0)));
  // The first key behind a dash: the next one takes its place in the line.
  const next = node.items[index + 1];
  if (!next || isRoot) return undefined;
  const between = source.text.slice(nextLineAt(source, item.end), next.start);
  return between.trim() === '' ? cut(source, { start: item.start, end: next.start }) : undefined;
};

const isComma = (text: string): boolean => /^\s*,\s*$/.test(text);

const removeFlow = (source: Source, { node, index, item }: Step): readonly TextEdit[] | undefined => {
  const next = node.items[index + 1];
  const previous = node.items[index - 1];
  if (next)
    return isComma(source.text.slice(item.end, next.start))
      ? cut(source, { start: item.start, end: next.start })
      : undefined;
  if (!previous || !isComma(source.text.slice(previous.end, item.start))) return undefined;
  return cut(source, { start: previous.end, end: item.end });
};

/**
 * Removes a mapping entry or a list item: in block style its whole lines, with the comments that belong to it; in flow style
 * the item and one comma.
 * @returns undefined where the result is not certain: an alias needs an anchor inside, comments stand between flow items,
 * nothing would be left of the document.
 */
export const remove = (place: Place, options: RemoveOptions = {}): readonly TextEdit[] | undefined => {
  const { source, steps } = place;
  const step = steps.at(-1);
  if (!step || isNeeded(place)) return undefined;
  const parent: Place = { source, node: step.node, steps: steps.slice(0, -1) };
  if (options.shared !== 'edit' && isShared(parent)) return undefined;
  if (step.node.items.length === 1) return options.emptied === 'refuse' ? undefined : remove(parent, options);
  return step.node.style === 'flow' ? removeFlow(source, step) : removeBlock(source, step, steps.length === 1);
};
