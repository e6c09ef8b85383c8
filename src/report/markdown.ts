import { shortLines } from '../model/message.js';
import { withoutEnd } from '../source/ends.js';
import type { Block, Document, Mark, Phrase, Piece } from './document.js';
import { mermaidOf } from './mermaid.js';

const SIGNS: Readonly<Record<Mark, string>> = { good: '✅', bad: '❌', caution: '⚠️', note: 'ℹ️', none: '➖' };

/** A text in the form of code, whatever backticks it holds. */
const inCode = (whole: string): string => {
  const text = shortLines(whole);
  const ticks = '`'.repeat(Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length)) + 1);
  return ticks.length === 1 ? `\`${text}\`` : `${ticks} ${text} ${ticks}`;
};

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '&': '&amp;', '@': '&#64;' };

/** What would become HTML, an entity, emphasis, a line through the text, a link or a mention. */
const MARKUP = /[<*\\]|&(?=#?\w{1,32};)|\](?=\()|~(?=~)|(?<![\p{L}\p{N}_])_+|(?<!\w)@(?=\w)/gu;

/** Text outside of code: all of that is taken by its letters. */
const escaped = (text: string): string =>
  text.replace(MARKUP, (found) => ENTITIES[found] ?? found.replace(/./g, '\\$&'));

/** A string with its words between backticks as code. One backtick without another is a letter. */
const prose = (text: string): string =>
  shortLines(text)
    .split('`')
    .map((part, i, { length }) =>
      i % 2 === 0 ? escaped(part) : i < length - 1 ? `\`${part}\`` : `\\\`${escaped(part)}`,
    )
    .join('');

const pieceText = (piece: Piece): string => {
  if (typeof piece === 'string') return prose(piece);
  switch (piece.kind) {
    case 'code':
      return inCode(piece.text);
    case 'strong':
      return `**${prose(piece.text)}**`;
    case 'mark':
      return `${SIGNS[piece.mark]} ${prose(piece.text)}`.trimEnd();
    case 'rule':
      // Its page is in the package of fog-lint: no address of it leads there from wherever the report is read.
      return `\`${piece.id}\``;
    case 'break':
      return '<br>';
  }
};

/** Running text on one line. */
const words = (phrase: Phrase, lineBreak: string): string =>
  (typeof phrase === 'string' ? prose(phrase) : phrase.map(pieceText).join('')).replace(/\r\n?|\n/g, lineBreak);

/** A text inside of a cell: one line, bars and line breaks escaped. */
const cell = (phrase: Phrase): string => words(phrase, '<br>').replaceAll('|', '\\|');

const tableText = (head: readonly string[], rows: readonly (readonly Phrase[])[]): string => {
  const line = (row: readonly Phrase[]): string => `| ${head.map((_, i) => cell(row[i] ?? '')).join(' | ')} |`;
  return [line(head), `| ${head.map(() => '---').join(' | ')} |`, ...rows.map(line), ''].join('\n');
};

const fenced = (language: string, whole: string): string => {
  const text = shortLines(whole);
  const ticks = '`'.repeat(Math.max(3, ...(text.match(/`+/g) ?? []).map((run) => run.length + 1)));
  return `${ticks}${language}\n${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${ticks}\n`;
};

/** Blocks and paragraphs, one blank line between them; empty ones are left out. */
const stacked = (parts: readonly string[]): string =>
  parts
    .filter((part) => part !== '')
    .map((part) => `${withoutEnd(part, '\n')}\n`)
    .join('\n');

const blockText = (block: Block): string => {
  switch (block.kind) {
    case 'heading':
      return block.level === 3 ? `### ${words(block.text, ' ')}` : `**${words(block.text, ' ')}:**`;
    case 'paragraph':
      return words(block.words, ' ');
    case 'list':
      return block.items.map((item) => `- ${words(item, ' ')}\n`).join('');
    case 'table':
      return tableText(block.head, block.rows);
    case 'code':
      return fenced(block.language, block.text);
    case 'fold':
      return stacked([`### ${words(block.title, ' ')}`, ...block.blocks.map(blockText)]);
    case 'graph': {
      const { text, note } = mermaidOf(block.graph);
      return stacked([`${words(block.graph.title, ' ')}:`, fenced('mermaid', text), note ?? '']);
    }
    case 'changes':
      return '';
  }
};

/**
 * A report as Markdown, with Mermaid graphs.
 * @param isNumbered Whether the headings of sections have numbers.
 */
export const markdownOf = ({ title, sections }: Document, isNumbered: boolean): string =>
  stacked([
    `# ${words(title, ' ')}`,
    ...sections.map((section, i) =>
      stacked([`## ${isNumbered ? `${i + 1}. ` : ''}${section.title}`, ...section.blocks.map(blockText)]),
    ),
  ]);
