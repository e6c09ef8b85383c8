/** One piece of a pattern: any run of characters, or what one character may be. */
type Piece = 'run' | ((char: string) => boolean);

const isNoSlash = (char: string): boolean => char !== '/';

/** One character of a pattern that may be written with a backslash, and what stands behind it; undefined where there is none. */
const literalAt = (chars: readonly string[], at: number): readonly [char: string, next: number] | undefined => {
  const isEscaped = chars[at] === '\\';
  const char = chars[isEscaped ? at + 1 : at];
  return char === undefined ? undefined : [char, at + (isEscaped ? 2 : 1)];
};

/** A set of characters from behind its bracket: `a-z]`, `^ab]`. Undefined where it is not valid. */
const setAt = (chars: readonly string[], start: number): readonly [piece: Piece, next: number] | undefined => {
  const isNegated = chars[start] === '^';
  const ranges: (readonly [from: number, to: number])[] = [];
  let at = isNegated ? start + 1 : start;
  while (ranges.length === 0 || chars[at] !== ']') {
    if (chars[at] === '-' || chars[at] === ']') return undefined;
    const low = literalAt(chars, at);
    if (!low) return undefined;
    at = low[1];
    const high = chars[at] === '-' ? literalAt(chars, at + 1) : low;
    if (!high || (high !== low && /[-\]]/.test(chars[at + 1] ?? ''))) return undefined;
    at = high[1];
    ranges.push([low[0].codePointAt(0) ?? 0, high[0].codePointAt(0) ?? 0]);
  }
  const isIn = (char: string): boolean => {
    const code = char.codePointAt(0) ?? 0;
    return ranges.some(([from, to]) => from <= code && code <= to) !== isNegated;
  };
  return [isIn, at + 1];
};

/** The pieces of a pattern; undefined for one that is not valid. */
const piecesOf = (pattern: string): readonly Piece[] | undefined => {
  const chars = [...pattern];
  const pieces: Piece[] = [];
  for (let at = 0; at < chars.length; ) {
    const char = chars[at];
    if (char === '*' || char === '?') {
      if (char === '?') pieces.push(isNoSlash);
      else if (pieces.at(-1) !== 'run') pieces.push('run');
      at += 1;
      continue;
    }
    const literal = char === '[' ? undefined : literalAt(chars, at);
    const next = literal
      ? ([(given: string) => given === literal[0], literal[1]] as const)
      : char === '['
        ? setAt(chars, at + 1)
        : undefined;
    if (!next) return undefined;
    pieces.push(next[0]);
    at = next[1];
  }
  return pieces;
};

/** Whether characters fit. Only the last run is ever made longer: the time is that of both lengths, multiplied. */
const fits = (pieces: readonly Piece[], chars: readonly string[]): boolean => {
  let [piece, at] = [0, 0];
  let last: { readonly piece: number; at: number } | undefined;
  while (at < chars.length) {
    const wanted = pieces[piece];
    if (wanted === 'run') {
      last = { piece, at };
      piece += 1;
    } else if (wanted?.(chars[at] ?? '')) {
      piece += 1;
      at += 1;
    } else if (last && isNoSlash(chars[last.at] ?? '')) {
      last.at += 1;
      piece = last.piece + 1;
      at = last.at;
    } else return false;
  }
  return pieces.slice(piece).every((rest) => rest === 'run');
};

/**
 * Whether a name is meant by a pattern with `*`, `?` and `[…]`; a pattern that is not valid means none.
 * @see Go's `path/filepath`, Match, by which docker compose chooses services
 */
export const nameMatcher = (pattern: string): ((name: string) => boolean) => {
  if (!/[*?[\\]/.test(pattern)) return (name) => name === pattern;
  const pieces = piecesOf(pattern);
  return (name) => pieces !== undefined && fits(pieces, [...name]);
};
