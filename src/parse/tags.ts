import { isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { ComposePath } from '../model/path.js';
import { firstWhere } from '../source/search.js';
import type { Source, Span } from '../source/source.js';
import type { Anchors } from './compose.js';
import type { Tagged } from './tagged.js';

/** Asked of every node there is: whether it is one is not asked first. */
const tagOf = (node: unknown): string | undefined => (node as { readonly tag?: string } | null | undefined)?.tag;

export const isReset = (node: unknown): boolean => tagOf(node) === '!reset';

export const isOverride = (node: unknown): boolean => tagOf(node) === '!override';

type Search = {
  readonly anchors: Anchors;
  readonly source: Source;
  /** In the order of the file. */
  readonly comments: readonly Span[];
  readonly found: Tagged[];
  /** Nodes that an alias led to and that are being searched: a cycle ends there. */
  readonly open: Set<Node>;
};

/** The path below a key. What a merge key takes in counts at the mapping that takes it in. */
const pathOf = (key: unknown, path: ComposePath): ComposePath => {
  const name = isScalar(key) && typeof key.value === 'string' ? key.value : '';
  return name === '<<' && path.length > 0 ? path : [...path, name];
};

const searchPairs = (node: YAMLMap, path: ComposePath, search: Search): void => {
  for (const item of node.items) {
    const { key, value } = item as Pair<Node, Node | null>;
    if (value) searchNode(value, pathOf(key, path), search);
  }
};

const searchAlias = (target: Node | undefined, path: ComposePath, search: Search): void => {
  if (!target || search.open.has(target)) return;
  search.open.add(target);
  searchNode(target, path, search);
  search.open.delete(target);
};

/** Where the comment starts that a character is in; the character's own place where it is in none. */
const behindWhat = (at: number, comments: readonly Span[]): number => {
  const last = comments[firstWhere(comments.length, (i) => (comments[i]?.start ?? 0) > at) - 1];
  return last && at < last.end ? last.start : at;
};

/** A tag stands in front of what it tags, not in a comment; one that a directive renamed is shown where its value starts. */
const placeOfTag = (tag: string, node: Node, { source, comments }: Search): Span => {
  const [from] = node.range ?? [0];
  let start = source.text.lastIndexOf(tag, from);
  for (let outside = behindWhat(start, comments); outside < start; outside = behindWhat(start, comments))
    start = outside === 0 ? -1 : source.text.lastIndexOf(tag, outside - 1);
  return start < 0 ? { source, start: from, end: from } : { source, start, end: start + tag.length };
};

const searchNode = (node: Node, path: ComposePath, search: Search): void => {
  const tag = tagOf(node);
  if (isAlias(node)) searchAlias(search.anchors.get(node.source), path, search);
  else if (tag === '!reset' || tag === '!override') {
    search.found.push({ tag, path, at: placeOfTag(tag, node, search) });
  } else if (isMap(node)) searchPairs(node, path, search);
  else if (isSeq(node))
    for (const [i, item] of node.items.entries()) if (isNode(item)) searchNode(item, [...path, i], search);
};

/**
 * The places that `!reset` and `!override` apply to, as docker compose records them: what an alias stands for counts at the
 * alias, nothing is looked for below a tag.
 * @see compose-go loader/reset.go
 */
export const taggedIn = (
  root: Node,
  anchors: Anchors,
  source: Source,
  comments: readonly Span[],
): readonly Tagged[] => {
  const search: Search = { anchors, source, comments, found: [], open: new Set() };
  searchNode(root, [], search);
  return search.found;
};
