import Table from 'cli-table3';
import type { Finding } from '../lint/finding.js';
import { relative } from '../source/path.js';
import { closingLine, countFindings } from './counts.js';
import { codeFrame, type Hidden, type Label } from './frame.js';
import { type Paint, paintFor } from './paint.js';
import type { LintReport } from './run-result.js';

/** Related places shown per finding; the rest is counted. */
const MOST_RELATED = 24;

const painted = (severity: Finding['severity'], text: string, paint: Paint): string => {
  if (severity === 'error') return paint.bold(paint.red(text));
  return paint.bold(severity === 'warning' ? paint.yellow(text) : paint.cyan(text));
};

const labelsOf = ({ at, related }: Finding): readonly Label[] => {
  if (!at) return [];
  const others = related.slice(0, MOST_RELATED).map((note): Label => ({ ...note, isPrimary: false }));
  return [{ at, message: '', isPrimary: true }, ...others];
};

const findingText = (finding: Finding, report: LintReport, hidden: Hidden, paint: Paint): string => {
  const lines = [
    `${painted(finding.severity, finding.severity, paint)}${paint.bold(`[${finding.rule}]`)}: ${finding.message}`,
  ];
  lines.push(...codeFrame(labelsOf(finding), (path) => relative(report.cwd, path), hidden, paint));
  const left = finding.related.length - MOST_RELATED;
  if (left > 0) lines.push(`  ${paint.blue('=')} ${left} more places`);
  if (finding.help !== undefined) lines.push(`  ${paint.blue('=')} ${paint.bold('help')}: ${finding.help}`);
  for (const fix of finding.fixes)
    lines.push(`  ${paint.blue('=')} ${paint.bold('fix')}: ${fix.title} (${fix.applicability})`);
  if (finding.stacks.length > 0)
    lines.push(`  ${paint.blue('=')} ${paint.bold('stacks')}: ${finding.stacks.join(', ')}`);
  lines.push(`  ${paint.blue('=')} ${paint.bold('rule')}: ${report.ruleLink(finding.rule)}`);
  return lines.join('\n');
};

const BORDERLESS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** Findings by rule and file. */
const summaryTable = (findings: readonly Finding[], report: LintReport, paint: Paint): string => {
  const shown = (finding: Finding): string => (finding.at ? relative(report.cwd, finding.at.source.path) : '(project)');
  const files = [...new Set(findings.map(shown))].sort();
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  const table = new Table({
    head: ['rule', ...files, 'total'].map((title) => paint.bold(title)),
    chars: BORDERLESS,
    colAligns: ['left', ...files.map(() => 'right' as const), 'right'],
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const rule of rules) {
    const own = findings.filter((finding) => finding.rule === rule);
    const counts = files.map((file) => own.filter((finding) => shown(finding) === file).length);
    table.push([rule, ...counts.map((count) => (count === 0 ? paint.dim('·') : String(count))), String(own.length)]);
  }
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
};

/** For people at a terminal: each finding with its source lines, then a table, then one line that sums up. */
export const prettyReport = (report: LintReport, colour: boolean): string => {
  const paint = paintFor(colour);
  const findings = report.results.flatMap((result) => result.findings);
  const files = report.results.reduce((sum, { workspace }) => sum + workspace.files.length, 0);
  const counts = countFindings(findings, files);
  if (findings.length === 0) return `${paint.green(closingLine(counts))}\n`;
  const texts = report.results.flatMap(({ findings: own, secrets }) =>
    own.map((finding) => findingText(finding, report, secrets, paint)),
  );
  return `${texts.join('\n\n')}\n\n${summaryTable(findings, report, paint)}\n\n${paint.bold(closingLine(counts))}\n`;
};
