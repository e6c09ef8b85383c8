import { withoutEnd } from '../source/ends.js';

/** A text inside of a cell: one line, bars and line breaks escaped. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', '<br>');

/** A Markdown table. Nothing for no rows. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  if (rows.length === 0) return '';
  const line = (row: readonly string[]): string => `| ${head.map((_, i) => cell(row[i] ?? '')).join(' | ')} |`;
  return [line(head), `| ${head.map(() => '---').join(' | ')} |`, ...rows.map(line), ''].join('\n');
};

/** A text in the form of code, whatever backticks it holds. */
export const code = (text: string): string => {
  const ticks = '`'.repeat(Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length)) + 1);
  return ticks.length === 1 ? `\`${text}\`` : `${ticks} ${text} ${ticks}`;
};

/** A block of code. */
export const block = (language: string, text: string): string => {
  const ticks = '`'.repeat(Math.max(3, ...(text.match(/`+/g) ?? []).map((run) => run.length + 1)));
  return `${ticks}${language}\n${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${ticks}\n`;
};

/** Paragraphs and blocks, one blank line between them; empty ones are left out. */
export const paragraphs = (...parts: readonly string[]): string =>
  parts
    .filter((part) => part !== '')
    .map((part) => `${withoutEnd(part, '\n')}\n`)
    .join('\n');
