/**
 * A source is one text that the user wrote: a Compose file, an env file, a settings file. It has a path to show and a text
 * whose UTF-16 offsets are the only coordinates used inside fog-lint.
 */
export type Source = {
  /** Where the text came from: an absolute path with `/`, or a name such as `<stdin>`. */
  readonly path: string;
  /** The text without a byte order mark; offsets count from its first character. */
  readonly text: string;
  /** How the text was stored, so that it can be written back byte for byte. */
  readonly encoding: Encoding;
};

/** Stored form of a text. `utf-8-bom` and both `utf-16` forms start with a byte order mark. */
export type Encoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be';

/** A range of UTF-16 offsets in one source, end exclusive. */
export type Span = { readonly source: Source; readonly start: number; readonly end: number };

/** A source made of a text that is already decoded, for tests, standard input and editors. */
export const sourceOf = (path: string, text: string, encoding: Encoding = 'utf-8'): Source => ({
  path,
  text,
  encoding,
});

/** The characters that a span covers. */
export const textAt = ({ source, start, end }: Span): string => source.text.slice(start, end);

/** Whether a span lies within another one, or is the same. */
export const isInside = (inner: Span, outer: Span): boolean =>
  inner.source === outer.source && outer.start <= inner.start && inner.end <= outer.end;

/** The smallest span that covers both, which must lie in one source. */
export const joinSpans = (a: Span, b: Span): Span => ({
  source: a.source,
  start: Math.min(a.start, b.start),
  end: Math.max(a.end, b.end),
});

/** Whether two spans are the same range of the same file. */
export const sameSpan = (a: Span, b: Span): boolean =>
  a.start === b.start && a.end === b.end && a.source.path === b.source.path;
