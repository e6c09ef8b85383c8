import type { Fault } from '../model/fault.js';
import { type ComposePath, formatPath } from '../model/path.js';
import { placeOfValue } from '../model/value.js';
import { formatFloat } from '../resolve/number.js';
import type { Leaf, Tree } from './config-tree.js';

/** Characters that Go's JSON encoder writes as escapes, beyond those that JSON demands. */
const ESCAPED = /[<>&\u2028\u2029\u007f]/g;

const quote = (text: string): string =>
  JSON.stringify(text).replace(ESCAPED, (char) =>
    char === '\u007f' ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Why a value cannot be printed, as the rest of a sentence. */
const reasonOf = ({ content, unprintable: why }: Leaf): string | undefined => {
  if (typeof content !== 'number' || Number.isFinite(content)) return why;
  return `is ${Number.isNaN(content) ? 'not a number' : 'infinite'}, which JSON cannot hold.`;
};

/** The first value of a tree that docker compose cannot print as JSON, for which it refuses the whole. */
export const unprintable = (tree: Tree, path: ComposePath = []): Fault | undefined => {
  if (tree.kind === 'leaf') {
    const why = reasonOf(tree);
    const at = tree.value && placeOfValue(tree.value);
    const message = `${formatPath(path)} ${why}`;
    return why === undefined ? undefined : { rule: 'schema', severity: 'error', message, path, ...(at ? { at } : {}) };
  }
  const children =
    tree.kind === 'map'
      ? tree.entries.map(({ key, tree: inner }) => [key, inner] as const)
      : tree.items.map((item, i) => [i, item] as const);
  for (const [key, inner] of children) {
    const found = unprintable(inner, [...path, key]);
    if (found) return found;
  }
  return undefined;
};

const leafJson = ({ content, single }: Leaf): string => {
  if (typeof content === 'string') return quote(content);
  return typeof content === 'number' ? formatFloat(content, 'json', single) : String(content);
};

/** A tree as Go's `json.Marshal` prints it, on one line. */
export const toCompactJson = (tree: Tree): string => {
  if (tree.kind === 'map')
    return `{${tree.entries.map(({ key, tree: value }) => `${quote(key)}:${toCompactJson(value)}`).join(',')}}`;
  return tree.kind === 'list' ? `[${tree.items.map(toCompactJson).join(',')}]` : leafJson(tree);
};

/** A tree as Go's `json.MarshalIndent` prints it, two spaces deep. */
export const toJson = (tree: Tree, indent = ''): string => {
  const inner = `${indent}  `;
  if (tree.kind === 'map') {
    if (tree.entries.length === 0) return '{}';
    const lines = tree.entries.map(({ key, tree: value }) => `${inner}${quote(key)}: ${toJson(value, inner)}`);
    return `{\n${lines.join(',\n')}\n${indent}}`;
  }
  if (tree.kind === 'list') {
    if (tree.items.length === 0) return '[]';
    return `[\n${tree.items.map((item) => inner + toJson(item, inner)).join(',\n')}\n${indent}]`;
  }
  return leafJson(tree);
};
