import { byPlace, type Finding, type SuppressedFinding } from '../lint/finding.js';
import type { LintResult } from '../lint/run.js';
import type { LintReport } from './run-result.js';

/** A finding of a report. */
export type Told = {
  readonly finding: Finding;
  /** What keeps it silent, if anything does. */
  readonly suppressed: SuppressedFinding | undefined;
  /** Its identity, which no other finding of the report has: `…:1` for the first one of those with the same fingerprint. */
  readonly identity: string;
  /** The result that it is part of. */
  readonly result: LintResult;
};

/**
 * All findings of a report, those that are kept silent among the others, in the order of the files. Silencing one does not
 * change the identity of another.
 */
export const toldIn = ({ results }: LintReport): readonly Told[] => {
  const seen = new Map<string, number>();
  return results.flatMap((result) =>
    [
      ...result.findings.map((finding) => ({ finding, suppressed: undefined })),
      ...result.suppressed.map((suppressed) => ({ finding: suppressed.finding, suppressed })),
    ]
      .sort((a, b) => byPlace(a.finding, b.finding))
      .map((one): Told => {
        const { fingerprint } = one.finding;
        const number = (seen.get(fingerprint) ?? 0) + 1;
        seen.set(fingerprint, number);
        return { ...one, identity: `${fingerprint}:${number}`, result };
      }),
  );
};

/** What a finding says in one paragraph: the fault, and what to do. */
export const wordsOf = ({ message, help }: Finding): string => (help === undefined ? message : `${message} ${help}`);
