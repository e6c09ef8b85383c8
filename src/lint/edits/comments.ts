import { type LayoutItem, type LayoutNode, layoutOf } from '../../parse/layout.js';
import type { TextEdit } from '../../source/edit.js';
import { lineStartAt } from '../../source/lines.js';
import { oncePer } from '../../source/once.js';
import type { Source } from '../../source/source.js';
import { columnAt, isFirstInLine, lineBefore, restAt } from './lines.js';
import type { Place, Step } from './place.js';

/** A comment of a text, from its `#` to the end of its line. */
export type Comment = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Whether nothing else stands in its line. */
  readonly isAlone: boolean;
};

/** Calls `visit` for every scalar of a node, keys included, in the order of the text. */
const visitScalars = (node: LayoutNode, visit: (node: LayoutNode) => void): void => {
  if (node.kind === 'scalar') visit(node);
  for (const { key, value } of node.items) {
    if (key) visitScalars(key, visit);
    visitScalars(value, visit);
  }
};

const HASH = /(?<![^\s])#[^\r\n]*/g;

/** The comments of a text in their order: a `#` inside of a scalar is none. */
export const commentsIn = oncePer((source: Source): readonly Comment[] => {
  const scalars: LayoutNode[] = [];
  for (const root of layoutOf(source)) visitScalars(root, (node) => scalars.push(node));
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
    const isIn = commentsIn(source).some((comment) => comment.start < end && start < comment.end);
    return isIn || restAt(source, lineBefore(source, lineStartAt(source, start)))?.kind === 'comment';
  });

/** Steps to every item of a text, outer ones first. */
const stepsIn = (node: LayoutNode, above: readonly Step[], visit: (steps: readonly Step[]) => void): void => {
  for (const [index, item] of node.items.entries()) {
    const steps = [...above, { node, index, item }];
    visit(steps);
    stepsIn(item.value, steps, visit);
  }
};

const itemOf = (steps: readonly Step[]): LayoutItem | undefined => steps.at(-1)?.item;

/**
 * The item that a comment is about: behind something in a line the last item that begins there; else the next one below at
 * the same column, or the last one above.
 */
export const subjectOf = (source: Source, { start, isAlone }: Comment): Place | undefined => {
  let above: readonly Step[] = [];
  let below: readonly Step[] = [];
  for (const root of layoutOf(source))
    stepsIn(root, [], (steps) => {
      const item = itemOf(steps);
      if (!item) return;
      if (item.start < start) above = steps;
      else if (below.length === 0) below = steps;
    });
  const next = itemOf(below);
  const isHeading = isAlone && next && columnAt(source, next.start) === columnAt(source, start);
  const steps = isHeading ? below : above;
  const item = itemOf(steps);
  return item && { source, node: item.value, steps };
};
