import type { Problem, Rule } from './rule.js';
import type { WorkspaceSubject } from './subjects.js';

/** Milliseconds since some moment; the difference of two calls counts. */
export type Clock = () => number;

/** Takes a problem that a rule has found, with the stacks that it was found in. */
type Report = (id: string, problem: Problem, stacks: readonly string[]) => void;

/** A check of one rule on subjects of one kind; gives its problems to the report. */
type Visit<T> = (subject: T, stacks?: readonly string[]) => void;

/** Milliseconds that rules took, by their ids. */
export type Timings = Map<string, number>;

/** How often, and by which rules, subjects of one kind are looked at. */
const visitsOf = <T>(
  rules: readonly Rule[],
  checkOf: (rule: Rule) => ((subject: T) => Iterable<Problem>) | undefined,
  report: Report,
  clock: Clock | undefined,
  timings: Timings,
): readonly Visit<T>[] =>
  rules.flatMap((rule): Visit<T>[] => {
    const check = checkOf(rule);
    if (!check) return [];
    const { id } = rule.meta;
    const visit: Visit<T> = (subject, stacks) => {
      for (const problem of check(subject)) report(id, problem, stacks ?? problem.stacks ?? []);
    };
    if (!clock) return [visit];
    return [
      (subject, stacks) => {
        const start = clock();
        visit(subject, stacks);
        timings.set(id, (timings.get(id) ?? 0) + clock() - start);
      },
    ];
  });

/**
 * Goes through a workspace once: every subject is shown to all rules that look at its kind, and to no other.
 * @param clock Where given, the time that each rule takes is added to `timings`.
 */
export const walk = (
  workspace: WorkspaceSubject,
  rules: readonly Rule[],
  report: Report,
  clock: Clock | undefined,
  timings: Timings,
): void => {
  const ofWorkspace = visitsOf(rules, (rule) => rule.checkWorkspace, report, clock, timings);
  const ofFile = visitsOf(rules, (rule) => rule.checkFile, report, clock, timings);
  const ofStack = visitsOf(rules, (rule) => rule.checkStack, report, clock, timings);
  const ofService = visitsOf(rules, (rule) => rule.checkService, report, clock, timings);
  for (const visit of ofWorkspace) visit(workspace);
  if (ofFile.length > 0) for (const file of workspace.files) for (const visit of ofFile) visit(file);
  if (ofStack.length + ofService.length === 0) return;
  for (const stack of workspace.stacks) {
    const names = [stack.name];
    for (const visit of ofStack) visit(stack, names);
    if (ofService.length === 0) continue;
    for (const service of stack.services.values()) for (const visit of ofService) visit(service, names);
  }
};
