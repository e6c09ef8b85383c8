import { closingLine, countFindings } from '../counts.js';
import { table } from '../document.js';
import { shownPath } from '../place.js';
import type { LintReport } from '../run-result.js';
import { blockHtml } from './blocks.js';
import { findingsHtml } from './findings.js';
import { html } from './html.js';
import { pageText } from './page.js';

/** Findings as a page: how many of each rule, all of them with their source lines and filters, and what the rules are about. */
export const lintPage = async ({ version, cwd, results, rules }: LintReport): Promise<string> => {
  const findings = results.flatMap((result) => result.findings);
  const files = results.reduce((sum, { workspace }) => sum + workspace.files.length, 0);
  const found = rules.filter(({ id }) => findings.some(({ rule }) => rule === id));
  const count = (id: string, severity: string): string =>
    String(findings.filter((finding) => finding.rule === id && finding.severity === severity).length);
  const counts = table(
    'Findings by rule',
    ['Rule', 'Errors', 'Warnings', 'Infos'],
    found.map(({ id }) => [
      [{ kind: 'rule', id }],
      ...['error', 'warning', 'info'].map((severity) => count(id, severity)),
    ]),
  );
  const summary = html`<p>${closingLine(countFindings(findings, files))}</p>${counts.map((block) => blockHtml(block))}`;
  const founds = results.map(({ findings: own, secrets }) => ({
    findings: own,
    hidden: secrets,
    name: (path: string) => shownPath(cwd, path),
  }));
  return pageText({
    version,
    parts: [
      {
        title: 'Findings in Compose files',
        sections: [
          { title: 'Summary', content: summary },
          { title: 'Findings', content: findingsHtml(founds, 'findings') },
        ],
      },
    ],
    rules: found,
  });
};
