import stringWidth from 'string-width';
import { type Paint, paintFor } from './paint.js';

/** Breaks a text into lines at its blanks; lines after the first start with `indent`. */
const wrap = (text: string, width: number, indent: string): string => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (line !== '' && stringWidth(`${line} ${word}`) > width) {
      lines.push(line);
      line = indent + word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
};

/** Names between backticks stand out by colour, or keep their backticks where there is none. */
const inline = (text: string, paint: Paint, colour: boolean): string =>
  colour ? text.replace(/`([^`]+)`/g, (_, name: string) => paint.cyan(name)) : text;

const cellsOf = (row: string): readonly string[] =>
  row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** A table, each row as `title: cell` lines. */
const tableText = (rows: readonly string[]): string => {
  const [head = '', , ...body] = rows;
  const titles = cellsOf(head);
  const width = Math.max(...titles.map((title) => title.length));
  return body
    .map((row) =>
      cellsOf(row)
        .map((cell, i) => `${`${titles[i] ?? ''}:`.padEnd(width + 1)} ${cell}`)
        .join('\n'),
    )
    .join('\n\n');
};

/** Parts of a page that blank lines separate; a fenced block is one part, whatever is in it. */
const partsOf = (markdown: string): readonly string[] =>
  markdown.match(/```[\s\S]*?\n```|(?:[^\n]+(?:\n(?!```)|$))+/g) ?? [];

const partText = (part: string, width: number, paint: Paint, colour: boolean): string => {
  const lines = part.trimEnd().split('\n');
  const [first = ''] = lines;
  if (first.startsWith('```'))
    return lines
      .slice(1, -1)
      .map((line) => (line === '' ? '' : `    ${paint.dim(line)}`))
      .join('\n');
  if (first.startsWith('#')) return paint.bold(first.replace(/^#+ /, ''));
  if (first.startsWith('|')) return tableText(lines);
  if (!first.startsWith('- ')) return inline(wrap(part, width, ''), paint, colour);
  const items = part.split(/\n(?=- )/);
  return items.map((item) => inline(wrap(item, width, '  '), paint, colour)).join('\n');
};

/**
 * The Markdown that pages of rules are written in (headings, paragraphs, lists, tables, fenced blocks), for a terminal.
 * @param width Columns that paragraphs are broken at; what is in a fenced block is not.
 */
export const terminalMarkdown = (markdown: string, width: number, colour: boolean): string => {
  const paint = paintFor(colour);
  return `${partsOf(markdown)
    .map((part) => partText(part, width, paint, colour))
    .join('\n\n')}\n`;
};
