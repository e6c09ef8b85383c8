import { counted } from '../counts.js';
import type { Block, Phrase } from '../document.js';
import type { Graph } from '../graph.js';
import { breakable, breakableAttribute, longestPart } from './breakable.js';
import { changesHtml } from './diff.js';
import { type Html, html } from './html.js';
import { words } from './words.js';

type Table = Extract<Block, { kind: 'table' }>;

/** What a reader sees of running text. */
const lettersOf = (phrase: Phrase): string =>
  typeof phrase === 'string'
    ? phrase
    : phrase
        .map((piece) => {
          if (typeof piece === 'string') return piece;
          if (piece.kind === 'break') return ' ';
          return piece.kind === 'rule' ? piece.id : piece.text;
        })
        .join('');

/** Letters that stand side by side on a narrow screen, beside the room between columns. */
const NARROW = 34;

/** Whether a narrow screen shows a table as it is: no part of a word is cut, and no cell is much higher than others. */
const isSlim = ({ head, rows }: Table): boolean => {
  const columns = head.map((title, i) => [title, ...rows.map((row) => lettersOf(row[i] ?? ''))]);
  const sum = (measure: (text: string) => number): number =>
    columns.reduce((total, texts) => total + Math.max(...texts.map(measure)), 0);
  return sum(longestPart) <= NARROW && sum((text) => text.length) <= 2 * NARROW;
};

/** A table. On a narrow screen each row of a wide one is a card, whose cells say by themselves what they are. */
const tableHtml = (table: Table): Html => {
  const { caption, head, rows, isReference } = table;
  const whole = html`<div class="scroll${isSlim(table) ? '' : ' wide'}" role="group" aria-label="${caption}"><table><caption>${caption}</caption><thead><tr>${head.map(
    (title) => html`<th scope="col">${breakable(title)}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr>${head.map((title, i) => html`<td data-head="${breakableAttribute(title)}">${words(row[i] ?? '', breakable)}</td>`)}</tr>
`,
  )}</tbody></table></div>
`;
  if (!isReference) return whole;
  return html`<details class="reference"><summary>${caption} (${counted(rows.length, 'row')})</summary>
${whole}</details>
`;
};

/** Draws a graph. */
export type Draw = (graph: Graph) => Html;

/**
 * A block as HTML.
 * @param draw Draws its graphs; where it is left out there are none, and what draws need not be loaded.
 */
export const blockHtml = (block: Block, draw: Draw = ({ title }) => html`<p>${title}</p>`): Html => {
  switch (block.kind) {
    case 'heading':
      return block.level === 3
        ? html`<h3>${words(block.text)}</h3>
`
        : html`<h4>${words(block.text)}</h4>
`;
    case 'paragraph':
      return html`<p>${words(block.words)}</p>
`;
    case 'list':
      return html`<ul>${block.items.map((item) => html`<li>${words(item)}</li>`)}</ul>
`;
    case 'table':
      return tableHtml(block);
    case 'code':
      return html`<pre class="code"><code>${block.text}</code></pre>
`;
    case 'fold':
      return html`<details class="fold"><summary><h3>${words(block.title)}</h3></summary>
${block.blocks.map((each) => blockHtml(each, draw))}</details>
`;
    case 'graph':
      return draw(block.graph);
    case 'changes':
      return changesHtml(block.files);
  }
};
