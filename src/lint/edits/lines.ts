import { lineStartAt, nextLineAt } from '../../source/lines.js';
import type { Source } from '../../source/source.js';

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

/** Offset behind the comment lines that follow a line start and are deeper than the given column, blank ones between them included. */
export const deeperCommentsBelow = (source: Source, lineStart: number, column: number): number => {
  let end = lineStart;
  for (let line = lineStart; line < source.text.length; line = nextLineAt(source, line)) {
    const rest = restAt(source, line);
    if (!rest || (rest.kind === 'comment' && rest.column <= column)) break;
    if (rest.kind === 'comment') end = nextLineAt(source, line);
  }
  return end;
};
