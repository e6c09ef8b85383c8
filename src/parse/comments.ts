import type { Source, Span } from '../source/source.js';

/** Any node of the syntax tree, as far as comments may stand in it. */
type Part = {
  readonly type?: string;
  readonly offset?: number;
  readonly source?: string;
  readonly start?: readonly Part[] | Part;
  readonly key?: Part | null;
  readonly sep?: readonly Part[];
  readonly value?: Part;
  readonly items?: readonly Part[];
  readonly props?: readonly Part[];
  readonly end?: readonly Part[];
};

/**
 * Notes the comments in a token of the parser. Walks with a list instead of by recursion: how deep a file nests is not
 * bounded yet.
 */
export const addComments = (source: Source, token: Part, found: Span[]): void => {
  const left: Part[] = [token];
  for (let part = left.pop(); part; part = left.pop()) {
    if (part.type === 'comment' && part.offset !== undefined && part.source !== undefined)
      found.push({ source, start: part.offset, end: part.offset + part.source.length });
    for (const below of [part.start, part.sep, part.items, part.props, part.end])
      if (Array.isArray(below)) for (const inner of below) left.push(inner);
    if (part.key) left.push(part.key);
    if (part.value) left.push(part.value);
  }
};

/** Comments in the order of the file. */
export const inOrder = (comments: readonly Span[]): readonly Span[] => [...comments].sort((a, b) => a.start - b.start);
