import { type LayoutNode, layoutOf } from '../../parse/layout.js';
import type { TextEdit } from '../../source/edit.js';
import { lineStartAt } from '../../source/lines.js';
import { oncePer } from '../../source/once.js';
import { firstWhere } from '../../source/search.js';
import type { Source } from '../../source/source.js';
import { columnAt, isFirstInLine, lineBefore, restAt } from './lines.js';
import { type Place, type Step, walk } from './place.js';

/** A comment of a text, from its `#` to the end of its line. */
export type Comment = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Whether nothing else stands in its line. */
  readonly isAlone: boolean;
};

const HASH = /(?<![^\s])#[^\r\n]*/g;

/** The comments of a text in their order: a `#` inside of a scalar is none. */
export const commentsIn = oncePer((source: Source): readonly Comment[] => {
  const scalars: LayoutNode[] = [];
  for (const root of layoutOf(source)) walk(root, (node) => (node.kind === 'scalar' ? scalars.push(node) : undefined));
  let next = 0;
  return [...source.text.matchAll(HASH)].flatMap(({ 0: text, index: start }): readonly Comment[] => {
    while ((scalars[next]?.end ?? start + 1) <= start) next += 1;
    const isInside = (scalars[next]?.start ?? start + 1) <= start;
    if (isInside) return [];
    return [{ start, end: start + text.length, text: text.trimEnd(), isAlone: isFirstInLine(source, start) }];
  });
});

/** Whether edits take comments away, or what stands directly below one that stays. */
export const touchesComment = (edits: readonly TextEdit[]): boolean =>
  edits.some(({ at: { source, start, end } }) => {
    const comments = commentsIn(source);
    const next = comments[firstWhere(comments.length, (i) => (comments[i]?.end ?? start) > start)];
    return (
      (next !== undefined && next.start < end) ||
      restAt(source, lineBefore(source, lineStartAt(source, start)))?.kind === 'comment'
    );
  });

/** The ways to the last item that begins before an offset, and to the first one that begins there or behind it. */
type Around = { readonly before: readonly Step[]; readonly behind: readonly Step[] };

const itemsAround = (node: LayoutNode, offset: number, above: readonly Step[] = []): Around => {
  const { items } = node;
  const next = firstWhere(items.length, (i) => (items[i]?.start ?? offset) >= offset);
  const wayTo = (index: number): readonly Step[] => {
    const item = items[index];
    return item ? [...above, { node, index, item }] : [];
  };
  const previous = items[next - 1];
  if (!previous) return { before: above, behind: wayTo(next) };
  const inner = itemsAround(previous.value, offset, wayTo(next - 1));
  return inner.behind.length > 0 ? inner : { before: inner.before, behind: wayTo(next) };
};

/**
 * The item that a comment is about: behind something in a line the last item that begins there; else the next one below at
 * the same column, or the last one above.
 */
export const subjectOf = (source: Source, { start, isAlone }: Comment): Place | undefined => {
  const found = layoutOf(source).map((root) => itemsAround(root, start));
  const behind = found.map((around) => around.behind).find((steps) => steps.length > 0) ?? [];
  const next = behind.at(-1)?.item;
  const isHeading = isAlone && next && columnAt(source, next.start) === columnAt(source, start);
  const steps = isHeading ? behind : (found.map(({ before }) => before).findLast((way) => way.length > 0) ?? []);
  const item = steps.at(-1)?.item;
  return item && { source, node: item.value, steps };
};
