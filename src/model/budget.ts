import type { Span } from '../source/source.js';
import { BOUNDS } from './bounds.js';
import type { FaultSink } from './fault.js';
import type { Value } from './value.js';

/** What is told when one of the bounds that hold for a whole stack is reached. */
const TOLD = {
  loadedFiles: `More than ${BOUNDS.loadedFiles} files are brought in through \`extends\` and \`include\`.`,
  loadedLength: `The files loaded for the stack are longer than ${BOUNDS.loadedLength} characters, counting repetitions.`,
  mergedValues: `More than ${BOUNDS.mergedValues} values are brought together by merging, \`extends\` and \`include\`.`,
  stackReferences: `The texts of the stack have more than ${BOUNDS.stackReferences} references to variables.`,
  filledLength: `The texts of the stack are longer than ${BOUNDS.filledLength} characters once their variables are put in.`,
  envBytes: `The env files and label files of the stack are larger than ${BOUNDS.envBytes} bytes, counting repetitions.`,
  words: `The commands of the stack have more than ${BOUNDS.words} words.`,
  pools: `The files of the stack merge more than ${BOUNDS.pools} pairs of address pools.`,
  ports: `The ranges of the stack have more than ${BOUNDS.ports} ports.`,
} as const;

/** Bounds that everything loaded for one stack uses up together. */
export type SharedBound = keyof typeof TOLD;

/** What one stack has used of its bounds so far; one object goes through all steps of loading it. */
export type Budget = { readonly spent: Map<SharedBound, number>; readonly report: FaultSink };

/** @param report Told once of each bound that is reached. */
export const budgetOf = (report: FaultSink): Budget => ({ spent: new Map(), report });

/** Uses up some of a bound; false when there was not enough left, which is a fault at `at`. */
export const spend = (budget: Budget, bound: SharedBound, amount: number, at: Span | undefined): boolean => {
  const before = budget.spent.get(bound) ?? 0;
  const after = before + amount;
  budget.spent.set(bound, after);
  if (after <= BOUNDS[bound]) return true;
  if (before <= BOUNDS[bound])
    budget.report({ rule: 'too-large', severity: 'error', message: TOLD[bound], ...(at ? { at } : {}) });
  return false;
};

/** Whether a bound was reached, so that nothing more fits. */
export const isSpent = ({ spent }: Budget, bound: SharedBound): boolean => (spent.get(bound) ?? 0) > BOUNDS[bound];

/** UTF-16 units of a text that weigh as much as a value. */
const UNITS = 64;

/** How many values a value consists of, itself included; a long text weighs as several. */
export const weightOf = (value: Value): number => {
  if (value.kind === 'scalar') return typeof value.value === 'string' ? 1 + Math.floor(value.value.length / UNITS) : 1;
  let weight = 1;
  if (value.kind === 'sequence') for (const item of value.items) weight += weightOf(item);
  else for (const { value: inner } of value.entries.values()) weight += weightOf(inner);
  return weight;
};
