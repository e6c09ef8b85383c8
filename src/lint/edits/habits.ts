import { type LayoutNode, layoutOf } from '../../parse/layout.js';
import { oncePer } from '../../source/once.js';
import type { Source } from '../../source/source.js';
import { columnAt } from './lines.js';

/** How a file is indented, in spaces. */
export type Habits = {
  /** From a key to the keys below it. */
  readonly mapping: number;
  /** From a key to the dashes below it: often 0. */
  readonly sequence: number;
};

const mostFrequent = (counts: ReadonlyMap<number, number>): number | undefined =>
  [...counts].sort(([a, times], [b, others]) => others - times || a - b)[0]?.[0];

/** The indentation that a file uses most; two spaces where it does not tell. */
export const habitsOf = oncePer((source: Source): Habits => {
  const counts = { mapping: new Map<number, number>(), sequence: new Map<number, number>() };
  const visit = (node: LayoutNode): void => {
    for (const { start, value } of node.items) {
      const isBelow = node.kind === 'mapping' && value.style === 'block' && value.items.length > 0;
      if (isBelow && (value.kind === 'mapping' || value.kind === 'sequence')) {
        const step = columnAt(source, value.start) - columnAt(source, start);
        counts[value.kind].set(step, (counts[value.kind].get(step) ?? 0) + 1);
      }
      visit(value);
    }
  };
  for (const root of layoutOf(source)) visit(root);
  const mapping = mostFrequent(counts.mapping) ?? 2;
  return { mapping, sequence: mostFrequent(counts.sequence) ?? mapping };
});
