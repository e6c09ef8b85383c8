import type { LayoutItem } from '../../parse/layout.js';
import { lineStartAt, nextLineAt } from '../../source/lines.js';
import type { Source } from '../../source/source.js';

/** Lines moved to the right by some columns; empty ones stay empty. */
export const indented = (lines: readonly string[], by: number): readonly string[] =>
  lines.map((line) => (line === '' ? line : ' '.repeat(by) + line));

/** The line break that a text uses: that of its first line. */
export const lineBreakOf = ({ text }: Source): string => {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
};

/** Column of an offset, counted from 0. */
export const columnAt = (source: Source, offset: number): number => offset - lineStartAt(source, offset);

/** Whether only white space stands before an offset in its line. */
export const isFirstInLine = (source: Source, offset: number): boolean =>
  /^[ \t]*$/.test(source.text.slice(lineStartAt(source, offset), offset));

/** Whether nothing but a comment stands behind an offset in its line. */
export const isLastInLine = (source: Source, offset: number): boolean =>
  /^[ \t]*(?:[ \t]#.*)?[\r\n]*$/.test(source.text.slice(offset, nextLineAt(source, offset)));

/** A line that holds no part of a value. */
type Rest = { readonly kind: 'blank' | 'comment'; readonly column: number };

/** What the line at an offset is when it holds neither key nor value; undefined behind the end of the text. */
export const restAt = (source: Source, lineStart: number): Rest | undefined => {
  if (lineStart < 0 || lineStart >= source.text.length) return undefined;
  const line = source.text.slice(lineStart, nextLineAt(source, lineStart));
  const column = line.search(/[^ \t\r\n]/);
  if (column < 0) return { kind: 'blank', column: 0 };
  return line[column] === '#' ? { kind: 'comment', column } : undefined;
};

/** Start of the line before the one that starts at an offset; -1 for the first one. */
export const lineBefore = (source: Source, lineStart: number): number =>
  lineStart === 0 ? -1 : lineStartAt(source, lineStart - 1);

/** Where the comment lines begin that stand directly above a line, at the given column. */
export const commentsAbove = (source: Source, lineStart: number, column: number): number => {
  let top = lineStart;
  for (let above = lineBefore(source, top); above >= 0; above = lineBefore(source, top)) {
    const rest = restAt(source, above);
    if (rest?.kind !== 'comment' || rest.column !== column) break;
    top = above;
  }
  return top;
};

/** The least column at which a comment below an item can stand inside of it: that of what its value holds, line by line. */
const innerColumn = (source: Source, { start, value }: LayoutItem): number => {
  const column = columnAt(source, start);
  if (value.kind === 'empty') return column + 1;
  const isBlock = (value.kind === 'mapping' || value.kind === 'sequence') && value.style !== 'flow';
  return isBlock ? Math.max(column + 1, columnAt(source, value.start)) : Number.POSITIVE_INFINITY;
};

/**
 * Offset behind an item's lines and the comments that follow inside of it, blank lines between them included. A comment that
 * a blank line sets off, with the next key directly below, is about that key, however far it is indented.
 */
export const endWithComments = (source: Source, item: LayoutItem): number => {
  const inner = innerColumn(source, item);
  let end = nextLineAt(source, item.end);
  let isSetOff = false;
  for (let line = end; line < source.text.length; line = nextLineAt(source, line)) {
    const rest = restAt(source, line);
    if (!rest) break;
    if (rest.kind === 'blank') {
      isSetOff = true;
      continue;
    }
    if (rest.column < inner) break;
    let below = line;
    while (restAt(source, below)?.kind === 'comment') below = nextLineAt(source, below);
    if (isSetOff && below < source.text.length && !restAt(source, below)) break;
    end = nextLineAt(source, line);
    isSetOff = false;
  }
  return end;
};
