import type { Finding } from '../lint/finding.js';
import type { Severity } from '../lint/rule.js';
import { placeOf } from '../source/lines.js';
import { relative } from '../source/path.js';
import type { Span } from '../source/source.js';
import { type ChangedLines, isChanged } from './changed-lines.js';
import { closingLine, counted, countFindings, kindsOf } from './counts.js';
import { lastLineOf, placeFor, regionOf, shownPath } from './place.js';
import type { LintReport } from './run-result.js';
import { type Told, toldIn, wordsOf } from './told.js';
import { workflowCommand } from './workflow-command.js';

/**
 * Annotations of one level that GitHub shows for one step of a job.
 * @see github.com/actions/toolkit, docs/problem-matchers.md, "Limitations"
 */
const MOST = 10;

/** Related places that an annotation names. */
const MOST_RELATED = 5;

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** Whether the change has touched where a finding is told (2), only a place that is related to it (1), or neither (0). */
const closeness = ({ finding: { at, related } }: Told, changed: ChangedLines): number => {
  const isTouched = (span: Span): boolean => {
    const region = regionOf(span);
    return isChanged(changed, span.source.path, { from: region.line, to: lastLineOf(region) });
  };
  if (at && isTouched(at)) return 2;
  return related.some((note) => isTouched(note.at)) ? 1 : 0;
};

/** Those that the change has touched come first; the others stay in the order of the files. */
const closestFirst = (told: readonly Told[], changed: ChangedLines): readonly Told[] =>
  told
    .map((one) => ({ one, closeness: closeness(one, changed) }))
    .sort((a, b) => b.closeness - a.closeness)
    .map(({ one }) => one);

const relatedText = ({ finding, result }: Told): string => {
  const { root } = result.workspace;
  const shown = finding.related.slice(0, MOST_RELATED);
  const lines = shown.map(({ at, message }) => `\n${placeOf(at, shownPath(root, at.source.path))}: ${message}`);
  const more = finding.related.length - shown.length;
  return `${lines.join('')}${more > 0 ? `\n${counted(more, 'more place')}` : ''}`;
};

/** Names start from the root of the repository, wherever fog-lint is run. Columns go only with a single line. */
const annotation = (told: Told): string => {
  const { finding, result } = told;
  const place = placeFor(finding, result);
  const endLine = lastLineOf(place);
  return workflowCommand(
    COMMANDS[finding.severity],
    {
      file: relative(result.workspace.root, place.path),
      line: place.line,
      endLine,
      ...(place.endLine === place.line ? { col: place.column, endColumn: place.endColumn } : {}),
      title: `fog-lint (${finding.rule})`,
    },
    `${wordsOf(finding)}${relatedText(told)}`,
  );
};

/**
 * Commands to the runner of GitHub Actions, which make annotations: for each level no more than GitHub shows, errors first, and
 * those first that the change has touched. What is left out is counted in an annotation of its own.
 */
export const githubReport = (report: LintReport): string => {
  const told = toldIn(report).filter(({ suppressed }) => !suppressed);
  const ofSeverity = (severity: Severity): readonly Told[] =>
    closestFirst(
      told.filter(({ finding }) => finding.severity === severity),
      report.changed ?? new Map(),
    );
  const [errors, warnings, infos] = [ofSeverity('error'), ofSeverity('warning'), ofSeverity('info')];
  const isMore = [errors, warnings, infos].some((list) => list.length > MOST);
  const shown = [
    ...errors.slice(0, MOST),
    ...warnings.slice(0, MOST),
    // What is said about the others takes the place of a notice.
    ...infos.slice(0, isMore ? MOST - 1 : MOST),
  ];
  const files = report.results.reduce((sum, { workspace }) => sum + workspace.files.length, 0);
  const findingsOf = (list: readonly Told[]): readonly Finding[] => list.map(({ finding }) => finding);
  const left = told.filter((one) => !shown.includes(one));
  const leftOut = `${counted(left.length, 'more problem')} (${kindsOf(countFindings(findingsOf(left), files))}) without an annotation: GitHub shows ${MOST} of each level for a step.`;
  const lines = [
    ...shown.map(annotation),
    ...(isMore ? [workflowCommand('notice', { title: 'fog-lint' }, leftOut)] : []),
    closingLine(countFindings(findingsOf(told), files)),
  ];
  return `${lines.join('\n')}\n`;
};
