import type { Finding } from '../lint/finding.js';
import { plainText } from '../model/message.js';
import { alignedRows, type Cell } from './columns.js';
import { closingLine, countFindings } from './counts.js';
import { codeFrame, type Hidden, labelsOf, MOST_RELATED, type Pen } from './frame.js';
import { type Paint, paintFor } from './paint.js';
import { shownPath } from './place.js';
import type { LintReport } from './run-result.js';
import type { WidthOf } from './width.js';

const painted = (severity: Finding['severity'], text: string, paint: Paint): string => {
  if (severity === 'error') return paint.bold(paint.red(text));
  return paint.bold(severity === 'warning' ? paint.yellow(text) : paint.cyan(text));
};

/** A text that is a link to the page of a rule, where the terminal has links. @see OSC 8 */
const linked = (text: string, rule: string, { pageOf }: LintReport): string => {
  const page = pageOf?.(rule);
  return page === undefined ? text : `\u001B]8;;${page}\u001B\\${text}\u001B]8;;\u001B\\`;
};

const findingText = (finding: Finding, report: LintReport, hidden: Hidden, pen: Pen): string => {
  const { paint } = pen;
  const lines = [
    `${painted(finding.severity, finding.severity, paint)}${paint.bold(linked(`[${finding.rule}]`, finding.rule, report))}: ${finding.message}`,
  ];
  lines.push(...codeFrame(labelsOf(finding), (path) => shownPath(report.cwd, path), hidden, pen));
  const left = finding.related.length - MOST_RELATED;
  if (left > 0) lines.push(`  ${paint.blue('=')} ${left} more places`);
  if (finding.help !== undefined) lines.push(`  ${paint.blue('=')} ${paint.bold('help')}: ${finding.help}`);
  for (const fix of finding.fixes())
    lines.push(`  ${paint.blue('=')} ${paint.bold('fix')}: ${fix.title} (${fix.applicability})`);
  if (finding.stacks.length > 0)
    lines.push(`  ${paint.blue('=')} ${paint.bold('stacks')}: ${plainText(finding.stacks.join(', '))}`);
  lines.push(
    `  ${paint.blue('=')} ${paint.bold('rule')}: ${linked(report.ruleLink(finding.rule), finding.rule, report)}`,
  );
  return lines.join('\n');
};

/** Files that a table has a column for; more make it too wide to read. */
const MOST_COLUMNS = 6;

/** One column of the summary: its title, and which findings it counts. */
type Column = { readonly title: string; readonly counts: (finding: Finding) => boolean };

/** The part that the paths of all files begin with, up to a slash. */
const commonFolder = (paths: readonly string[]): string => {
  const [first = ''] = paths;
  let folder = first.slice(0, first.lastIndexOf('/') + 1);
  while (!paths.every((path) => path.startsWith(folder)))
    folder = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
  return folder;
};

/** A column per file; where there are too many of them, one per severity. */
const columnsFor = (findings: readonly Finding[], cwd: string): readonly Column[] => {
  const pathOf = ({ at }: Finding): string | undefined => (at ? shownPath(cwd, at.source.path) : undefined);
  const files = [...new Set(findings.flatMap((finding) => pathOf(finding) ?? []))].sort();
  const folder = commonFolder(files);
  const columns = files.map((file): Column => {
    return { title: file.slice(folder.length), counts: (finding) => pathOf(finding) === file };
  });
  if (findings.some(({ at }) => !at)) columns.push({ title: '(project)', counts: ({ at }) => !at });
  if (columns.length <= MOST_COLUMNS) return columns;
  return (['error', 'warning', 'info'] as const).map((severity) => {
    return { title: `${severity}s`, counts: (finding) => finding.severity === severity };
  });
};

/** Findings by rule and file. */
const summaryTable = (findings: readonly Finding[], cwd: string, { paint, widthOf }: Pen): string => {
  const columns = columnsFor(findings, cwd);
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  const titles = ['rule', ...columns.map(({ title }) => title), 'total'];
  const rows = rules.map((rule): readonly Cell[] => {
    const own = findings.filter((finding) => finding.rule === rule);
    const numbers = columns.map(({ counts }) => own.filter(counts).length);
    const cells = numbers.map((count): Cell => (count === 0 ? { text: '·', paint: paint.dim } : { text: `${count}` }));
    return [{ text: rule }, ...cells, { text: `${own.length}` }];
  });
  return alignedRows([titles.map((text) => ({ text, paint: paint.bold })), ...rows], widthOf).join('\n');
};

/** For people at a terminal: each finding with its source lines, then a table, then one line that sums up. */
export const prettyReport = (report: LintReport, colour: boolean, widthOf: WidthOf): string => {
  const paint = paintFor(colour);
  const pen = { paint, widthOf };
  const findings = report.results.flatMap((result) => result.findings);
  const files = report.results.reduce((sum, { workspace }) => sum + workspace.files.length, 0);
  const counts = countFindings(findings, files);
  if (findings.length === 0) return `${paint.green(closingLine(counts))}\n`;
  const texts = report.results.flatMap(({ findings: own, secrets }) =>
    own.map((finding) => findingText(finding, report, secrets, pen)),
  );
  return `${texts.join('\n\n')}\n\n${summaryTable(findings, report.cwd, pen)}\n\n${paint.bold(closingLine(counts))}\n`;
};
