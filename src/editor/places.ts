import type { Location, Position, Range } from 'vscode-languageserver';
import { lineStarts, lineText, positionAt } from '../source/lines.js';
import type { Source, Span } from '../source/source.js';

/** Places as editors give and take them: `file:` addresses, lines from 0, characters in UTF-16 code units from 0. */

/** The address of a file. Only what may stand in an address as it is stays as it is. */
export const uriOf = (path: string): string => `file://${path.split('/').map(encodeURIComponent).join('/')}`;

/** The absolute path that an address leads to; undefined for what is on no disk, such as a text without a name yet. */
export const pathOf = (uri: string): string | undefined => {
  try {
    const { protocol, pathname } = new URL(uri);
    return protocol === 'file:' ? decodeURIComponent(pathname) : undefined;
  } catch (error) {
    if (error instanceof TypeError || error instanceof URIError) return undefined;
    throw error;
  }
};

const editorPosition = (source: Source, offset: number): Position => {
  const { line, column } = positionAt(source, offset);
  return { line: line - 1, character: column - 1 };
};

/** A span as an editor's range. */
export const rangeOf = ({ source, start, end }: Span): Range => ({
  start: editorPosition(source, start),
  end: editorPosition(source, end),
});

/** A span as a place in a file. */
export const locationOf = (at: Span): Location => ({ uri: uriOf(at.source.path), range: rangeOf(at) });

/** The offset of a position; one behind the end of a line is the line's end. */
export const offsetOf = (source: Source, { line, character }: Position): number => {
  const start = lineStarts(source)[line];
  if (start === undefined) return source.text.length;
  return start + Math.min(character, lineText(source, line + 1).length);
};

const isAfter = (a: Position, b: Position): boolean =>
  a.line > b.line || (a.line === b.line && a.character > b.character);

/** Whether two ranges have a place in common; ranges that only touch have one. */
export const meet = (a: Range, b: Range): boolean => !isAfter(a.start, b.end) && !isAfter(b.start, a.end);
