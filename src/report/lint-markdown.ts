import type { Finding } from '../lint/finding.js';
import { placeOf } from '../source/lines.js';
import { toldByFile } from './by-file.js';
import { closingLine, counted, countFindings } from './counts.js';
import { code, heading, joined, mark, type Phrase, type Piece, paragraph, SEVERITY_MARK, table } from './document.js';
import { markdownOf } from './markdown.js';
import { placeFor, shownPath } from './place.js';
import type { LintReport } from './run-result.js';
import { type Told, wordsOf } from './told.js';

/** Related places that a row names; the rest is counted. */
const MOST_RELATED = 5;

/** References to variables: outside of code GitHub takes what stands between two of them for mathematics. */
const REFERENCE = /(\$\{[^{}`\n]*\})/;

/** A message as running text: what stands between backticks, and references to variables, are code. */
const phrase = (message: string): readonly Piece[] =>
  message
    .split(/(`[^`\n]+`)/)
    .flatMap((part, i): readonly Piece[] =>
      i % 2 === 1 ? [part] : part.split(REFERENCE).map((text, j) => (j % 2 === 1 ? code(text) : text)),
    );

const LINE_BREAK: Piece = { kind: 'break' };

const relatedPlaces = ({ related }: Finding, cwd: string): readonly Piece[] => {
  if (related.length === 0) return [];
  const places = related.slice(0, MOST_RELATED).map(({ at }) => code(placeOf(at, shownPath(cwd, at.source.path))));
  const more = related.length - places.length;
  return [LINE_BREAK, 'See ', ...joined(places, ', '), more > 0 ? ` and ${counted(more, 'more place')}.` : '.'];
};

const row = ({ finding, result }: Told, { cwd }: LintReport): readonly Phrase[] => {
  const { rule, severity, fixes } = finding;
  const { line, column } = placeFor(finding, result);
  const fixed = fixes().flatMap(({ title, applicability }): readonly Piece[] => [
    LINE_BREAK,
    'Fix: ',
    ...phrase(title),
    ` (${applicability}).`,
  ]);
  return [
    [mark(SEVERITY_MARK[severity], severity)],
    `${line}:${column}`,
    [...phrase(wordsOf(finding)), ...relatedPlaces(finding, cwd), ...fixed],
    [{ kind: 'rule', id: rule }],
  ];
};

/** For job summaries and comments on code hosts: what was found in numbers, then a table for each file. */
export const lintMarkdown = (report: LintReport): string => {
  const byFile = [...toldByFile(report)];
  const told = byFile.flatMap(([, own]) => own);
  const findings = told.filter(({ suppressed }) => !suppressed).map(({ finding }) => finding);
  const files = report.results.reduce((sum, { workspace }) => sum + workspace.files.length, 0);
  const silent = told.length - findings.length;
  const numbers = [
    paragraph(closingLine(countFindings(findings, files))),
    ...(silent === 0 ? [] : [paragraph(`${counted(silent, 'problem')} ${silent === 1 ? 'is' : 'are'} suppressed.`)]),
  ];
  const blocks = byFile.flatMap(([path, own]) => {
    const rows = own.filter(({ suppressed }) => !suppressed).map((one) => row(one, report));
    const name = shownPath(report.cwd, path);
    return rows.length === 0
      ? []
      : [heading(3, `\`${name}\``), ...table(`Problems in ${name}`, ['level', 'place', 'problem', 'rule'], rows)];
  });
  const problems = blocks.length === 0 ? [] : [{ title: 'Problems', blocks }];
  return markdownOf({ title: 'fog-lint', sections: [{ title: 'Summary', blocks: numbers }, ...problems] }, false);
};
