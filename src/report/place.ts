import type { Finding } from '../lint/finding.js';
import type { LintResult } from '../lint/run.js';
import { plainText } from '../model/message.js';
import { positionAt } from '../source/lines.js';
import { relative } from '../source/path.js';
import type { Span } from '../source/source.js';

/** How people read the path of a file: from a folder, on one line, whatever characters a name has. */
export const shownPath = (folder: string, path: string): string => plainText(relative(folder, path));

/** A range of a file as people read it: all count from 1, columns in UTF-16 code units, the end is exclusive. */
export type Region = {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
};

/** Lines and columns of a span. */
export const regionOf = ({ source, start, end }: Span): Region => {
  const from = positionAt(source, start);
  const to = positionAt(source, end);
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
};

/** The last line that a range has characters of: not the one that it ends in front of. */
export const lastLineOf = ({ line, endLine, endColumn }: Region): number =>
  endLine > line && endColumn === 1 ? endLine - 1 : endLine;

/** The absolute path of a file, and a range of it. */
export type Place = Region & { readonly path: string };

/**
 * Where a finding is told by formats that must name a file. A place that nobody can point at, such as the project's name, is
 * the top of the first file.
 */
export const placeFor = ({ at }: Finding, { workspace }: LintResult): Place => {
  if (at) return { path: at.source.path, ...regionOf(at) };
  const path = workspace.files[0]?.path ?? workspace.directory;
  return { path, line: 1, column: 1, endLine: 1, endColumn: 1 };
};
