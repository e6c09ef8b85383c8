import type { Consolidation } from '../consolidate/consolidate.js';
import { isSafe } from '../consolidate/operation.js';
import type { StackDifference } from '../consolidate/prove.js';
import { shortJson } from '../model/message.js';
import { formatPath } from '../model/path.js';
import { relative } from '../source/path.js';
import { doubtText, type Mask, maskFor } from './consolidation-plan.js';

const differenceData = ({ stack, path, before, after }: StackDifference, show: Mask): object => ({
  stack,
  path: formatPath(path),
  before: before === null ? null : show(before),
  after: after === null ? null : show(after),
});

/** Plan and proof as data. Paths are relative to the folder of the Compose files; credentials are masked. */
export const planData = (consolidation: Consolidation): object => {
  const { plan, proof, verdict, withdrawn, analysis } = consolidation;
  const { directory } = analysis.workspace;
  const show = maskFor(consolidation);
  const name = (path: string | undefined): string | null =>
    path === undefined ? null : path.startsWith('/') ? relative(directory, path) : path;
  return {
    verdict,
    operations: plan.operations.map((operation) => ({
      id: operation.id,
      kind: operation.kind,
      service: operation.service ?? null,
      paths: operation.paths.map(formatPath),
      from: name(operation.from),
      to: name(operation.to),
      reason: operation.reason,
      rule: operation.rule ?? null,
      effect: operation.effect,
      safe: isSafe(operation),
      manual: operation.manual,
    })),
    questions: plan.questions,
    stacks: plan.layout.pairs.map(({ name: stack, before, after, standsIn }) => ({
      name: stack,
      before: before.map(name),
      after: standsIn === undefined ? after.map(name) : null,
      replacedBy: standsIn ?? null,
    })),
    proof: {
      differences: proof.differences.map((difference) => ({
        ...differenceData(difference, show),
        operation: difference.operation,
      })),
      doubts: proof.doubts.map((doubt) => doubtText(doubt, show)),
      replaced: proof.replaced.map(({ stack, by, differences }) => ({
        stack,
        by,
        differences: differences.map((difference) => differenceData(difference, show)),
      })),
    },
    undone: plan.undone.map(({ id, reason }) => ({ id, reason })),
    withdrawn: withdrawn.map(({ operation, doubt }) => ({ id: operation.id, doubt: doubtText(doubt, show) })),
    files: [...plan.changes].map(([path, source]) => ({ path: name(path), removed: source === undefined })),
  };
};

/** `fog-lint consolidate --format json`. */
export const planJson = (consolidations: readonly Consolidation[], version: string): string =>
  shortJson({ version, workspaces: consolidations.map(planData) });
