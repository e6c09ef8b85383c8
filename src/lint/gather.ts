import type { Note } from '../model/fault.js';
import { compatible, type TextEdit } from '../source/edit.js';
import { once } from '../source/once.js';
import type { Workspace } from '../workspace/workspace.js';
import type { Finding } from './finding.js';
import { type Cause, type Fix, type Rule, SEVERITY_RANK } from './rule.js';
import type { LintResult } from './run.js';

/** A finding that says what it comes from. */
type Caused = Finding & { readonly cause: Cause };

const hasCause = (finding: Finding): finding is Caused => finding.cause !== undefined;

const keyOf = ({ rule, cause }: Caused): string => JSON.stringify([rule, cause.of]);

type Some = readonly [Caused, ...Caused[]];

/** The places of all but the first, each with what is said there, then those that they are related to. */
const notesOf = ([first, ...others]: Some): readonly Note[] => [
  ...others.flatMap(({ at, cause }) => (at ? [{ at, message: cause.note }] : [])),
  ...[first, ...others].flatMap(({ related }) => related),
];

/** Edits without those that are among them already: what several findings mend by one removal. */
const withoutRepeated = (edits: readonly TextEdit[]): readonly TextEdit[] => {
  const found = new Map<string, TextEdit>();
  for (const edit of edits) {
    const { source, start, end } = edit.at;
    found.set(JSON.stringify([source.path, start, end, edit.text]), edit);
  }
  return [...found.values()];
};

/** The fix that does what those of all do; none where one of them has no such fix, since it would mend a part only. */
const fixesOf = (findings: Some): readonly Fix[] => {
  const offers = findings.map(({ fixes }) => fixes());
  const [first, ...others] = offers.map((fixes) => (fixes.length === 1 ? fixes[0] : undefined));
  const isLike = (fix: Fix | undefined): boolean =>
    fix !== undefined && fix.title === first?.title && fix.applicability === first.applicability;
  if (!first || !others.every(isLike)) return [];
  const edits = withoutRepeated(offers.flatMap((fixes) => fixes.flatMap((fix) => fix.edits)));
  const sources = [...new Set(edits.map(({ at }) => at.source))];
  const fit = sources.every((source) => compatible(edits.filter(({ at }) => at.source === source)));
  return fit ? [{ ...first, edits }] : [];
};

const worstOf = (findings: Some): Finding['severity'] =>
  findings
    .map(({ severity }) => severity)
    .reduce((worst, severity) => (SEVERITY_RANK[severity] > SEVERITY_RANK[worst] ? severity : worst));

/** The finding that stands for several of one cause: at the place of the first, with its identity. */
const joined = (findings: Some, together: NonNullable<Rule['together']>, { directory }: Workspace): Finding => {
  const [first] = findings;
  return {
    ...first,
    ...together(first.cause, [...new Set(findings.map(({ cause }) => cause.name))], directory),
    severity: worstOf(findings),
    related: notesOf(findings),
    stacks: [...new Set(findings.flatMap(({ stacks }) => stacks))],
    fixes: once(() => fixesOf(findings)),
  };
};

/** Findings of one rule and cause, by both. */
const byCause = (findings: readonly Finding[]): ReadonlyMap<string, Some> => {
  const found = new Map<string, [Caused, ...Caused[]]>();
  for (const finding of findings) {
    if (!hasCause(finding)) continue;
    const known = found.get(keyOf(finding));
    if (known) known.push(finding);
    else found.set(keyOf(finding), [finding]);
  }
  return found;
};

/**
 * A result as people are told of it: findings that have one cause, which one act mends, are one, at the place of the first. What
 * comments, levels and a baseline silence is silenced before, and fixed findings are found one by one.
 */
export const gathered = (result: LintResult, rules: readonly Rule[]): LintResult => {
  const causes = byCause(result.findings);
  const findings = result.findings.flatMap((finding) => {
    const same = hasCause(finding) ? causes.get(keyOf(finding)) : undefined;
    const rule = same && same.length > 1 ? rules.find(({ meta }) => meta.id === finding.rule) : undefined;
    if (!same || !rule?.together) return [finding];
    return same[0] === finding ? [joined(same, rule.together, result.workspace)] : [];
  });
  return { ...result, findings };
};
