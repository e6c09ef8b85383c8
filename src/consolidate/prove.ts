import { compareProjects } from '../fix/compare.js';
import type { Project } from '../model/project.js';
import { parse } from '../parse/parse.js';
import type { ReadFile } from '../resolve/load.js';
import { decode, encode } from '../source/encoding.js';
import { FileError, type FileSystem, overlayFileSystem } from '../source/filesystem.js';
import { basename } from '../source/path.js';
import { EXAMPLES } from '../workspace/examples.js';
import type { StackPlan } from '../workspace/stacks.js';
import { openWorkspace, type Workspace, type WorkspaceStack } from '../workspace/workspace.js';
import type { Analysis } from './analysis.js';
import type { StackPair } from './layout.js';
import type { Claim } from './operation.js';
import { envPath, type Plan } from './plan.js';
import { stackLeaves } from './stack-leaves.js';

/** One setting that is another one afterwards; null for nothing there. */
export type StackDifference = {
  readonly stack: string;
  readonly path: readonly string[];
  readonly before: string | null;
  readonly after: string | null;
};

/** A difference and the operation that is answerable for it. */
export type ClaimedDifference = StackDifference & { readonly operation: string };

/** Why a plan is not proven. */
export type Doubt =
  | { readonly kind: 'unclaimed'; readonly difference: StackDifference }
  | { readonly kind: 'claimed-twice'; readonly difference: StackDifference; readonly operations: readonly string[] }
  | { readonly kind: 'not-seen'; readonly claim: Claim; readonly operation: string }
  | { readonly kind: 'refused'; readonly stack: string; readonly message: string };

/** The differences of every stack, each with its operation, and whatever speaks against the plan. */
export type Proof = {
  readonly differences: readonly ClaimedDifference[];
  readonly doubts: readonly Doubt[];
  /** The workspace as it is after the plan, resolved. */
  readonly after: Workspace;
  /** What takes the place of stacks that cannot be started any longer: the difference between two stacks of today. */
  readonly replaced: readonly {
    readonly stack: string;
    readonly by: string;
    readonly differences: readonly StackDifference[];
  }[];
};

/** Reads and parses each file once. */
const reader = (fs: FileSystem): ReadFile => {
  const known = new Map<string, ReturnType<typeof parse>>();
  return (path, report) => {
    const found = known.get(path);
    if (found) return found;
    try {
      const file = parse(decode(path, fs.read(path)).source);
      known.set(path, file);
      return file;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      report({ rule: 'missing-file', severity: 'error', message: `${path} cannot be read: ${error.reason}.` });
      return undefined;
    }
  };
};

/** Files as they are after a plan, but for examples of env files: the new ones must not stand in where today's did not. */
const changedFiles = (fs: FileSystem, plan: Plan): FileSystem =>
  overlayFileSystem(
    fs,
    new Map(
      [...plan.changes]
        .filter(([path]) => !EXAMPLES.includes(basename(path)))
        .map(([path, source]) => [path, source && encode(source.text, source.encoding)]),
    ),
  );

/** Stacks of the new files: those that take today's places, and the ways to start what is new. */
const newStacks = ({ layout, composeFiles }: Plan, workspace: Workspace): readonly StackPlan[] => {
  const settled = new Map(workspace.settings.stacks.map((plan) => [plan.name, plan]));
  const plans: StackPlan[] = layout.pairs
    .filter(({ standsIn }) => standsIn === undefined)
    .map(({ name, after }) => ({ ...settled.get(name), name, files: after, isDeclared: true }));
  const { base, prod } = layout;
  const isNew = base && composeFiles.includes(prod) && !workspace.files.some(({ path }) => path === prod);
  if (isNew) plans.push({ name: 'prod', files: [base.path, prod], isDeclared: true });
  return plans;
};

/** The workspace after a plan, with its stacks declared by name. */
export const openAfter = (analysis: Analysis, plan: Plan): Workspace => {
  const { workspace } = analysis;
  const files = changedFiles(workspace.input.fs, plan);
  const { proofEnv } = plan;
  const fs = proofEnv
    ? overlayFileSystem(files, new Map([[envPath(workspace.directory), encode(proofEnv.text, proofEnv.encoding)]]))
    : files;
  return openWorkspace(workspace.directory, plan.composeFiles, {
    ...workspace.input,
    fs,
    read: reader(fs),
    declared: newStacks(plan, workspace),
    settings: { ...workspace.settings, stacks: [] },
  });
};

/** Settings in which two resolved stacks differ. */
export const differencesOf = (stack: string, before: Project, after: Project): readonly StackDifference[] => {
  const [ours, theirs] = [stackLeaves(before.model), stackLeaves(after.model)];
  const found: StackDifference[] = [];
  for (const key of new Set([...ours.keys(), ...theirs.keys()])) {
    const [a, b] = [ours.get(key), theirs.get(key)];
    if (a?.text === b?.text) continue;
    const path = (a ?? b)?.path.map(String) ?? [];
    found.push({ stack, path, before: a?.text ?? null, after: b?.text ?? null });
  }
  return found;
};

const startsWith = (path: readonly string[], prefix: readonly (string | number)[]): boolean =>
  prefix.length <= path.length && prefix.every((key, i) => String(key) === path[i]);

const answers = (claim: Claim, { stack, path, before, after }: StackDifference): boolean =>
  claim.stack === stack &&
  startsWith(path, claim.path) &&
  (claim.before === undefined || claim.before === before) &&
  (claim.after === undefined || claim.after === after);

type Claimed = { readonly claim: Claim; readonly operation: string };

/** The claims on a difference; of several, those that name it most exactly. */
const claimantsOf = (difference: StackDifference, claims: readonly Claimed[]): readonly Claimed[] => {
  const found = claims.filter(({ claim }) => answers(claim, difference));
  const longest = Math.max(...found.map(({ claim }) => claim.path.length));
  return found.filter(({ claim }) => claim.path.length === longest);
};

const errorsOf = ({ faults }: WorkspaceStack): readonly string[] =>
  faults.filter(({ severity }) => severity === 'error').map(({ rule, message }) => `${message} [${rule}]`);

/** Errors that a stack has afterwards and has not today. */
const newErrors = (before: readonly string[], after: WorkspaceStack): readonly Doubt[] =>
  errorsOf(after)
    .filter((message) => !before.includes(message))
    .map((message) => ({ kind: 'refused', stack: after.name, message }));

/** What the comparison of whole projects sees beyond single settings: the order of lists, services of inactive profiles. */
const orderDoubts = (
  name: string,
  before: Project,
  after: Project,
  seen: readonly StackDifference[],
): readonly Doubt[] =>
  compareProjects(before, after).flatMap(({ path }): readonly Doubt[] => {
    const keys = path.map(String);
    const at = keys.slice(0, keys[0] === 'services' ? 3 : 2);
    const isKnown = seen.some((difference) => startsWith(difference.path, at.slice(0, difference.path.length)));
    // Volumes go by their real names, and their order does not count: their settings have been compared.
    const isVolume = keys[0] === 'volumes' || keys[2] === 'volumes';
    if (isKnown || isVolume || keys[0]?.startsWith('x-')) return [];
    return [
      { kind: 'unclaimed', difference: { stack: name, path: keys, before: 'in one order', after: 'in another order' } },
    ];
  });

type PairProof = { readonly differences: readonly ClaimedDifference[]; readonly doubts: readonly Doubt[] };

const provePair = (pair: StackPair, after: WorkspaceStack | undefined, claims: readonly Claimed[]): PairProof => {
  const [old, now] = [pair.stack.project, after?.project];
  if (!after || !old || !now)
    return old === undefined && now === undefined
      ? { differences: [], doubts: [] }
      : { differences: [], doubts: [{ kind: 'refused', stack: pair.name, message: 'The stack cannot be read.' }] };
  const differences: ClaimedDifference[] = [];
  const doubts: Doubt[] = [...newErrors(errorsOf(pair.stack), after)];
  const found = differencesOf(pair.name, old, now);
  for (const difference of found) {
    const claimants = claimantsOf(difference, claims);
    const operations = [...new Set(claimants.map(({ operation }) => operation))];
    const [operation] = operations;
    if (operation === undefined) doubts.push({ kind: 'unclaimed', difference });
    else if (operations.length > 1) doubts.push({ kind: 'claimed-twice', difference, operations });
    else differences.push({ ...difference, operation });
  }
  doubts.push(...orderDoubts(pair.name, old, now, found));
  for (const { claim, operation } of claims)
    if (claim.stack === pair.name && !found.some((difference) => answers(claim, difference)))
      doubts.push({ kind: 'not-seen', claim, operation });
  return { differences, doubts };
};

/**
 * Resolves every stack before and after a plan and compares: each difference must be claimed by exactly one operation, and
 * each claim must show as a difference.
 */
export const prove = (analysis: Analysis, plan: Plan): Proof => {
  const after = openAfter(analysis, plan);
  const byName = new Map(after.stacks.map((stack) => [stack.name, stack]));
  const claims = plan.operations.flatMap(({ id, claims: own }) => own.map((claim) => ({ claim, operation: id })));
  const { pairs } = plan.layout;
  const proven = pairs
    .filter(({ standsIn }) => standsIn === undefined)
    .map((pair) => provePair(pair, byName.get(pair.name), claims));
  const fresh = after.stacks.filter(({ name, isDeclared }) => isDeclared && !pairs.some((pair) => pair.name === name));
  const replaced = pairs.flatMap(({ name, standsIn, stack }) => {
    const by = pairs.find((pair) => pair.name === standsIn)?.stack;
    if (standsIn === undefined || !stack.project || !by?.project) return [];
    return [{ stack: name, by: standsIn, differences: differencesOf(name, stack.project, by.project) }];
  });
  return {
    differences: proven.flatMap(({ differences }) => differences),
    doubts: [...proven.flatMap(({ doubts }) => doubts), ...fresh.flatMap((stack) => newErrors([], stack))],
    after,
    replaced,
  };
};
