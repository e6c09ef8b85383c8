import type { ComposePath } from '../../model/path.js';
import { type LayoutItem, type LayoutNode, layoutOf } from '../../parse/layout.js';
import type { Source, Span } from '../../source/source.js';

/** One step on the way to a node: the collection, which of its items, and the item. */
export type Step = { readonly node: LayoutNode; readonly index: number; readonly item: LayoutItem };

/** A node of a text as it is written, with the way to it from the root of its document, outermost step first. */
export type Place = { readonly source: Source; readonly node: LayoutNode; readonly steps: readonly Step[] };

const stepTo = (node: LayoutNode, key: string | number): Step | undefined => {
  const found = [...node.items.entries()].filter(([index, item]) =>
    node.kind === 'mapping'
      ? item.key?.kind === 'scalar' && item.key.text === String(key)
      : node.kind === 'sequence' && index === key,
  );
  const [[index, item] = []] = found;
  return found.length === 1 && index !== undefined && item ? { node, index, item } : undefined;
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

/** Calls `visit` for every node below and with a node, with the way to it; keys are visited as `key` of the step's item. */
const walk = (node: LayoutNode, steps: readonly Step[], visit: (node: LayoutNode, steps: readonly Step[]) => void) => {
  visit(node, steps);
  for (const [index, item] of node.items.entries()) {
    const inner = [...steps, { node, index, item }];
    if (item.key) visit(item.key, inner);
    walk(item.value, inner, visit);
  }
};

/**
 * The node that a span of a value, a key or a part of a scalar stands for; for a key it is the value behind it.
 * @returns undefined where the span is not of a node, or the text is not well-formed.
 */
export const placeAtSpan = ({ source, start, end }: Span): Place | undefined => {
  type Found = { readonly node: LayoutNode; readonly steps: readonly Step[] };
  let exact: Found | undefined;
  let around: Found | undefined;
  for (const root of layoutOf(source))
    walk(root, [], (node, steps) => {
      if (node.start === start && node.end <= end && (!exact || node.end > exact.node.end)) exact = { node, steps };
      const isTighter = !around || node.end - node.start < around.node.end - around.node.start;
      if (node.start <= start && end <= node.end && isTighter) around = { node, steps };
    });
  const found = exact ?? around;
  if (!found) return undefined;
  const item = found.steps.at(-1)?.item;
  return { source, steps: found.steps, node: item && item.key === found.node ? item.value : found.node };
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

const aliasesOf = (source: Source): readonly LayoutNode[] => {
  const found: LayoutNode[] = [];
  const visit = (node: LayoutNode): void => {
    if (node.kind === 'alias') found.push(node);
  };
  for (const root of layoutOf(source)) walk(root, [], visit);
  return found;
};

/** Whether what stands at a place also stands elsewhere: it, or something around it, has an anchor that an alias names. */
export const isShared = ({ source, node, steps }: Place): boolean => {
  const anchors = [node, ...steps.map((step) => step.node)].flatMap((around) => anchorOf(around) ?? []);
  return anchors.length > 0 && aliasesOf(source).some(({ text }) => anchors.includes(text));
};

/** Whether a range of a text has an anchor that an alias outside of it names: taking the range away would break the alias. */
export const isNeeded = (place: Place): boolean => {
  const anchors = new Set<string>();
  const item = place.steps.at(-1)?.item;
  const [start, end] = [item?.start ?? place.node.start, item?.end ?? place.node.end];
  const visit = (node: LayoutNode): void => {
    const anchor = anchorOf(node);
    if (anchor !== undefined) anchors.add(anchor);
  };
  walk(place.node, [], visit);
  if (item?.key) visit(item.key);
  return aliasesOf(place.source).some(
    (alias) => anchors.has(alias.text) && (alias.start < start || alias.start >= end),
  );
};

/** Whether a place is inside of a flow collection. */
export const isInFlow = ({ steps }: Place): boolean => steps.some(({ node }) => node.style === 'flow');

/** Whether a node or anything in it is an alias, or has an anchor. */
export const hasReferences = (node: LayoutNode): boolean => {
  let found = false;
  walk(node, [], (inner) => {
    if (inner.kind === 'alias' || anchorOf(inner) !== undefined) found = true;
  });
  return found;
};
