import { shortLines } from '../../model/message.js';
import type { Mark, Phrase, Piece } from '../document.js';
import { type Html, html } from './html.js';

/** What a sign says to those who do not see its colour. */
const SIGNS: Readonly<Record<Mark, string>> = { good: '✓', bad: '✗', caution: '!', note: 'i', none: '–' };

/** A string with its words between backticks as code. One backtick without another is a letter. */
const prose = (text: string): Html => {
  const parts = shortLines(text).split('`');
  return html`${parts.map((part, i) =>
    i % 2 === 0 ? part : i < parts.length - 1 ? html`<code>${part}</code>` : `\`${part}`,
  )}`;
};

const pieceHtml = (piece: Piece): Html => {
  if (typeof piece === 'string') return prose(piece);
  switch (piece.kind) {
    case 'code':
      return html`<code>${shortLines(piece.text)}</code>`;
    case 'strong':
      return html`<strong>${prose(piece.text)}</strong>`;
    case 'mark':
      return html`<span class="mark ${piece.mark}"><span class="sign" aria-hidden="true">${SIGNS[piece.mark]}</span> ${prose(piece.text)}</span>`;
    case 'rule':
      return html`<a href="#rule-${piece.id}">${piece.id}</a>`;
    case 'break':
      return html`<br>`;
  }
};

/** Running text. */
export const words = (phrase: Phrase): Html =>
  typeof phrase === 'string' ? prose(phrase) : html`${phrase.map(pieceHtml)}`;
