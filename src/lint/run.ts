import type { Fault } from '../model/fault.js';
import { formatPath } from '../model/path.js';
import { relative } from '../source/path.js';
import type { Span } from '../source/source.js';
import type { Workspace } from '../workspace/workspace.js';
import { byPlace, type Finding, fingerprintOf } from './finding.js';
import { openSubjects } from './open-subjects.js';
import type { Problem, Rule, Severity } from './rule.js';
import type { WorkspaceSubject } from './subjects.js';

/** The level of each rule for this run; `off` rules are not run at all. */
export type Levels = (rule: Rule) => Severity | 'off';

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
  readonly level: Severity;
  readonly problem: Problem | Fault;
  readonly stacks: Set<string>;
};

type Collection = {
  readonly drafts: Map<string, Draft>;
  readonly levels: ReadonlyMap<string, { readonly rule: Rule; readonly level: Severity }>;
};

const keyOf = (rule: string, { at, message }: Problem | Fault): string =>
  `${rule}\n${at ? `${at.source.path}:${at.start}:${at.end}` : ''}\n${message}`;

const collect = (collection: Collection, id: string, problem: Problem | Fault, stacks: readonly string[]): void => {
  const enabled = collection.levels.get(id);
  if (!enabled) return;
  const key = keyOf(id, problem);
  const draft = collection.drafts.get(key) ?? { ...enabled, problem, stacks: new Set<string>() };
  for (const stack of stacks) draft.stacks.add(stack);
  collection.drafts.set(key, draft);
};

/** A rule's own severity for one problem counts as far as the user did not ask for another level. */
const severityOf = ({ rule, level, problem }: Draft): Severity =>
  level === rule.meta.severity ? (problem.severity ?? level) : level;

const isFault = (problem: Problem | Fault): problem is Fault => 'rule' in problem;

const evidenceOf = (problem: Problem | Fault): string => (isFault(problem) ? '' : (problem.evidence ?? ''));

/** Names of the stacks that a file is part of. */
const stacksWith = (path: string | undefined, workspace: Workspace): readonly string[] =>
  workspace.stacks.filter(({ files }) => files.some((file) => file.path === path)).map(({ name }) => name);

const finish = (draft: Draft, workspace: Workspace): Finding => {
  const { rule, problem, stacks } = draft;
  const path = problem.path ?? [];
  const file = problem.at?.source.path;
  return {
    rule: rule.meta.id,
    severity: severityOf(draft),
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

const enabledRules = (input: LintInput): Collection['levels'] => {
  const levels = new Map<string, { rule: Rule; level: Severity }>();
  for (const rule of input.rules) {
    const level = input.levels(rule);
    if (level !== 'off') levels.set(rule.meta.id, { rule, level });
  }
  return levels;
};

/** Runs rules over a workspace. One that is off is not called. */
export const lint = (workspace: Workspace, input: LintInput): LintResult => {
  const collection: Collection = { drafts: new Map(), levels: enabledRules(input) };
  for (const fault of workspace.faults) collect(collection, fault.rule, fault, []);
  for (const stack of workspace.stacks)
    for (const fault of withoutConsequences(stack.faults)) collect(collection, fault.rule, fault, [stack.name]);
  const { workspace: subject, secrets } = openSubjects(workspace);
  for (const { rule } of collection.levels.values())
    for (const [problem, stacks] of problemsOf(rule, subject)) collect(collection, rule.meta.id, problem, stacks);
  const findings = [...collection.drafts.values()].map((draft) => finish(draft, workspace)).sort(byPlace);
  return { workspace, findings, secrets: secrets.map(({ at }) => at) };
};
