import type { RuleMeta } from '../lint/rule.js';
import type { LintResult } from '../lint/run.js';
import type { ChangedLines } from './changed-lines.js';

/** Which part of a run a report is about, counted from 1. */
export type ShardMark = { readonly number: number; readonly of: number };

/** Everything that a report of `lint` is made of. */
export type LintReport = {
  readonly version: string;
  readonly cwd: string;
  readonly results: readonly LintResult[];
  /** What is known about every rule that there is. */
  readonly rules: readonly RuleMeta[];
  /** Address of the page of a rule. */
  readonly ruleLink: (id: string) => string;
  /** The same where a terminal can open it; absent for one that shows no links. */
  readonly pageOf?: (id: string) => string | undefined;
  /** The part that it is about, where it is not the whole. */
  readonly shard?: ShardMark;
  /** What a pull request or a push has touched, where that is known. */
  readonly changed?: ChangedLines | undefined;
};
