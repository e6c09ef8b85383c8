import type { Source, Span } from '../source/source.js';
import { isComplete } from '../workspace/complete.js';
import type { Workspace } from '../workspace/workspace.js';
import { type Collector, collectorFor, type Draft, findingOf, isOnAt } from './collect.js';
import { tellingFaults } from './consequences.js';
import { byPlace, type Finding, type SuppressedFinding } from './finding.js';
import { freshClone } from './fresh-clone.js';
import type { Levels } from './levels.js';
import { openSubjects } from './open-subjects.js';
import type { Rule } from './rule.js';
import { type CommentsOf, commentsIn, type Silence, silenceOf } from './silence.js';
import type { WorkspaceSubject } from './subjects.js';
import { UNUSED_SUPPRESSION, unusedSuppressions } from './unused-suppressions.js';
import { type Clock, type Timings, walk } from './walk.js';

/** A workspace to be linted, and the levels that hold in it. */
export type LintTask = { readonly workspace: Workspace; readonly levels: Levels };

/** What is the same for all workspaces of a run. */
export type LintContext = {
  readonly rules: readonly Rule[];
  /** Where given, the time that each rule takes is measured with it. */
  readonly clock?: Clock;
  /** Told of each workspace before it is linted, and how many there are. */
  readonly onTask?: (number: number, of: number) => void;
};

export type LintInput = LintContext & { readonly levels: Levels };

/** What a run over one workspace gives. */
export type LintResult = {
  readonly workspace: Workspace;
  readonly findings: readonly Finding[];
  /** What comments or a baseline keep silent. It is neither shown nor fixed. */
  readonly suppressed: readonly SuppressedFinding[];
  /** Characters that must not be shown: the credentials in the files. */
  readonly secrets: readonly Span[];
  /** Milliseconds by rule; empty without a clock. */
  readonly timings: ReadonlyMap<string, number>;
};

/** Collects what the loader has found, as far as it is worth telling. */
const collectFaults = (workspace: Workspace, subject: WorkspaceSubject, { add }: Collector): void => {
  const clone = freshClone(subject);
  for (const fault of workspace.faults) add(fault.rule, clone.told(fault), []);
  for (const stack of workspace.stacks)
    for (const fault of tellingFaults({ ...stack, faults: clone.faultsOf(stack) }, workspace))
      add(fault.rule, clone.told(fault, stack), [stack.name]);
  for (const { fault, stacks } of clone.required()) add(fault.rule, fault, stacks);
};

/** A result, and what is needed to judge the comments of its files once all workspaces are done. */
type Checked = LintResult & {
  readonly levels: Levels;
  readonly commentsOf: CommentsOf;
  readonly subject: WorkspaceSubject;
  readonly secretsIn: () => readonly Span[];
};

/** Findings of one workspace, those that comments silence set apart. */
const check = (
  { workspace, levels }: LintTask,
  { rules, clock }: LintContext,
  silence: Silence,
  before: readonly Checked[],
): Checked => {
  const { basis } = levels;
  const enabled = rules.filter((rule) => levels.isOn(rule) || basis?.isOn(rule));
  const collector = collectorFor(enabled);
  const timings: Timings = new Map();
  const { workspace: subject, secrets } = openSubjects(workspace, () => before.map(({ subject: earlier }) => earlier));
  collectFaults(workspace, subject, collector);
  walk(subject, enabled, collector.add, clock, timings);
  const findings: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  const commentsOf = commentsIn(workspace, subject);
  const isOn = (draft: Draft): boolean =>
    [levels, ...(basis ? [basis] : [])].some((some) => isOnAt(draft, workspace, some));
  for (const draft of collector.drafts(isOn)) {
    const finding = findingOf(draft, workspace, levels);
    const known = finding ?? (basis && findingOf(draft, workspace, basis));
    const silenced = known && silence.suppress(known, commentsOf);
    if (silenced && finding) suppressed.push(silenced);
    else if (finding) findings.push(finding);
  }
  const secretsIn = (): readonly Span[] => secrets().map(({ at }) => at);
  return { workspace, levels, findings, suppressed, secrets: [], timings, commentsOf, subject, secretsIn };
};

/** Files of a workspace whose comments are judged: those that no workspace before it has had. */
const sourcesToJudge = ({ workspace, subject }: Checked, judged: Set<string>): readonly Source[] => {
  const files = [...workspace.parsed.values(), ...subject.envFiles].map(({ source }) => source);
  return files.filter(({ path }) => !judged.has(path) && judged.add(path));
};

/** The result with what is wrong with the comments that speak to fog-lint. */
const judgeComments = (checked: Checked, { rules }: LintContext, silence: Silence, judged: Set<string>): Checked => {
  const { workspace, levels, commentsOf } = checked;
  const rule = rules.find(({ meta }) => meta.id === UNUSED_SUPPRESSION);
  if (!rule || !levels.isOn(rule)) return checked;
  const running = levels.basis ?? levels;
  const isWhole = isComplete(workspace);
  const judgement = {
    ids: rules.map(({ meta }) => meta.id),
    hasRun: (id: string) => isWhole && rules.some((other) => other.meta.id === id && running.isOn(other)),
    isUsed: silence.isUsed,
  };
  const collector = collectorFor([rule]);
  for (const source of sourcesToJudge(checked, judged))
    for (const problem of unusedSuppressions(silence.of(source, commentsOf), judgement))
      collector.add(UNUSED_SUPPRESSION, problem, []);
  const findings = [...checked.findings];
  const suppressed = [...checked.suppressed];
  for (const draft of collector.drafts(() => true)) {
    const finding = findingOf(draft, workspace, levels);
    const silenced = finding && silence.suppress(finding, commentsOf);
    if (silenced) suppressed.push(silenced);
    else if (finding) findings.push(finding);
  }
  return { ...checked, findings, suppressed };
};

const finished = ({ workspace, findings, suppressed, timings, secretsIn }: Checked): LintResult => ({
  workspace,
  findings: [...findings].sort(byPlace),
  suppressed: [...suppressed].sort((a, b) => byPlace(a.finding, b.finding)),
  secrets: findings.length + suppressed.length > 0 ? secretsIn() : [],
  timings,
});

/**
 * Runs rules over workspaces. A rule that is off is not called. Comments are judged when all workspaces are done, since a
 * file can be part of several.
 */
export const lintAll = (tasks: readonly LintTask[], context: LintContext): readonly LintResult[] => {
  const silence = silenceOf();
  const judged = new Set<string>();
  const checked: Checked[] = [];
  for (const [i, task] of tasks.entries()) {
    context.onTask?.(i + 1, tasks.length);
    checked.push(check(task, context, silence, checked));
  }
  return checked.map((one) => finished(judgeComments(one, context, silence, judged)));
};

/** Runs rules over one workspace. */
export const lint = (workspace: Workspace, input: LintInput): LintResult => {
  const silence = silenceOf();
  return finished(
    judgeComments(check({ workspace, levels: input.levels }, input, silence, []), input, silence, new Set()),
  );
};
