import { oncePer } from '../source/once.js';
import { firstWhere } from '../source/search.js';
import { joinSpans, type Span } from '../source/source.js';
import { type Origin, type Origins, type Piece, placeOfValue, type Scalar, scalar } from './value.js';

/**
 * Where the characters of a text stand in the file, when they stand there one for one: a plain or quoted scalar on one line
 * without escapes. Undefined for all other notations.
 */
const contentStart = (at: Span, text: string): number | undefined => {
  const { source, start, end } = at;
  const length = end - start;
  if (length === text.length && source.text.startsWith(text, start)) return start;
  if (length === text.length + 2 && source.text.startsWith(text, start + 1)) return start + 1;
  return undefined;
};

/** The pieces that a text consists of: those of its interpolation, or one for all of it. */
export const piecesOf = oncePer((value: Scalar): readonly Piece[] => {
  // A text is taken apart word by word, and finding its place means to look at all of it.
  const text = typeof value.value === 'string' ? value.value : '';
  for (let i = value.origins.length - 1; i >= 0; i -= 1) {
    const origin = value.origins[i];
    if (origin?.kind === 'interpolated') return origin.pieces;
    if (origin?.kind !== 'written' && origin?.kind !== 'read') continue;
    const from = contentStart(origin.at, text);
    if (from === undefined) return [{ from: 0, to: text.length, at: origin.at, literal: false }];
    const at = { source: origin.at.source, start: from, end: from + text.length };
    return [{ from: 0, to: text.length, at, literal: true }];
  }
  return [];
});

/** Position of the first piece that ends at an offset or behind it. Pieces follow each other. */
const firstFrom = (pieces: readonly Piece[], offset: number): number =>
  firstWhere(pieces.length, (i) => (pieces[i]?.to ?? offset) >= offset);

/** The pieces that a range of a text consists of, cut at its ends, with offsets counted from the range's start. */
const cut = (pieces: readonly Piece[], from: number, to: number): readonly Piece[] => {
  const found: Piece[] = [];
  for (let i = firstFrom(pieces, from); i < pieces.length; i += 1) {
    const piece = pieces[i];
    if (!piece || piece.from > to) break;
    if (piece.from === piece.to && piece.literal) continue;
    if (piece.from !== piece.to && (piece.to === from || piece.from === to) && from !== to) continue;
    const start = Math.max(piece.from, from);
    const end = Math.min(piece.to, to);
    const at = piece.literal
      ? {
          source: piece.at.source,
          start: piece.at.start + (start - piece.from),
          end: piece.at.start + (end - piece.from),
        }
      : piece.at;
    found.push({ from: start - from, to: end - from, at, literal: piece.literal });
  }
  return found;
};

/** Where a range of a text stands in the file: exact where it was written literally, else the reference that gave it. */
export const partSpan = (value: Scalar, from: number, to: number): Span | undefined => {
  const found = cut(piecesOf(value), from, to);
  const [first, ...rest] = found;
  return first ? rest.reduce((span, piece) => joinSpans(span, piece.at), first.at) : placeOfValue(value);
};

/** A part of a text as a value of its own, with the same history narrowed to the part's place. */
export const part = (value: Scalar, from: number, to: number): Scalar => {
  const text = typeof value.value === 'string' ? value.value : '';
  return narrowed(value, text.slice(from, to), from, to);
};

/** A value that was read out of a range of a text (a number, a name), with the history narrowed to that range. */
export const narrowed = (value: Scalar, content: Scalar['value'], from: number, to: number): Scalar => {
  const span = partSpan(value, from, to);
  if (!span) return scalar(content, value.origins);
  const pieces = cut(piecesOf(value), from, to);
  const narrow = (origin: Origin): Origin => {
    if (origin.kind === 'written') return { kind: 'written', at: span };
    if (origin.kind === 'interpolated') {
      const variables = origin.variables.filter(
        (variable) => variable.at.start < span.end && variable.at.end > span.start,
      );
      return { ...origin, variables, pieces };
    }
    return origin;
  };
  const [first, ...rest] = value.origins;
  const origins: Origins = [narrow(first), ...rest.map(narrow)];
  return scalar(content, origins);
};
