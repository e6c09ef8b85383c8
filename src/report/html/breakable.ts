import { type Content, html } from './html.js';

/** Words up to this many letters are never broken. */
const WHOLE = 14;

/** What comes after these in a long word may stand on the next line. */
const PIECES = /[^/.:,;=_@&?)\]}]+[/.:,;=_@&?)\]}"']*|[/.:,;=_@&?)\]}]+/gu;

/** A long run without such a place is broken wherever it must be, behind this many letters. */
const LONGEST = 24;

/** A piece as short as this, such as the end of a file's name, stays with the one before it. */
const SHORT = 4;

const partsOfWord = (word: string): readonly string[] => {
  const pieces: string[] = [];
  for (const piece of word.match(PIECES) ?? [word]) {
    const last = pieces.at(-1);
    if (last !== undefined && piece.length <= SHORT && last.length + piece.length <= LONGEST)
      pieces[pieces.length - 1] = last + piece;
    else pieces.push(piece);
  }
  return pieces.flatMap((piece) => {
    const letters = [...piece];
    const count = Math.ceil(letters.length / LONGEST);
    return Array.from({ length: count }, (_, i) => letters.slice(i * LONGEST, (i + 1) * LONGEST).join(''));
  });
};

/** The words of a text and what is between them, each cut where it may be broken. */
const cut = (text: string): readonly (readonly string[])[] =>
  text.split(/(\s+)/).map((word) => (word.length <= WHOLE ? [word] : partsOfWord(word)));

const BREAK = html`<wbr>`;

/**
 * A text whose long words, such as paths and addresses, may be broken where a reader would break them. A narrow column then is
 * as wide as their longest part, and cuts no word anywhere else.
 */
export const breakable = (text: string): Content =>
  cut(text).map((parts) => parts.flatMap((part, i) => (i === 0 ? [part] : [BREAK, part])));

/** The same for attributes, which hold no elements: with spaces that have no width. */
export const breakableAttribute = (text: string): string =>
  cut(text)
    .map((parts) => parts.join('\u200b'))
    .join('');

/** How many letters the longest part of a text has that is not broken. */
export const longestPart = (text: string): number =>
  Math.max(...cut(text).flatMap((parts) => parts.flatMap((part) => part.split(/(?<=\w-)/)).map((part) => part.length)));
