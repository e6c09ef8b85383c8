import type { Reach, Topology } from '../lint/topology.js';

/** One row of the communication matrix: a need, and how it fares in each stack that has it. */
export type CommunicationRow = {
  readonly from: string;
  readonly to: string;
  readonly purposes: readonly string[];
  /** By name of the stack; a stack in which `from` has no such need is absent. */
  readonly reach: ReadonlyMap<string, Reach>;
};

const WORST: readonly Reach[] = ['reachable', 'absent', 'localhost', 'separate'];

/** Needed and reachable, over all stacks, in the order in which the needs are met. */
export const communicationMatrix = (topologies: readonly Topology[]): readonly CommunicationRow[] => {
  const rows = new Map<string, { from: string; to: string; purposes: Set<string>; reach: Map<string, Reach> }>();
  for (const { stack, needs } of topologies)
    for (const { from, to, purpose, reach } of needs) {
      const key = JSON.stringify([from, to]);
      const row = rows.get(key) ?? { from, to, purposes: new Set<string>(), reach: new Map<string, Reach>() };
      row.purposes.add(purpose);
      const known = row.reach.get(stack);
      if (known === undefined || WORST.indexOf(reach) > WORST.indexOf(known)) row.reach.set(stack, reach);
      rows.set(key, row);
    }
  return [...rows.values()].map(({ from, to, purposes, reach }) => ({ from, to, purposes: [...purposes], reach }));
};
