import type { Mapping, Scalar, Sequence, Value } from '../model/value.js';
import type { Span } from '../source/source.js';
import type { LayoutItem, LayoutNode, LayoutStyle } from './layout.js';
import type { QuickReading } from './quick.js';
import type { Notes } from './quick-state.js';

/**
 * How a text is written that the quick reader has taken: all that it takes stands at the place of its value, or in its notes,
 * so that no sign has to be read again.
 */

/** The one step of a value that was just read. */
const placeOf = ({ origins: [step] }: Value): Span => {
  if (step.kind !== 'written' && step.kind !== 'aliased') throw new Error('a value that was read is written somewhere');
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

const entryItem = (key: Span, value: Value, notes: Notes): LayoutItem => {
  const { source, start, end: colon } = key;
  const inner = layoutNode(value, colon + 1, notes);
  return {
    start,
    end: Math.max(inner.end, colon + 1),
    key: node('scalar', 'plain', start, colon, source.text.slice(start, colon), []),
    colon,
    value: inner,
    isExplicit: false,
  };
};

const listItem = (value: Value, isFlow: boolean, notes: Notes): LayoutItem => {
  const inner = layoutNode(value, 0, notes);
  const first = inner.properties[0]?.start ?? inner.start;
  const start = isFlow ? first : placeOf(value).source.text.lastIndexOf('-', first - 1);
  return { start, end: inner.end, key: undefined, colon: undefined, value: inner, isExplicit: false };
};

const itemsOf = (value: Mapping | Sequence, isFlow: boolean, notes: Notes): readonly LayoutItem[] => {
  if (value.kind === 'sequence') return value.items.map((item) => listItem(item, isFlow, notes));
  const entries = notes.written.get(value) ?? [...value.entries.values()];
  return entries.flatMap((entry) => (entry.key ? [entryItem(entry.key, entry.value, notes)] : []));
};

const collection = (value: Mapping | Sequence, kind: 'mapping' | 'sequence', notes: Notes): LayoutNode => {
  const { source, start, end } = placeOf(value);
  const isFlow = source.text[start] === (kind === 'mapping' ? '{' : '[');
  const items = itemsOf(value, isFlow, notes);
  return node(kind, isFlow ? 'flow' : 'block', start, isFlow ? end : (items.at(-1)?.end ?? end), '', items);
};

const layoutNode = (value: Value, behind: number, notes: Notes): LayoutNode => {
  const last = value.origins.at(-1);
  if (last?.kind === 'aliased') {
    const { source, start, end } = last.at;
    return node('alias', 'plain', start, end, source.text.slice(start + 1, end), []);
  }
  const plain = value.kind === 'scalar' ? scalarNode(value, behind) : collection(value, value.kind, notes);
  const property = notes.properties.get(value);
  return property ? { ...plain, properties: [property] } : plain;
};

/** The layout of what the quick reader has read: what `layoutOf` gives, without reading the text again. */
export const quickLayout = ({ root, notes }: QuickReading): LayoutNode => layoutNode(root, 0, notes);
