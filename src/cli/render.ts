import { rules } from '../../rules/index.js';
import type { LintResult } from '../lint/run.js';
import { compactReport } from '../report/compact.js';
import { jsonReport } from '../report/json.js';
import { prettyReport } from '../report/pretty.js';
import type { LintReport } from '../report/run-result.js';
import { sarifReport } from '../report/sarif.js';
import { withWidths } from '../report/width.js';

/** Formats of `lint`. */
export const FORMATS = ['pretty', 'compact', 'json', 'sarif'] as const;
export type Format = (typeof FORMATS)[number];

const RENDERERS: Readonly<Record<Format, (report: LintReport, colour: boolean) => string | Promise<string>>> = {
  pretty: (report, colour) => withWidths((widthOf) => prettyReport(report, colour, widthOf)),
  compact: compactReport,
  json: jsonReport,
  sarif: sarifReport,
};

/** The results of a run as text. */
export const renderReport = async (
  results: readonly LintResult[],
  format: Format,
  colour: boolean,
  cwd: string,
): Promise<string> => {
  const ruleLink = (id: string): string => `rules/${id}.md`;
  const report = { version: FOG_LINT_VERSION, cwd, results, rules: rules.map(({ meta }) => meta), ruleLink };
  return RENDERERS[format](report, colour);
};
