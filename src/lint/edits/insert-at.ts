import type { ComposePath } from '../../model/path.js';
import { type LayoutNode, layoutOf } from '../../parse/layout.js';
import type { TextEdit } from '../../source/edit.js';
import type { Source } from '../../source/source.js';
import { type Content, entryLines, flowText, itemLines } from './content.js';
import { habitsOf } from './habits.js';
import { type InsertOptions, insertEntry, insertItem, insertLines } from './insert.js';
import { indented } from './lines.js';
import { placeAt } from './place.js';
import { scalarText } from './scalar-text.js';

/** A text without a document yet: empty, or nothing but comments. */
const isBlank = (source: Source): boolean => layoutOf(source).length === 0 && !/^[ \t]*[^#\s]/m.test(source.text);

type TextContent = Extract<Content, { readonly kind: 'text' }>;

/** Content below the keys that lead to it. */
const wrapped = (
  keys: ComposePath,
  content: Content,
  kind: 'entry' | 'item',
  key: string,
  source: Source,
): TextContent => {
  const habits = habitsOf(source);
  let lines =
    content.kind === 'text'
      ? content.lines
      : kind === 'entry'
        ? entryLines(key, content.value, habits)
        : itemLines(content.value, habits);
  let step = kind === 'item' ? habits.sequence : habits.mapping;
  for (const name of [...keys].reverse()) {
    lines = [`${scalarText(String(name), 'plain', false)}:`, ...indented(lines, step)];
    step = habits.mapping;
  }
  return { kind: 'text', lines, flow: wrappedInFlow(keys, content, kind, key) };
};

/** The same on one line, where the content can stand there. */
const wrappedInFlow = (
  keys: ComposePath,
  content: Content,
  kind: 'entry' | 'item',
  key: string,
): string | undefined => {
  const written = content.kind === 'text' ? content.flow : flowText(content.value, true);
  if (written === undefined) return undefined;
  const isWhole = kind === 'item' || content.kind === 'text';
  let flow = isWhole ? written : `${scalarText(key, 'plain', true)}: ${written}`;
  flow = kind === 'item' ? `[${flow}]` : `{ ${flow} }`;
  const [first = '', ...inner] = keys;
  for (const name of inner.reverse()) flow = `{ ${scalarText(String(name), 'plain', true)}: ${flow} }`;
  return `${scalarText(String(first), 'plain', true)}: ${flow}`;
};

export type InsertAtOptions = InsertOptions & {
  /** The conventional order of the keys of the mapping at a path. */
  readonly orderAt?: (path: ComposePath) => readonly string[] | undefined;
};

/**
 * Adds an entry or an item at a path of a file, and the mappings around it that are missing.
 * @param path Where the entry is to stand, its key last; for an item, the list.
 */
export const insertAt = (
  source: Source,
  path: ComposePath,
  kind: 'entry' | 'item',
  content: Content,
  options: InsertAtOptions = {},
): readonly TextEdit[] | undefined => {
  const parents = kind === 'entry' ? path.slice(0, -1) : path;
  const key = kind === 'entry' ? String(path.at(-1)) : '';
  if (isBlank(source))
    return insertLines(source, source.text.length, wrapped(parents, content, kind, key, source).lines);
  let depth = parents.length;
  let place = placeAt(source, parents);
  while (!place && depth > 0) {
    depth -= 1;
    place = placeAt(source, parents.slice(0, depth));
  }
  if (!place) return undefined;
  const orderHere = options.orderAt?.(parents.slice(0, depth)) ?? options.order;
  const here: InsertOptions = orderHere ? { ...options, order: orderHere } : options;
  const missing = parents.slice(depth);
  const [first] = missing;
  if (first === undefined)
    return kind === 'entry' ? insertEntry(place, key, content, here) : insertItem(place, content, here);
  // An alias or a merge key on the way would be hidden by a key of its own.
  if (missing.some((name) => typeof name === 'number') || isExpanded(place.node)) return undefined;
  return insertEntry(place, String(first), wrapped(missing, content, kind, key, source), here);
};

const isExpanded = ({ items }: LayoutNode): boolean => items.some(({ key }) => key?.text === '<<');
