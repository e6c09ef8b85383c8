import { lineText, placeOf } from '../../source/lines.js';
import type { Source } from '../../source/source.js';
import { type Hidden, type Label, labelsBySource, type Marker, markerOf, shownLine } from '../frame.js';
import { type Html, html } from './html.js';
import { words } from './words.js';

/** Lines shown around each place. */
const AROUND = 1;

/** Lines between two shown ones that are shown, too, instead of a gap. */
const GAP = 1;

/** A line in parts: what is marked as the place, what is related, the rest. */
const markedLine = (text: string, markers: readonly Marker[]): readonly Html[] => {
  const bounds = [...new Set([0, text.length, ...markers.flatMap(({ from, to }) => [from, to])])]
    .filter((bound) => bound <= text.length)
    .sort((a, b) => a - b);
  return bounds.slice(0, -1).map((from, i) => {
    const part = text.slice(from, bounds[i + 1]);
    const over = markers.filter((marker) => marker.from <= from && marker.to > from);
    if (over.length === 0) return html`${part}`;
    return over.some(({ label }) => label.isPrimary)
      ? html`<mark>${part}</mark>`
      : html`<mark class="related">${part}</mark>`;
  });
};

/** Numbers of the lines to show, in runs without gaps. Around what is marked, lines without text tell nothing. */
const runsOf = (source: Source, marked: readonly number[]): readonly (readonly number[])[] => {
  const around = marked.flatMap((line) => Array.from({ length: 2 * AROUND + 1 }, (_, i) => line - AROUND + i));
  const lines = [...new Set([...marked, ...around.filter((line) => lineText(source, line).trim() !== '')])];
  lines.sort((a, b) => a - b);
  const runs: number[][] = [];
  for (const line of lines) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (!run || before === undefined || line - before > GAP + 1) runs.push([line]);
    else for (let next = before + 1; next <= line; next += 1) run.push(next);
  }
  return runs;
};

const sourceLines = (source: Source, labels: readonly Label[], hidden: Hidden): Html => {
  const markers = labels.map(markerOf);
  const runs = runsOf(
    source,
    markers.map(({ line }) => line),
  );
  const lineOf = (line: number): Html => {
    const own = markers.filter((marker) => marker.line === line);
    const notes = [...new Set(own.map(({ label }) => label.message).filter((message) => message !== ''))];
    return html`<span class="line"><span class="number">${line}</span><span>${markedLine(shownLine(source, line, hidden), own)}</span></span>${notes.map(
      (note) => html`<span class="line note"><span class="number"></span><span>${words(note)}</span></span>`,
    )}`;
  };
  return html`${runs.map((run, i) => html`${i === 0 ? undefined : html`<span class="line gap"><span class="number">&#8942;</span></span>`}${run.map(lineOf)}`)}`;
};

/** Source lines around the places of a finding, which are marked; file by file, the one to act on first. */
export const frame = (labels: readonly Label[], name: (path: string) => string, hidden: Hidden): Html =>
  html`${labelsBySource(labels).map(
    ({ source, anchor, labels: own }) =>
      html`<div class="frame"><p class="place">${placeOf(anchor.at, name(source.path))}</p><pre>${sourceLines(source, own, hidden)}</pre></div>`,
  )}`;
