import { shortLines } from '../../model/message.js';
import type { Block } from '../document.js';
import type { Graph } from '../graph.js';
import { changesHtml } from './diff.js';
import { type Html, html } from './html.js';
import { words } from './words.js';

const tableHtml = ({ caption, head, rows }: Extract<Block, { kind: 'table' }>): Html =>
  html`<div class="scroll" role="group" aria-label="${caption}"><table><caption>${caption}</caption><thead><tr>${head.map(
    (title) => html`<th scope="col">${title}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr>${head.map((_, i) => html`<td>${words(row[i] ?? '')}</td>`)}</tr>
`,
  )}</tbody></table></div>
`;

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
      return html`<pre class="code"><code>${shortLines(block.text)}</code></pre>
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
