import type { LintResult } from '../lint/run.js';

/** Everything that a report of `lint` is made of. */
export type LintReport = {
  readonly version: string;
  readonly cwd: string;
  readonly results: readonly LintResult[];
  /** Address of the page of a rule. */
  readonly ruleLink: (id: string) => string;
};
