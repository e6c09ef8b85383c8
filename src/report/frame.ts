import type { Finding } from '../lint/finding.js';
import { blot } from '../lint/mask.js';
import { BOUNDS } from '../model/bounds.js';
import { visibleText } from '../model/message.js';
import { lineStarts, lineText, placeOf, positionAt } from '../source/lines.js';
import type { Source, Span } from '../source/source.js';
import type { Paint } from './paint.js';
import type { WidthOf } from './width.js';

/** A place to show with what is to be said of it. The primary one is marked with carets, others with dashes. */
export type Label = { readonly at: Span; readonly message: string; readonly isPrimary: boolean };

/** Related places shown per finding; the rest is counted. */
export const MOST_RELATED = 24;

/** The places of a finding, its own first. */
export const labelsOf = ({ at, related }: Finding): readonly Label[] => {
  if (!at) return [];
  const others = related.slice(0, MOST_RELATED).map((note): Label => ({ ...note, isPrimary: false }));
  return [{ at, message: '', isPrimary: true }, ...others];
};

/** Columns that a tab takes in a frame. */
const TAB = '    ';

/** Lines of a source that differ by no more than this are shown without a gap. */
const GAP = 1;

/** The parts of a source that must not be shown. */
export type Hidden = readonly Span[];

/** A line with what must not be shown blotted out; offsets stay true. */
export const shownLine = (source: Source, line: number, hidden: Hidden): string => {
  const start = lineStarts(source)[line - 1] ?? 0;
  let text = lineText(source, line);
  for (const span of hidden) {
    if (span.source.path !== source.path) continue;
    const from = Math.max(0, span.start - start);
    const to = Math.min(text.length, span.end - start);
    if (to > from) text = text.slice(0, from) + blot(text.slice(from, to)) + text.slice(to);
  }
  return visibleText(text.slice(0, BOUNDS.shownLine));
};

const expanded = (text: string): string => text.replaceAll('\t', TAB);

/** Columns that the text of a line takes up to an offset in it. */
const widthTo = (text: string, offset: number, widthOf: WidthOf): number => widthOf(expanded(text.slice(0, offset)));

export type Marker = { readonly line: number; readonly from: number; readonly to: number; readonly label: Label };

/** Where a label is marked: on the first line of its span. */
export const markerOf = (label: Label): Marker => {
  const { source, start, end } = label.at;
  const { line, column } = positionAt(source, start);
  const length = Math.min(lineText(source, line).length, BOUNDS.shownLine);
  const from = Math.min(column - 1, length);
  return { line, from, to: Math.max(from + 1, Math.min(end - start + from, length)), label };
};

/** How a frame is drawn: what sets text off, and how wide it is. */
export type Pen = { readonly paint: Paint; readonly widthOf: WidthOf };

const markerLine = (text: string, { from, to, label }: Marker, gutter: string, { paint, widthOf }: Pen): string => {
  const start = widthTo(text, from, widthOf);
  const before = ' '.repeat(start);
  const marks = (label.isPrimary ? '^' : '-').repeat(Math.max(1, widthTo(text, to, widthOf) - start));
  const painted = label.isPrimary ? paint.bold(paint.red(marks)) : paint.blue(marks);
  const said = label.message === '' ? '' : ` ${label.isPrimary ? label.message : paint.blue(label.message)}`;
  return `${gutter} ${before}${painted}${said}`;
};

/** Lines of one source with its labels, in the order of the file. */
const sourceFrame = (source: Source, labels: readonly Label[], width: number, hidden: Hidden, pen: Pen): string[] => {
  const { paint } = pen;
  const markers = labels.map(markerOf).sort((a, b) => a.line - b.line || a.from - b.from);
  const empty = `${' '.repeat(width)} ${paint.blue('|')}`;
  const lines: string[] = [];
  let last: number | undefined;
  for (const [i, marker] of markers.entries()) {
    const { line } = marker;
    if (line !== last) {
      if (last !== undefined && line - last > GAP) lines.push(paint.blue('...'));
      const text = expanded(shownLine(source, line, hidden)).trimEnd();
      lines.push(`${paint.blue(String(line).padStart(width))} ${paint.blue('|')}${text === '' ? '' : ` ${text}`}`);
      last = line;
    }
    const same = markers
      .slice(0, i)
      .some((other) => other.line === line && other.from === marker.from && other.to === marker.to);
    if (!same || marker.label.message !== '')
      lines.push(markerLine(shownLine(source, line, hidden), marker, empty, pen));
  }
  return lines;
};

/** The labels of one source, and the one that stands for it: the primary one, or the first. */
export type SourceLabels = { readonly source: Source; readonly anchor: Label; readonly labels: readonly Label[] };

/** Labels source by source, those of the primary place's source first. */
export const labelsBySource = (labels: readonly Label[]): readonly SourceLabels[] => {
  const groups = new Map<string, SourceLabels>();
  for (const label of labels) {
    const { source } = label.at;
    const group = groups.get(source.path);
    const anchor = group && !label.isPrimary ? group.anchor : label;
    groups.set(source.path, { source, anchor, labels: [...(group?.labels ?? []), label] });
  }
  const primary = labels.find(({ isPrimary }) => isPrimary) ?? labels[0];
  const rank = ({ source }: SourceLabels): number => Number(source.path !== primary?.at.source.path);
  return [...groups.values()].sort((a, b) => rank(a) - rank(b));
};

/**
 * Source lines with marks under the places that matter, file by file, the primary place's first. Wide characters and tabs
 * keep their alignment.
 * @param shownPath Turns a source's path into the one to print.
 */
export const codeFrame = (
  labels: readonly Label[],
  shownPath: (path: string) => string,
  hidden: Hidden,
  pen: Pen,
): string[] => {
  const { paint } = pen;
  const lines = labels.map(({ at }) => positionAt(at.source, at.start).line);
  const width = String(Math.max(0, ...lines)).length;
  return labelsBySource(labels).flatMap(({ source, anchor, labels: own }, i) => [
    `${' '.repeat(width)}${paint.blue(i === 0 ? '-->' : ':::')} ${placeOf(anchor.at, shownPath(source.path))}`,
    `${' '.repeat(width)} ${paint.blue('|')}`,
    ...sourceFrame(anchor.at.source, own, width, hidden, pen),
  ]);
};
