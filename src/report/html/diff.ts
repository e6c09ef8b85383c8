import { structuredPatch } from 'diff';
import { shortLines } from '../../model/message.js';
import type { ChangedFile } from '../document.js';
import { type Content, type Html, html } from './html.js';

/** Unchanged lines shown around each change. */
const CONTEXT = 3;

/** One side of a row: the number of its line and its text; undefined where there is no line on this side. */
type Side = { readonly number: number; readonly text: string } | undefined;

type Row = { readonly old: Side; readonly now: Side };

/** Lines of a hunk side by side: lines taken out stand beside those put in for them. */
const rowsOf = (lines: readonly string[], oldStart: number, newStart: number): readonly Row[] => {
  const rows: Row[] = [];
  let [oldLine, newLine] = [oldStart, newStart];
  let [taken, put]: [Side[], Side[]] = [[], []];
  const flush = (): void => {
    for (let i = 0; i < Math.max(taken.length, put.length); i += 1) rows.push({ old: taken[i], now: put[i] });
    [taken, put] = [[], []];
  };
  for (const line of lines) {
    const text = line.slice(1);
    if (line.startsWith('-')) taken.push({ number: oldLine++, text });
    else if (line.startsWith('+')) put.push({ number: newLine++, text });
    else if (line.startsWith(' ')) {
      flush();
      rows.push({ old: { number: oldLine++, text }, now: { number: newLine++, text } });
    }
  }
  flush();
  return rows;
};

/** How much of two texts is alike from their beginnings, and from their ends. */
const alike = (a: string, b: string): readonly [start: number, end: number] => {
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < most - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return [start, end];
};

/** The text of a changed line; what differs from the line beside it is set off, unless it is nearly all. */
const changedText = (text: string, other: string | undefined): Content => {
  if (other === undefined) return shortLines(text);
  const [start, end] = alike(text, other);
  const differing = text.slice(start, text.length - end);
  if (differing === '' || start + end < text.trim().length / 4) return shortLines(text);
  return html`${shortLines(text.slice(0, start))}<b>${shortLines(differing)}</b>${shortLines(text.slice(text.length - end))}`;
};

const cells = (side: Side, other: Side, kind: 'del' | 'ins', isSame: boolean): Html => {
  const place = kind === 'del' ? 'old' : 'new';
  if (!side) return html`<td class="number ${place} none"></td><td class="${place} none"></td>`;
  if (isSame)
    return html`<td class="number ${place}">${side.number}</td><td class="${place}">${shortLines(side.text)}</td>`;
  const text = changedText(side.text, other?.text);
  return html`<td class="number ${place} ${kind}">${side.number}</td><td class="${place} ${kind}">${
    kind === 'del' ? html`<del>${text}</del>` : html`<ins>${text}</ins>`
  }</td>`;
};

const rowHtml = ({ old, now }: Row): Html => {
  const isSame = old !== undefined && now !== undefined && old.text === now.text;
  return html`<tr${isSame ? html` class="same"` : undefined}>${cells(old, now, 'del', isSame)}${cells(now, old, 'ins', isSame)}</tr>
`;
};

const titleOf = ({ name, formerName, before, after }: ChangedFile): string => {
  if (after === undefined) return `${name} goes`;
  if (before === undefined) return `${name} is new`;
  return formerName === undefined ? name : `${formerName} becomes ${name}`;
};

/** A file before and after, side by side. */
const fileHtml = (file: ChangedFile): Html => {
  const { before = '', after = '' } = file;
  const { hunks } = structuredPatch('', '', before, after, undefined, undefined, { context: CONTEXT });
  const title = titleOf(file);
  const bodies = hunks.map(({ lines, oldStart, newStart }, i) => {
    const gap = i === 0 ? undefined : html`<tr class="gap"><td colspan="4">&#8942;</td></tr>`;
    return html`<tbody>${gap}${rowsOf(lines, oldStart, newStart).map(rowHtml)}</tbody>`;
  });
  const [left, right] = [file.before === undefined ? '' : 'Today', file.after === undefined ? '' : 'Afterwards'];
  return html`<details class="change" open><summary>${title}</summary><table class="diff"><caption class="hidden">${title}, line by line</caption><colgroup><col class="number"><col><col class="number"><col></colgroup><thead><tr><th scope="colgroup" colspan="2">${left || 'not there'}</th><th scope="colgroup" colspan="2">${right || 'gone'}</th></tr></thead>${bodies}</table></details>
`;
};

/** Files before and after, side by side, one below the other. */
export const changesHtml = (files: readonly ChangedFile[]): Html => html`${files.map(fileHtml)}`;
