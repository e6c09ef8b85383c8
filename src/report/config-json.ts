import { formatFloat } from '../resolve/number.js';
import type { Tree } from './config-tree.js';

/** Characters that Go's JSON encoder writes as escapes, beyond those that JSON demands. */
const ESCAPED = /[<>&\u2028\u2029\u007f]/g;

const quote = (text: string): string =>
  JSON.stringify(text).replace(ESCAPED, (char) =>
    char === '\u007f' ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const leafJson = ({ content, single }: Tree & { kind: 'leaf' }): string => {
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
