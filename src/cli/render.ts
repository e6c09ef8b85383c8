import type { LintResult } from '../lint/run.js';
import { compactReport } from '../report/compact.js';
import { jsonReport } from '../report/json.js';
import { prettyReport } from '../report/pretty.js';
import type { LintReport } from '../report/run-result.js';

/** Formats of `lint`. */
export const FORMATS = ['pretty', 'compact', 'json'] as const;
export type Format = (typeof FORMATS)[number];

/** The results of a run as text. */
export const renderReport = (results: readonly LintResult[], format: Format, colour: boolean, cwd: string): string => {
  const report: LintReport = { version: FOG_LINT_VERSION, cwd, results, ruleLink: (id) => `rules/${id}.md` };
  if (format === 'json') return jsonReport(report);
  return format === 'compact' ? compactReport(report) : prettyReport(report, colour);
};
