import type { Mark, Phrase, Piece } from '../document.js';
import { type Content, type Html, html } from './html.js';

/** What a sign says to those who do not see its colour. */
const SIGNS: Readonly<Record<Mark, string>> = { good: '✓', bad: '✗', caution: '!', note: 'i', none: '–' };

/** How a text is put into the page. */
type Put = (text: string) => Content;

/** A string with its words between backticks as code. One backtick without another is a letter. */
const prose = (text: string, put: Put): Html => {
  const parts = text.split('`');
  return html`${parts.map((part, i) =>
    i % 2 === 0 ? put(part) : i < parts.length - 1 ? html`<code>${put(part)}</code>` : put(`\`${part}`),
  )}`;
};

const pieceHtml = (piece: Piece, put: Put): Html => {
  if (typeof piece === 'string') return prose(piece, put);
  switch (piece.kind) {
    case 'code':
      return html`<code>${put(piece.text)}</code>`;
    case 'strong':
      return html`<strong>${prose(piece.text, put)}</strong>`;
    case 'mark':
      return html`<span class="mark ${piece.mark}"><span class="sign" aria-hidden="true">${SIGNS[piece.mark]}</span>&#160;${prose(piece.text, put)}</span>`;
    case 'rule':
      return html`<a href="#rule-${piece.id}">${piece.id}</a>`;
    case 'break':
      return html`<br>`;
  }
};

/**
 * Running text.
 * @param put How its letters are put into the page; by default as they are.
 */
export const words = (phrase: Phrase, put: Put = (text) => text): Html =>
  typeof phrase === 'string' ? prose(phrase, put) : html`${phrase.map((piece) => pieceHtml(piece, put))}`;
