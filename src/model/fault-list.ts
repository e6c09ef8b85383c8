import type { Span } from '../source/source.js';
import { BOUNDS } from './bounds.js';
import type { Fault, FaultSink } from './fault.js';

/** Faults up to the bound. `all` gives them; how many are left out is told as one more, where the first of those stands. */
export type FaultList = { readonly report: FaultSink; readonly all: () => readonly Fault[] };

/** A list of faults that does not grow without end. What is left out may have been an error, so that saying so is one. */
export const faultList = (): FaultList => {
  const kept: Fault[] = [];
  let left = 0;
  let first: Span | undefined;
  return {
    report: (fault) => {
      if (kept.length < BOUNDS.faults) kept.push(fault);
      else {
        left += 1;
        first ??= fault.at;
      }
    },
    all: () => {
      if (left === 0) return kept;
      const message = `Only the first ${BOUNDS.faults} faults are told, and ${left} more are left out.`;
      return [...kept, { rule: 'too-large', severity: 'error', message, ...(first ? { at: first } : {}) }];
    },
  };
};
