import type { ComposePath } from '../../model/path.js';
import { type LayoutItem, type LayoutNode, layoutOf } from '../../parse/layout.js';
import { oncePer } from '../../source/once.js';
import { firstWhere } from '../../source/search.js';
import type { Source, Span } from '../../source/source.js';

/** One step on the way to a node: the collection, which of its items, and the item. */
export type Step = { readonly node: LayoutNode; readonly index: number; readonly item: LayoutItem };

/** A node of a text as it is written, with the way to it from the root of its document, outermost step first. */
export type Place = { readonly source: Source; readonly node: LayoutNode; readonly steps: readonly Step[] };

/** Positions of the entries of a mapping by their keys; none for a key that is given twice. */
const positionsByKey = oncePer((node: LayoutNode): ReadonlyMap<string, number | undefined> => {
  const positions = new Map<string, number | undefined>();
  for (const [index, { key }] of node.items.entries())
    if (key?.kind === 'scalar') positions.set(key.text, positions.has(key.text) ? undefined : index);
  return positions;
});

const stepTo = (node: LayoutNode, key: string | number): Step | undefined => {
  const index = node.kind === 'mapping' ? positionsByKey(node).get(String(key)) : key;
  const item = typeof index === 'number' ? node.items[index] : undefined;
  return typeof index === 'number' && item ? { node, index, item } : undefined;
};

/**
 * The node at a path of a document.
 * @returns undefined where nothing is written there: also for what comes through an alias, a merge key or a key given twice.
 */
export const placeAt = (source: Source, path: ComposePath, document = 0): Place | undefined => {
  let node = layoutOf(source)[document];
  const steps: Step[] = [];
  for (const key of path) {
    const step = node && stepTo(node, key);
    if (!step) return undefined;
    steps.push(step);
    node = step.item.value;
  }
  return node && { source, node, steps };
};

/** Calls `visit` for every node below and with a node. */
export const walk = (node: LayoutNode, visit: (node: LayoutNode) => void): void => {
  visit(node);
  for (const { key, value } of node.items) {
    if (key) visit(key);
    walk(value, visit);
  }
};

/** A node, and the last step on the way to it; a key is reached by the step whose item it is the key of. */
type Reached = { readonly node: LayoutNode; readonly last: Trail | undefined };

/** Steps, innermost first. */
type Trail = { readonly step: Step; readonly before: Trail | undefined };

/** Position of the first item that ends at an offset or behind it. Items stand one behind the other. */
const firstEndingAt = (items: LayoutNode['items'], offset: number): number =>
  firstWhere(items.length, (i) => (items[i]?.end ?? offset) >= offset);

/** Calls `visit` for every node that an offset is in or at the edge of, outer ones first. */
const walkAt = (offset: number, node: LayoutNode, last: Trail | undefined, visit: (reached: Reached) => void): void => {
  visit({ node, last });
  for (let index = firstEndingAt(node.items, offset); index < node.items.length; index += 1) {
    const item = node.items[index];
    if (!item || item.start > offset) return;
    const inner = { step: { node, index, item }, before: last };
    if (item.key) visit({ node: item.key, last: inner });
    walkAt(offset, item.value, inner, visit);
  }
};

const stepsOf = (last: Trail | undefined): readonly Step[] => {
  const steps: Step[] = [];
  for (let trail = last; trail; trail = trail.before) steps.push(trail.step);
  return steps.reverse();
};

/**
 * The node that a span of a value, a key or a part of a scalar stands for; for a key it is the value behind it.
 * @returns undefined where the span is not of a node, or the text is not well-formed.
 */
export const placeAtSpan = ({ source, start, end }: Span): Place | undefined => {
  let exact: Reached | undefined;
  let around: Reached | undefined;
  for (const root of layoutOf(source))
    walkAt(start, root, undefined, (reached) => {
      const { node } = reached;
      if (node.start === start && node.end <= end && (!exact || node.end > exact.node.end)) exact = reached;
      const isTighter = !around || node.end - node.start < around.node.end - around.node.start;
      if (node.start <= start && end <= node.end && isTighter) around = reached;
    });
  const found = exact ?? around;
  if (!found) return undefined;
  const item = found.last?.step.item;
  return { source, steps: stepsOf(found.last), node: item && item.key === found.node ? item.value : found.node };
};

/** The path to a place; undefined where a key on the way is no plain text. */
export const pathOf = ({ steps }: Place): ComposePath | undefined => {
  const path: (string | number)[] = [];
  for (const { node, index, item } of steps) {
    if (node.kind === 'mapping' && item.key?.kind !== 'scalar') return undefined;
    path.push(node.kind === 'mapping' ? (item.key?.text ?? '') : index);
  }
  return path;
};

const anchorOf = (node: LayoutNode): string | undefined =>
  node.properties.find(({ text }) => text.startsWith('&'))?.text.slice(1);

/** Offsets of the first and the last alias of a text to each anchor that has one. */
const aliasesOf = oncePer((source: Source): ReadonlyMap<string, { readonly first: number; readonly last: number }> => {
  const aliases = new Map<string, { first: number; last: number }>();
  const visit = ({ kind, text, start }: LayoutNode): void => {
    if (kind === 'alias') aliases.set(text, { first: aliases.get(text)?.first ?? start, last: start });
  };
  for (const root of layoutOf(source)) walk(root, visit);
  return aliases;
});

/** Whether what stands at a place also stands elsewhere: it, or something around it, has an anchor that an alias names. */
export const isShared = ({ source, node, steps }: Place): boolean => {
  const anchors = [node, ...steps.map((step) => step.node)].flatMap((around) => anchorOf(around) ?? []);
  return anchors.some((anchor) => aliasesOf(source).has(anchor));
};

/** Whether a range of a text has an anchor that an alias outside of it names: taking the range away would break the alias. */
export const isNeeded = (place: Place): boolean => {
  const aliases = aliasesOf(place.source);
  const item = place.steps.at(-1)?.item;
  const [start, end] = [item?.start ?? place.node.start, item?.end ?? place.node.end];
  let isNamed = false;
  const visit = (node: LayoutNode): void => {
    const anchor = anchorOf(node);
    const alias = anchor === undefined ? undefined : aliases.get(anchor);
    if (alias && (alias.first < start || alias.last >= end)) isNamed = true;
  };
  if (aliases.size > 0) walk(place.node, visit);
  if (item?.key) visit(item.key);
  return isNamed;
};

/** Whether a place is inside of a flow collection. */
export const isInFlow = ({ steps }: Place): boolean => steps.some(({ node }) => node.style === 'flow');

/** Whether a node or anything in it is an alias, or has an anchor. */
export const hasReferences = (node: LayoutNode): boolean => {
  let found = false;
  walk(node, (inner) => {
    if (inner.kind === 'alias' || anchorOf(inner) !== undefined) found = true;
  });
  return found;
};
