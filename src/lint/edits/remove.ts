import type { LayoutItem, LayoutNode } from '../../parse/layout.js';
import type { TextEdit } from '../../source/edit.js';
import { lineStartAt, nextLineAt } from '../../source/lines.js';
import type { Source } from '../../source/source.js';
import { columnAt, commentsAbove, endWithComments, isFirstInLine, isLastInLine, lineBefore, restAt } from './lines.js';
import { isNeeded, isShared, type Place, type Step } from './place.js';

export type RemoveOptions = {
  /** Whether what an alias names elsewhere may be edited, too; by default it may not. */
  readonly shared?: 'edit';
  /** What to do when nothing is left in the collection: take it away, too (the default), or refuse. */
  readonly emptied?: 'refuse';
};

/** A range of offsets, end exclusive. */
export type Range = { readonly start: number; readonly end: number };

/** Whether an item takes several lines. */
const isMultiLine = (source: Source, { start, end }: LayoutItem): boolean =>
  lineStartAt(source, start) !== lineStartAt(source, end);

/** The whole lines of an item in block style with its trailing comment and the comments inside of it. */
const ownLines = (source: Source, item: LayoutItem): Range => ({
  start: lineStartAt(source, item.start),
  end: endWithComments(source, item),
});

/** Lines of an item with the comments above it, but for a comment at the top of the file. */
const withComments = (source: Source, { index, item }: Step, { start, end }: Range, isRoot: boolean): Range =>
  isRoot && index === 0 ? { start, end } : { start: commentsAbove(source, start, columnAt(source, item.start)), end };

/**
 * Whether the comment above an item speaks about this item alone. One above a single line that is directly followed by
 * another line without a comment may be the heading of both.
 */
const ownsComment = (source: Source, { node, index, item }: Step, below: number): boolean =>
  isMultiLine(source, item) || index === node.items.length - 1 || restAt(source, below) !== undefined;

/**
 * The whole lines of an item in block style: with its trailing comment, the comments inside of it and, where they are its
 * own, those directly above. A comment at the top of the file stays.
 */
export const linesOf = (source: Source, step: Step, isRoot: boolean): Range => {
  const lines = ownLines(source, step.item);
  return ownsComment(source, step, lines.end) ? withComments(source, step, lines, isRoot) : lines;
};

/** Whether a line break ends a text. */
const endsWithBreak = ({ text }: Source): boolean => /[\r\n]/.test(text.at(-1) ?? '');

/** The range without a line break that the text would end without, had it none before. */
const keepingLastLine = (source: Source, { start, end }: Range): Range => {
  if (endsWithBreak(source) || end < source.text.length) return { start, end };
  const before = source.text.slice(Math.max(0, start - 2), start);
  return { start: start - (/\r?\n$/.exec(before)?.[0].length ?? 0), end };
};

/**
 * The range with the blank lines that would otherwise be left twice, or at the end of the file, and with the range below that
 * is removed as well, where nothing is left between them.
 */
const withBlankLines = (source: Source, { start, end }: Range, isFirst: boolean, below: Range | undefined): Range => {
  const isBlankBefore = isFirst || restAt(source, lineBefore(source, start))?.kind === 'blank';
  let [from, to] = [start, end];
  for (;;) {
    if (below && from < below.start && to >= below.start && to < below.end) to = below.end;
    else if (isBlankBefore && restAt(source, to)?.kind === 'blank') to = nextLineAt(source, to);
    else break;
  }
  if (to >= source.text.length)
    for (let line = lineBefore(source, from); restAt(source, line)?.kind === 'blank'; line = lineBefore(source, line))
      from = line;
  return { start: from, end: to };
};

/** Items of one collection, one behind the other. */
type Run = { readonly node: LayoutNode; readonly first: number; readonly last: number };

const itemsOf = ({ node, first, last }: Run): readonly Step[] =>
  node.items.slice(first, last + 1).map((item, i) => ({ node, index: first + i, item }));

/** The ranges of items that stand in lines of their own, as if the last one were taken away first, each with what is below. */
const rangesOf = (source: Source, steps: readonly Step[], isRoot: boolean): readonly Range[] => {
  const ranges: Range[] = [];
  let isFollowed: boolean | undefined;
  for (const step of [...steps].reverse()) {
    const lines = ownLines(source, step.item);
    isFollowed ??= ownsComment(source, step, lines.end);
    const whole = withComments(source, step, lines, isRoot);
    const isOwn = isFollowed || isMultiLine(source, step.item);
    // A comment that stays is what the item above is followed by.
    if (!isOwn && whole.start < lines.start) isFollowed = true;
    const below = ranges.at(-1);
    const range = withBlankLines(source, isOwn ? whole : lines, step.index === 0, below);
    if (below && range.end >= below.end) ranges.pop();
    ranges.push(range);
  }
  return ranges;
};

const removeBlock = (source: Source, run: Run, isRoot: boolean): readonly Range[] | undefined => {
  const steps = itemsOf(run);
  const [first, ...others] = steps;
  if (!first || steps.some(({ item }) => !isLastInLine(source, item.end))) return undefined;
  if (isFirstInLine(source, first.item.start)) return rangesOf(source, steps, isRoot);
  // The first key behind a dash: the next one takes its place in the line.
  const next = run.node.items[run.last + 1];
  if (!next || isRoot) return undefined;
  const [below] = rangesOf(source, others, isRoot).toReversed();
  const between = [nextLineAt(source, first.item.end), below?.start ?? next.start, below?.end ?? next.start] as const;
  const left = source.text.slice(between[0], between[1]) + source.text.slice(between[2], next.start);
  return left.trim() === '' ? [{ start: first.item.start, end: next.start }] : undefined;
};

const isComma = (text: string): boolean => /^\s*,\s*$/.test(text);

const removeFlow = (source: Source, { node, first, last }: Run): readonly Range[] | undefined => {
  const between = (index: number): string => source.text.slice(node.items[index]?.end, node.items[index + 1]?.start);
  const [start, end] = [node.items[first]?.start, node.items[last]?.end];
  const [previous, next] = [node.items[first - 1], node.items[last + 1]];
  if (start === undefined || end === undefined || (!next && !previous)) return undefined;
  for (let index = next ? first : first - 1; index < (next ? last + 1 : last); index += 1)
    if (!isComma(between(index))) return undefined;
  return [next ? { start, end: next.start } : { start: previous?.end ?? start, end }];
};

/** What is to be removed below a node: the items of collections by their positions. */
type Doomed = {
  readonly place: Place;
  /** What is to be removed as a whole. */
  given: Place | undefined;
  /** Position among all that are given of the last one below. */
  last: number;
  readonly items: Map<number, Doomed>;
};

const doomedIn = (root: Place, places: readonly Place[]): Doomed => {
  const tree: Doomed = { place: root, given: undefined, last: -1, items: new Map() };
  for (const [order, place] of places.entries()) {
    let at = tree;
    at.last = order;
    for (const [depth, step] of place.steps.entries()) {
      const steps = place.steps.slice(0, depth + 1);
      const inner = at.items.get(step.index) ?? {
        place: { source: place.source, node: step.item.value, steps },
        given: undefined,
        last: order,
        items: new Map(),
      };
      inner.last = order;
      at.items.set(step.index, inner);
      at = inner;
    }
    at.given = place;
  }
  return tree;
};

const givenIn = ({ given, items }: Doomed): readonly Place[] => [
  ...(given ? [given] : []),
  ...[...items.values()].flatMap(givenIn),
];

/** Positions as runs of those that stand one behind the other. */
const runsOf = (node: LayoutNode, positions: readonly number[]): readonly Run[] => {
  const runs: { node: LayoutNode; first: number; last: number }[] = [];
  for (const position of [...positions].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run?.last === position - 1) run.last = position;
    else runs.push({ node, first: position, last: position });
  }
  return runs;
};

/** Whether no alias outside needs what is at a place, and nothing that an alias names elsewhere is edited. */
const isCertain = (place: Place, { shared }: RemoveOptions): boolean => {
  const step = place.steps.at(-1);
  if (!step || isNeeded(place)) return false;
  return shared === 'edit' || !isShared({ source: place.source, node: step.node, steps: place.steps.slice(0, -1) });
};

/** What is removed: the edits, and those of the given places that are gone. */
export type Removed = { readonly edits: readonly TextEdit[]; readonly places: ReadonlySet<Place> };

/**
 * Removes mapping entries and list items of one text: in block style their whole lines, with the comments that belong to
 * them; in flow style the items and their commas. It is as if the last one given were removed last, each from what the others
 * have left. What cannot be removed with certainty stays: an alias needs an anchor inside, also one that goes along; comments
 * stand between flow items; nothing would be left of the document.
 * @param places None inside of another one.
 */
export const removeAll = (places: readonly Place[], options: RemoveOptions = {}): Removed => {
  const [one] = places;
  const edits: TextEdit[] = [];
  const gone = new Set<Place>();
  if (!one) return { edits, places: gone };
  const { source } = one;
  const cut = ({ place: { node, steps }, items }: Doomed, positions: readonly number[]): void => {
    for (const run of runsOf(node, positions)) {
      const isRoot = steps.length === 0;
      const ranges = node.style === 'flow' ? removeFlow(source, run) : removeBlock(source, run, isRoot);
      if (!ranges) continue;
      for (const range of ranges) edits.push({ at: { source, ...keepingLastLine(source, range) }, text: '' });
      for (const { index } of itemsOf(run)) {
        const removed = items.get(index);
        for (const place of removed ? givenIn(removed) : []) gone.add(place);
      }
    }
  };
  /** Removes all below a collection but the one that is given last. */
  const spare = (doomed: Doomed): void => {
    const all = [...doomed.items];
    const kept = all.find(([, { last }]) => last === doomed.last);
    cut(
      doomed,
      all.flatMap(([index]) => (index === kept?.[0] ? [] : [index])),
    );
    if (kept && !kept[1].given) spare(kept[1]);
  };
  /** Whether an item is to go as a whole; where it is not, what goes below it is removed. */
  const settle = (doomed: Doomed): boolean => {
    const { place, given, items } = doomed;
    if (given) return isCertain(place, options);
    const going = [...items].flatMap(([index, inner]) => (settle(inner) ? [index] : []));
    if (going.length < place.node.items.length) {
      cut(doomed, going);
      return false;
    }
    if (options.emptied !== 'refuse' && isCertain(place, options)) return true;
    spare(doomed);
    return false;
  };
  settle(doomedIn({ source, node: one.steps[0]?.node ?? one.node, steps: [] }, places));
  return { edits, places: gone };
};

/**
 * Removes a mapping entry or a list item, as `removeAll` does.
 * @returns undefined where the result is not certain.
 */
export const remove = (place: Place, options: RemoveOptions = {}): readonly TextEdit[] | undefined => {
  const { edits } = removeAll([place], options);
  return edits.length > 0 ? edits : undefined;
};
