import type { Fault } from '../model/fault.js';
import { formatPath } from '../model/path.js';
import { relative } from '../source/path.js';
import type { Workspace } from '../workspace/workspace.js';
import { type Finding, fingerprintOf } from './finding.js';
import type { Levels, Place } from './levels.js';
import type { Fix, Problem, Rule, Severity } from './rule.js';

/** A finding that is being put together: the same problem in another stack adds that stack's name. */
export type Draft = {
  readonly rule: Rule;
  readonly problem: Problem | Fault;
  readonly stacks: ReadonlySet<string>;
};

/** Takes problems of rules, by their ids, and makes one draft of those that are the same. */
export type Collector = {
  readonly add: (id: string, problem: Problem | Fault, stacks: readonly string[]) => void;
  readonly drafts: () => readonly Draft[];
};

const isFault = (problem: Problem | Fault): problem is Fault => 'rule' in problem;

const evidenceOf = (problem: Problem | Fault): string => (isFault(problem) ? '' : (problem.evidence ?? ''));

/** What makes two problems one: rule, place, path and evidence. A fault of the loader is told from others by its words. */
const keyOf = (rule: string, problem: Problem | Fault): string => {
  const { at, path, message } = problem;
  const what = isFault(problem) || !path ? message : formatPath(path);
  return JSON.stringify([rule, at?.source.path, at?.start, at?.end, what, evidenceOf(problem)]);
};

const RANK: Readonly<Record<Severity, number>> = { info: 1, warning: 2, error: 3 };

/** Collects the problems of some rules; those of others are left out. Of one problem in several stacks the worst word is kept. */
export const collectorFor = (rules: readonly Rule[]): Collector => {
  const byId = new Map(rules.map((rule) => [rule.meta.id, rule]));
  const drafts = new Map<string, { rule: Rule; problem: Problem | Fault; stacks: Set<string> }>();
  return {
    add: (id, problem, stacks) => {
      const rule = byId.get(id);
      if (!rule) return;
      const key = keyOf(id, problem);
      const draft = drafts.get(key) ?? { rule, problem, stacks: new Set<string>() };
      const rank = ({ severity = rule.meta.severity }: Problem | Fault): number => RANK[severity];
      if (rank(problem) > rank(draft.problem)) draft.problem = problem;
      for (const stack of stacks) draft.stacks.add(stack);
      drafts.set(key, draft);
    },
    drafts: () => [...drafts.values()],
  };
};

/** Names of the stacks that a file is part of. */
const stacksWith = (path: string | undefined, workspace: Workspace): readonly string[] =>
  workspace.stacks.filter(({ files }) => files.some((file) => file.path === path)).map(({ name }) => name);

/** Where a draft stands, as far as levels depend on it. */
export const placeOfDraft = ({ problem }: Draft, workspace: Workspace): Place => {
  const path = problem.path ?? [];
  const file = problem.at?.source.path;
  return {
    path: file ?? workspace.directory,
    role: workspace.files.find((known) => known.path === file)?.role,
    service: path[0] === 'services' && path[1] !== undefined ? String(path[1]) : undefined,
  };
};

const fixesOf = (rule: Rule, problem: Problem | Fault): readonly Fix[] => {
  const fix = isFault(problem) ? rule.fixFault?.(problem) : problem.fix;
  return fix ? [fix] : [];
};

/** The finding that a draft becomes; none where the rule is off at its place. */
export const findingOf = (draft: Draft, workspace: Workspace, levels: Levels): Finding | undefined => {
  const { rule, problem, stacks } = draft;
  const { level, isAsked } = levels.at(rule, placeOfDraft(draft, workspace));
  if (level === 'off') return undefined;
  const path = problem.path ?? [];
  const file = problem.at?.source.path;
  return {
    rule: rule.meta.id,
    severity: isAsked ? level : (problem.severity ?? level),
    message: problem.message,
    at: problem.at,
    path,
    help: problem.help,
    related: problem.notes ?? [],
    stacks: stacks.size > 0 ? [...stacks] : stacksWith(file, workspace),
    fixes: fixesOf(rule, problem),
    fingerprint: fingerprintOf(
      rule.meta.id,
      file === undefined ? '' : relative(workspace.root, file),
      path,
      evidenceOf(problem),
    ),
  };
};
