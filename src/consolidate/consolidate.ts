import type { Workspace } from '../workspace/workspace.js';
import { type Analysis, analyse } from './analysis.js';
import type { Operation } from './operation.js';
import { type Plan, planFor } from './plan.js';
import { type Doubt, type Proof, prove } from './prove.js';

/** An operation that was taken out of a plan because the plan was not proven with it, and what spoke against it. */
export type Withdrawn = { readonly operation: Operation; readonly doubt: Doubt };

/** A plan with its proof. `empty`: there is nothing to do; `unproven`: the proof failed whatever was left out. */
export type Consolidation = {
  readonly analysis: Analysis;
  readonly plan: Plan;
  readonly proof: Proof;
  readonly verdict: 'empty' | 'proven' | 'unproven';
  readonly withdrawn: readonly Withdrawn[];
};

/** Times that a plan is tried again with less in it. */
const ROUNDS = 16;

const serviceOf = (path: readonly (string | number)[]): string | undefined =>
  path[0] === 'services' && path[1] !== undefined ? String(path[1]) : undefined;

const concerns = ({ service, paths, claims }: Operation, name: string): boolean =>
  service === name || [...paths, ...claims.map(({ path }) => path)].some((path) => serviceOf(path) === name);

/** Whether an operation is about one key of a service: `services.web.ports`. */
const concernsKey = ({ paths, claims }: Operation, [, name, key]: readonly string[]): boolean =>
  [...paths, ...claims.map(({ path }) => path)].some(
    (path) => serviceOf(path) === name && path[2] !== undefined && String(path[2]) === key,
  );

const touches = ({ paths, claims }: Operation, [section, name]: readonly string[]): boolean =>
  [...paths, ...claims.map(({ path }) => path)].some((path) => path[0] === section && String(path[1]) === name);

/** Operations that a doubt is about: those of its service, of its resource, or the one that it names. */
const suspects = (doubt: Doubt, operations: readonly Operation[]): readonly Operation[] => {
  if (doubt.kind === 'not-seen') return operations.filter(({ id }) => id === doubt.operation);
  if (doubt.kind === 'claimed-twice') return operations.filter(({ id }) => doubt.operations.includes(id));
  if (doubt.kind === 'refused') {
    const named = operations.filter(({ service }) => service !== undefined && doubt.message.includes(service));
    return named.length > 0 ? named : operations;
  }
  const { path } = doubt.difference;
  const name = serviceOf(path) ?? (path[0] === 'disabled' ? path[1] : undefined);
  const exact = operations.filter((operation) => name !== undefined && concernsKey(operation, path));
  if (exact.length > 0) return exact;
  const found = operations.filter((operation) =>
    name === undefined ? touches(operation, path) : concerns(operation, name),
  );
  return found.length > 0 ? found : operations;
};

/**
 * Plans, proves, and, where a proof fails, plans again without the operations that it failed for: a smaller plan that is
 * proven is better than a large one that is not.
 */
export const consolidate = (workspace: Workspace): Consolidation => {
  const analysis = analyse(workspace);
  const excluded = new Set<string>();
  const withdrawn: Withdrawn[] = [];
  for (let round = 0; ; round += 1) {
    const plan = planFor(analysis, excluded);
    const proof = prove(analysis, plan);
    if (plan.operations.length === 0) return { analysis, plan, proof, verdict: 'empty', withdrawn };
    const [doubt] = proof.doubts;
    if (!doubt) return { analysis, plan, proof, verdict: 'proven', withdrawn };
    if (round === ROUNDS) return { analysis, plan, proof, verdict: 'unproven', withdrawn };
    for (const each of round > ROUNDS / 2 ? proof.doubts : [doubt])
      for (const operation of suspects(each, plan.operations)) {
        if (excluded.has(operation.id)) continue;
        excluded.add(operation.id);
        withdrawn.push({ operation, doubt: each });
      }
  }
};
