import type { LintReport } from './run-result.js';
import { resultsIn } from './sarif-results.js';
import { ruleData } from './sarif-rules.js';

/** Name that stands in addresses for the folder that they start from; whoever reads the report knows where it is. */
const ROOT = '%SRCROOT%';

/**
 * The report as SARIF 2.1.0, for code hosts, editors and dashboards: with the pages of the rules that found something, what
 * is suppressed and by what, and the fixes that edits of the files alone make.
 * @see SARIF 2.1.0 (OASIS); what GitHub reads of it: docs.github.com, "SARIF support for code scanning"
 */
export const sarifReport = (report: LintReport): string => {
  const found = new Set(
    report.results.flatMap(({ findings, suppressed }) =>
      [...findings, ...suppressed.map(({ finding }) => finding)].map(({ rule }) => rule),
    ),
  );
  const rules = report.rules.filter(({ id }) => found.has(id));
  const indexes = new Map(rules.map(({ id }, i) => [id, i]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'fog-lint',
            semanticVersion: report.version,
            rules: rules.map((rule) => ruleData(rule, report.ruleLink(rule.id))),
          },
        },
        originalUriBaseIds: { [ROOT]: { description: { text: 'The root of the project.' } } },
        columnKind: 'utf16CodeUnits',
        newlineSequences: ['\r\n', '\n', '\r'],
        ...(report.shard ? { properties: { shard: report.shard } } : {}),
        results: resultsIn(report, ROOT, indexes),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};
