import type { Fault } from '../model/fault.js';
import { formatPath } from '../model/path.js';
import { relative } from '../source/path.js';
import type { Span } from '../source/source.js';
import type { Workspace } from '../workspace/workspace.js';
import { byPlace, type Finding, fingerprintOf } from './finding.js';
import type { Levels } from './levels.js';
import { openSubjects } from './open-subjects.js';
import type { Problem, Rule, Severity } from './rule.js';
import type { WorkspaceSubject } from './subjects.js';

export type LintInput = {
  readonly rules: readonly Rule[];
  readonly levels: Levels;
};

/** What a run over one workspace gives. */
export type LintResult = {
  readonly workspace: Workspace;
  readonly findings: readonly Finding[];
  /** Characters that must not be shown: the credentials in the files. */
  readonly secrets: readonly Span[];
};

/** A finding that is being put together: the same problem in another stack adds that stack's name. */
type Draft = {
  readonly rule: Rule;
  problem: Problem | Fault;
  readonly stacks: Set<string>;
};

type Collection = { readonly drafts: Map<string, Draft>; readonly rules: ReadonlyMap<string, Rule> };

const isFault = (problem: Problem | Fault): problem is Fault => 'rule' in problem;

const evidenceOf = (problem: Problem | Fault): string => (isFault(problem) ? '' : (problem.evidence ?? ''));

/** What makes two problems one: rule, place, path and evidence. A fault of the loader is told from others by its words. */
const keyOf = (rule: string, problem: Problem | Fault): string => {
  const { at, path, message } = problem;
  const what = isFault(problem) || !path ? message : formatPath(path);
  return JSON.stringify([rule, at?.source.path, at?.start, at?.end, what, evidenceOf(problem)]);
};

const RANK: Readonly<Record<Severity, number>> = { info: 1, warning: 2, error: 3 };

/** Of one problem in several stacks the worst word is kept. */
const collect = (collection: Collection, id: string, problem: Problem | Fault, stacks: readonly string[]): void => {
  const rule = collection.rules.get(id);
  if (!rule) return;
  const key = keyOf(id, problem);
  const draft = collection.drafts.get(key) ?? { rule, problem, stacks: new Set<string>() };
  const rank = ({ severity = rule.meta.severity }: Problem | Fault): number => RANK[severity];
  if (rank(problem) > rank(draft.problem)) draft.problem = problem;
  for (const stack of stacks) draft.stacks.add(stack);
  collection.drafts.set(key, draft);
};

/** Names of the stacks that a file is part of. */
const stacksWith = (path: string | undefined, workspace: Workspace): readonly string[] =>
  workspace.stacks.filter(({ files }) => files.some((file) => file.path === path)).map(({ name }) => name);

/** The finding that a draft becomes; none where the rule is off at its place. */
const finish = ({ rule, problem, stacks }: Draft, workspace: Workspace, levels: Levels): Finding | undefined => {
  const path = problem.path ?? [];
  const file = problem.at?.source.path;
  const { level, isAsked } = levels.at(rule, {
    path: file ?? workspace.directory,
    role: workspace.files.find((known) => known.path === file)?.role,
    service: path[0] === 'services' && path[1] !== undefined ? String(path[1]) : undefined,
  });
  if (level === 'off') return undefined;
  return {
    rule: rule.meta.id,
    severity: isAsked ? level : (problem.severity ?? level),
    message: problem.message,
    at: problem.at,
    path,
    help: problem.help,
    related: problem.notes ?? [],
    stacks: stacks.size > 0 ? [...stacks] : stacksWith(file, workspace),
    fixes: !isFault(problem) && problem.fix ? [problem.fix] : [],
    fingerprint: fingerprintOf(
      rule.meta.id,
      file === undefined ? '' : relative(workspace.root, file),
      path,
      evidenceOf(problem),
    ),
  };
};

/** What cannot be told of a model that a file is missing from. */
const UNKNOWABLE: ReadonlySet<string> = new Set(['no-image-or-build', 'undefined-reference']);

/** A service that the schema has refused, or that misses a file, says nothing more about itself: the rest follows from that. */
const withoutConsequences = (faults: readonly Fault[]): readonly Fault[] => {
  const broken = new Set(
    faults.filter(({ rule }) => rule === 'schema').map(({ path }) => formatPath(path?.slice(0, 2) ?? [])),
  );
  const isIncomplete = faults.some(({ rule }) => rule === 'missing-file');
  return faults.filter(
    ({ rule, path }) =>
      !(isIncomplete && UNKNOWABLE.has(rule)) &&
      (rule !== 'no-image-or-build' || !broken.has(formatPath(path?.slice(0, 2) ?? []))),
  );
};

/** Everything that a rule finds, with the stack it was found in where it looks at stacks. */
function* problemsOf(rule: Rule, subject: WorkspaceSubject): Generator<readonly [Problem, readonly string[]]> {
  for (const problem of rule.checkWorkspace?.(subject) ?? []) yield [problem, problem.stacks ?? []];
  if (rule.checkFile)
    for (const file of subject.files) for (const problem of rule.checkFile(file)) yield [problem, problem.stacks ?? []];
  for (const stack of subject.stacks) {
    for (const problem of rule.checkStack?.(stack) ?? []) yield [problem, [stack.name]];
    if (rule.checkService)
      for (const service of stack.services.values())
        for (const problem of rule.checkService(service)) yield [problem, [stack.name]];
  }
}

/** Runs rules over a workspace. One that is off is not called. */
export const lint = (workspace: Workspace, { rules, levels }: LintInput): LintResult => {
  const enabled = rules.filter((rule) => levels.isOn(rule));
  const collection: Collection = { drafts: new Map(), rules: new Map(enabled.map((rule) => [rule.meta.id, rule])) };
  for (const fault of workspace.faults) collect(collection, fault.rule, fault, []);
  for (const stack of workspace.stacks)
    for (const fault of withoutConsequences(stack.faults)) collect(collection, fault.rule, fault, [stack.name]);
  const { workspace: subject, secrets } = openSubjects(workspace);
  for (const rule of enabled)
    for (const [problem, stacks] of problemsOf(rule, subject)) collect(collection, rule.meta.id, problem, stacks);
  const findings = [...collection.drafts.values()].flatMap((draft) => finish(draft, workspace, levels) ?? []);
  return { workspace, findings: findings.sort(byPlace), secrets: secrets.map(({ at }) => at) };
};
