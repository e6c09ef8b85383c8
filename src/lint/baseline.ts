import { formatPath } from '../model/path.js';
import { relative } from '../source/path.js';
import { RunError } from '../workspace/run-error.js';
import type { Finding, SuppressedFinding } from './finding.js';
import type { LintResult } from './run.js';

/** Findings of one identity that are known and accepted for now. */
export type BaselineEntry = {
  /** Relative to the project's root; empty for what concerns no file. */
  readonly file: string;
  readonly rule: string;
  /** The value concerned, for people. */
  readonly path: string;
  readonly fingerprint: string;
  /** How many there are. */
  readonly count: number;
};

export type Baseline = readonly BaselineEntry[];

const FORMAT = 1;

const isEntry = (value: unknown): value is BaselineEntry => {
  if (typeof value !== 'object' || value === null) return false;
  const { file, rule, path, fingerprint, count } = value as Partial<Record<keyof BaselineEntry, unknown>>;
  const areTexts = [file, rule, path, fingerprint].every((text) => typeof text === 'string');
  return areTexts && Number.isInteger(count) && Number(count) > 0;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * Reads a baseline.
 * @param name The file, for the message.
 * @throws {RunError} when the text is not one that `baselineText` makes.
 */
export const parseBaseline = (text: string, name: string): Baseline => {
  const data = parsed(text) as { readonly version?: unknown; readonly findings?: unknown } | null | undefined;
  const entries = data?.version === FORMAT && Array.isArray(data.findings) ? data.findings : undefined;
  if (entries?.every(isEntry)) return entries;
  const message = `${name}: this is not a baseline of fog-lint`;
  throw new RunError('bad-baseline', { message, hint: 'Write it anew with --update-baseline.' });
};

const sortKey = ({ file, rule, path, fingerprint }: BaselineEntry): string =>
  [file, rule, path, fingerprint].join('\n');

/** A baseline as text: sorted, a finding a line, so that a change of one finding is a change of one line. */
export const baselineText = (baseline: Baseline): string => {
  const keyed = baseline.map((entry) => ({ key: sortKey(entry), entry }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  const lines = keyed.map(({ entry: { file, rule, path, count, fingerprint } }) =>
    JSON.stringify({ file, rule, path, count, fingerprint }),
  );
  const list = lines.length === 0 ? '[]' : `[\n    ${lines.join(',\n    ')}\n  ]`;
  return `{\n  "version": ${FORMAT},\n  "findings": ${list}\n}\n`;
};

const entryOf = ({ at, rule, path, fingerprint }: Finding, { workspace }: LintResult): BaselineEntry => ({
  file: at ? relative(workspace.root, at.source.path) : '',
  rule,
  path: formatPath(path),
  fingerprint,
  count: 1,
});

/** What a run can say about entries of a baseline: of files that it looked at, or that are gone, and of rules that ran. */
export type Scope = {
  readonly hasFile: (file: string) => boolean;
  readonly hasRule: (rule: string) => boolean;
};

/**
 * The baseline that accepts all that some results find.
 * @param before Entries that the run can say nothing about are taken over from here.
 */
export const baselineOf = (results: readonly LintResult[], before: Baseline, scope: Scope): Baseline => {
  const found = new Map<string, BaselineEntry>();
  for (const result of results)
    for (const finding of result.findings) {
      const entry = entryOf(finding, result);
      const known = found.get(entry.fingerprint);
      found.set(entry.fingerprint, known ? { ...known, count: known.count + 1 } : entry);
    }
  const kept = before.filter(
    ({ file, rule, fingerprint }) => !found.has(fingerprint) && !(scope.hasFile(file) && scope.hasRule(rule)),
  );
  return [...kept, ...found.values()];
};

/** Results without what a baseline accepts, and the entries of the baseline that more was accepted by than is found. */
export type Baselined = { readonly results: readonly LintResult[]; readonly stale: readonly BaselineEntry[] };

/** Sets apart what a baseline accepts: of findings with one identity, as many as it counts, from the top of the file. */
export const applyBaseline = (results: readonly LintResult[], baseline: Baseline, scope: Scope): Baselined => {
  const left = new Map<string, number>();
  for (const { fingerprint, count } of baseline) left.set(fingerprint, (left.get(fingerprint) ?? 0) + count);
  const applied = results.map((result): LintResult => {
    const findings: Finding[] = [];
    const suppressed: SuppressedFinding[] = [...result.suppressed];
    for (const finding of result.findings) {
      const accepted = left.get(finding.fingerprint) ?? 0;
      if (accepted === 0) findings.push(finding);
      else suppressed.push({ finding, by: 'baseline', reason: undefined, at: undefined });
      left.set(finding.fingerprint, Math.max(0, accepted - 1));
    }
    return { ...result, findings, suppressed };
  });
  const stale = baseline.flatMap((entry) => {
    const count = left.get(entry.fingerprint) ?? 0;
    return count > 0 && scope.hasFile(entry.file) && scope.hasRule(entry.rule) ? [{ ...entry, count }] : [];
  });
  return { results: applied, stale };
};
