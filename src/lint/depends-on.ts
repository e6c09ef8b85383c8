import type { LayoutNode } from '../parse/layout.js';
import type { TextEdit } from '../source/edit.js';
import { type Span, textAt } from '../source/source.js';
import { data } from './edits/content.js';
import { insertEntry, insertItem } from './edits/insert.js';
import { insertAt } from './edits/insert-at.js';
import { columnAt, isFirstInLine, lineBreakOf } from './edits/lines.js';
import { hasReferences, isShared, type Place, pathOf, placeAt, placeAtSpan } from './edits/place.js';
import { replaceScalar } from './edits/replace.js';
import { healthCheckOf } from './health.js';
import type { ServiceSubject } from './subjects.js';

const HEALTHY = 'service_healthy';
const STARTED = 'service_started';

/** The items of `[a, b]` as a mapping on one line. */
const flowMapping = (
  source: Span['source'],
  list: LayoutNode,
  conditionOf: (item: LayoutNode) => string,
): readonly TextEdit[] => {
  const entries = list.items.map(
    ({ value }) => `${source.text.slice(value.start, value.end)}: { condition: ${conditionOf(value)} }`,
  );
  return [{ at: { source, start: list.start, end: list.end }, text: `{ ${entries.join(', ')} }` }];
};

/** The items of a list on lines of their own as the keys of a mapping; comments stay where they are. */
const blockMapping = (
  source: Span['source'],
  list: LayoutNode,
  indent: number,
  conditionOf: (item: LayoutNode) => string,
): readonly TextEdit[] | undefined => {
  if (!list.items.every(({ start }) => isFirstInLine(source, start))) return undefined;
  return list.items.flatMap(({ start, value }) => {
    const column = columnAt(source, start);
    const moved = Math.max(indent - column, 0);
    const condition = `${lineBreakOf(source)}${' '.repeat(column + moved + 2)}condition: ${conditionOf(value)}`;
    return [
      { at: { source, start, end: value.start }, text: ' '.repeat(moved) },
      { at: { source, start: value.end, end: value.end }, text: `:${condition}` },
    ];
  });
};

/** Turns the short form of `depends_on` into the long one, where one dependency is awaited and the others are as before. */
const lengthen = (place: Place, name: string): readonly TextEdit[] | undefined => {
  const { source, steps } = place;
  const list = steps.at(-1)?.node;
  const owner = steps.at(-2)?.item;
  if (list?.kind !== 'sequence' || !owner || isShared(place) || hasReferences(list)) return undefined;
  if (!list.items.every(({ value }) => value.kind === 'scalar' && value.style !== 'block-scalar')) return undefined;
  const conditionOf = (item: LayoutNode): string => (item.text === name ? HEALTHY : STARTED);
  if (list.style === 'flow') {
    const text = source.text.slice(list.start, list.end);
    return /[#\r\n]/.test(text) ? undefined : flowMapping(source, list, conditionOf);
  }
  return blockMapping(source, list, columnAt(source, owner.start) + 2, conditionOf);
};

/**
 * Edits that make a service wait until a dependency is healthy.
 * @param at The dependency under `depends_on`: its key, or its item of the list.
 */
export const awaitHealth = (at: Span, name: string): readonly TextEdit[] | undefined => {
  const place = placeAtSpan(at);
  const parent = place?.steps.at(-1)?.node;
  if (!place || !parent || textAt(at) === '') return undefined;
  if (parent.kind === 'sequence') return lengthen(place, name);
  const path = pathOf(place);
  const condition = path && placeAt(place.source, [...path, 'condition']);
  if (condition) return replaceScalar(condition, HEALTHY);
  return place.node.kind === 'mapping' ? insertEntry(place, 'condition', data(HEALTHY)) : undefined;
};

/** Edits that make a service depend on another one, awaiting its health check where it has one and the form allows it. */
export const dependOn = (service: ServiceSubject, needed: ServiceSubject): readonly TextEdit[] | undefined => {
  const source = service.key?.source;
  if (!source) return undefined;
  const path = ['services', service.name, 'depends_on'];
  const place = placeAt(source, path);
  const condition = healthCheckOf(needed) ? HEALTHY : STARTED;
  if (place?.node.kind === 'sequence') return insertItem(place, data(needed.name));
  if (place?.node.kind === 'mapping') return insertEntry(place, needed.name, data({ condition }));
  if (place) return undefined;
  const content = condition === HEALTHY ? { [needed.name]: { condition } } : [needed.name];
  return insertAt(source, path, 'entry', data(content));
};
