import type { Mapping, Scalar, Sequence, Value } from '../model/value.js';
import type { Span } from '../source/source.js';
import type { LayoutItem, LayoutNode, LayoutStyle } from './layout.js';

/**
 * How a text is written that the quick reader has taken: all that it takes stands at the place of its value, so that no sign
 * has to be read again.
 */

/** The one step of a value that was just read. */
const placeOf = ({ origins: [step] }: Value): Span => {
  if (step.kind !== 'written') throw new Error('a value that was read is written somewhere');
  return step.at;
};

const STYLES: Readonly<Record<string, LayoutStyle>> = {
  '"': 'double',
  "'": 'single',
  '|': 'block-scalar',
  '>': 'block-scalar',
};

const node = (
  kind: LayoutNode['kind'],
  style: LayoutStyle,
  start: number,
  end: number,
  text: string,
  items: readonly LayoutItem[],
): LayoutNode => ({ kind, style, start, end, properties: [], text, items });

/** @param behind Where a value stands that nothing is written for: behind its colon. */
const scalarNode = (value: Scalar, behind: number): LayoutNode => {
  const { source, start, end } = placeOf(value);
  if (start === end) return node('empty', 'plain', behind, behind, '', []);
  const written = source.text.slice(start, end);
  const style = STYLES[written[0] ?? ''] ?? 'plain';
  if (style === 'plain') return node('scalar', style, start, end, written, []);
  if (style !== 'block-scalar') return node('scalar', style, start, end, written.slice(1, -1), []);
  return node('scalar', style, start, start + written.trimEnd().length, String(value.value), []);
};

const entryItem = (key: Span, value: Value): LayoutItem => {
  const { source, start, end: colon } = key;
  const inner = layoutNode(value, colon + 1);
  return {
    start,
    end: Math.max(inner.end, colon + 1),
    key: node('scalar', 'plain', start, colon, source.text.slice(start, colon), []),
    colon,
    value: inner,
    isExplicit: false,
  };
};

const listItem = (value: Value, isFlow: boolean): LayoutItem => {
  const inner = layoutNode(value, 0);
  const start = isFlow ? inner.start : placeOf(value).source.text.lastIndexOf('-', inner.start - 1);
  return { start, end: inner.end, key: undefined, colon: undefined, value: inner, isExplicit: false };
};

const collection = (value: Mapping | Sequence, kind: 'mapping' | 'sequence'): LayoutNode => {
  const { source, start, end } = placeOf(value);
  const isFlow = source.text[start] === (kind === 'mapping' ? '{' : '[');
  const items =
    value.kind === 'sequence'
      ? value.items.map((item) => listItem(item, isFlow))
      : [...value.entries.values()].flatMap((entry) => (entry.key ? [entryItem(entry.key, entry.value)] : []));
  return node(kind, isFlow ? 'flow' : 'block', start, isFlow ? end : (items.at(-1)?.end ?? end), '', items);
};

const layoutNode = (value: Value, behind: number): LayoutNode =>
  value.kind === 'scalar' ? scalarNode(value, behind) : collection(value, value.kind);

/** The layout of what the quick reader has read: what `layoutOf` gives, without reading the text again. */
export const quickLayout = (root: Value): LayoutNode => layoutNode(root, 0);
