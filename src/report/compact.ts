import { positionAt } from '../source/lines.js';
import { closingLine, countFindings } from './counts.js';
import { shownPath } from './place.js';
import type { LintReport } from './run-result.js';

/** One line per finding, `file:line:column: severity: message [rule]`, for editors and grep. */
export const compactReport = (report: LintReport): string => {
  const findings = report.results.flatMap((result) => result.findings);
  const lines = findings.map(({ at, severity, message, rule }) => {
    const place = at ? positionAt(at.source, at.start) : undefined;
    const where = at && place ? `${shownPath(report.cwd, at.source.path)}:${place.line}:${place.column}: ` : '';
    return `${where}${severity}: ${message} [${rule}]`;
  });
  const files = report.results.reduce((sum, { workspace }) => sum + workspace.files.length, 0);
  return `${[...lines, closingLine(countFindings(findings, files))].join('\n')}\n`;
};
