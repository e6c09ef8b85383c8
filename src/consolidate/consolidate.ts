import { BOUNDS } from '../model/bounds.js';
import type { Workspace } from '../workspace/workspace.js';
import { type Analysis, analyse } from './analysis.js';
import { isSafe, type Operation } from './operation.js';
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

/** What all plans for one set of files have taken so far. */
type Spent = { editedLength: number };

const isSpent = ({ editedLength }: Spent): boolean => editedLength > BOUNDS.editedLength;

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

/** Whether an operation is wanted at all: nobody has switched off the rule whose finding it mends. */
const isWanted = ({ rule }: Operation, { settings }: Workspace): boolean =>
  rule === undefined || settings.rules.get(rule) !== 'off';

/**
 * The plan without some operations, and without merges that the texts do not allow: a file whose service is not merged can
 * be started alone still, and all else is planned with that in mind. Such merges are added to both collections.
 */
const planWithout = (analysis: Analysis, excluded: Set<string>, unmerged: Operation[], spent: Spent): Plan => {
  const plan = planFor(analysis, excluded);
  spent.editedLength += plan.editedLength;
  const fresh = plan.undone.filter(({ kind }) => kind === 'merge-duplicate');
  if (fresh.length === 0 || isSpent(spent)) return { ...plan, undone: [...unmerged, ...plan.undone] };
  for (const { id } of fresh) excluded.add(id);
  unmerged.push(...fresh);
  return planWithout(analysis, excluded, unmerged, spent);
};

/**
 * Plans, proves, and, where a proof fails, plans again without the operations that it failed for: a smaller plan that is
 * proven is better than a large one that is not.
 * @param wants Operations to be done; the others are left out.
 */
export const consolidate = (
  workspace: Workspace,
  wants: (operation: Operation) => boolean = () => true,
): Consolidation => {
  const analysis = analyse(workspace);
  const excluded = new Set<string>();
  const withdrawn: Withdrawn[] = [];
  const unmerged: Operation[] = [];
  const spent: Spent = { editedLength: 0 };
  for (let round = 0; ; ) {
    const plan = planWithout(analysis, excluded, unmerged, spent);
    const unwanted = plan.operations.filter((operation) => !wants(operation) || !isWanted(operation, workspace));
    if (unwanted.length > 0) {
      for (const { id } of unwanted) excluded.add(id);
      continue;
    }
    const proof = prove(analysis, plan);
    if (plan.operations.length === 0) return { analysis, plan, proof, verdict: 'empty', withdrawn };
    const [doubt] = proof.doubts;
    if (!doubt) return { analysis, plan, proof, verdict: 'proven', withdrawn };
    if (round === ROUNDS || isSpent(spent)) return { analysis, plan, proof, verdict: 'unproven', withdrawn };
    for (const each of round > ROUNDS / 2 ? proof.doubts : [doubt])
      for (const operation of suspects(each, plan.operations)) {
        if (excluded.has(operation.id)) continue;
        excluded.add(operation.id);
        withdrawn.push({ operation, doubt: each });
      }
    round += 1;
  }
};

/**
 * The part of the plan for a set of files that leaves every stack as it is, for sets with more than one role.
 * @returns undefined where there is nothing of it to do, or it is not proven.
 */
export const safePart = (workspace: Workspace): Plan | undefined => {
  if (new Set(workspace.files.map(({ role }) => role)).size < 2) return undefined;
  const { plan, verdict } = consolidate(workspace, isSafe);
  return verdict === 'proven' ? plan : undefined;
};
