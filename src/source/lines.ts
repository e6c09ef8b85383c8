import { withoutEnd } from './ends.js';
import { oncePer } from './once.js';
import { firstWhere } from './search.js';
import type { Source, Span } from './source.js';

/** A place as people read it: line and column count from 1, columns in UTF-16 code units. */
export type Position = { readonly line: number; readonly column: number };

/** Offsets at which the lines of a source start. A line ends with `\n`, `\r\n` or a lone `\r`, as in YAML. */
export const lineStarts = oncePer(({ text }: Source): readonly number[] => {
  const found = [0];
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) found.push(i + 1);
  }
  return found;
});

/** Number of lines of a source; a final line break does not start another one. */
export const lineCount = (source: Source): number => {
  const found = lineStarts(source);
  return found.at(-1) === source.text.length && found.length > 1 ? found.length - 1 : found.length;
};

/** Line and column of an offset. */
export const positionAt = (source: Source, offset: number): Position => {
  const found = lineStarts(source);
  const line = firstWhere(found.length, (i) => (found[i] ?? 0) > offset);
  return { line, column: offset - (found[line - 1] ?? 0) + 1 };
};

/** Offset of the first character of the line that holds an offset. */
export const lineStartAt = (source: Source, offset: number): number =>
  lineStarts(source)[positionAt(source, offset).line - 1] ?? 0;

/** Offset just behind the line break of the line that holds an offset, or the end of the text. */
export const nextLineAt = (source: Source, offset: number): number =>
  lineStarts(source)[positionAt(source, offset).line] ?? source.text.length;

/** Text of a line (counted from 1) without its line break. */
export const lineText = (source: Source, line: number): string => {
  const found = lineStarts(source);
  const start = found[line - 1];
  if (start === undefined) return '';
  return withoutEnd(source.text.slice(start, found[line] ?? source.text.length), '\r\n');
};

/**
 * `file:line:column` of a span's start, as editors and terminals understand it.
 * @param path What the file is called there, unless by its own path.
 */
export const placeOf = ({ source, start }: Span, path: string = source.path): string => {
  const { line, column } = positionAt(source, start);
  return `${path}:${line}:${column}`;
};
