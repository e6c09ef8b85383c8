import type { Fix, Severity } from '../lint/rule.js';
import { applyEdits } from '../source/edit.js';
import { lineStartAt, positionAt } from '../source/lines.js';
import { relative } from '../source/path.js';
import type { Source, Span } from '../source/source.js';
import { placeFor } from './place.js';
import type { LintReport } from './run-result.js';
import { type Told, toldIn, wordsOf } from './told.js';
import { isWhole, showsSecret } from './whole-fix.js';

const SEVERITIES: Readonly<Record<Severity, string>> = { error: 'ERROR', warning: 'WARNING', info: 'INFO' };

/** Bytes of a byte order mark in UTF-8: they are part of a file's first line. */
const MARK = 3;

/** A place as reviewdog counts: lines and columns from 1, columns in bytes of UTF-8. */
const bytePosition = (source: Source, offset: number): object => {
  const start = lineStartAt(source, offset);
  const mark = start === 0 && source.encoding === 'utf-8-bom' ? MARK : 0;
  const bytes = new TextEncoder().encode(source.text.slice(start, offset)).length;
  return { line: positionAt(source, offset).line, column: mark + bytes + 1 };
};

const rangeOf = ({ source, start, end }: Span): object => ({
  start: bytePosition(source, start),
  end: bytePosition(source, end),
});

/**
 * A fix as one replacement: all that its edits change, with what stands between them. Undefined for what a reviewer must not
 * take over with one click: a fix that changes behaviour, reaches into other files, or would show a credential.
 */
const suggestionOf = ({ edits, ...fix }: Fix, { finding: { at }, result }: Told): object | undefined => {
  if (!at || fix.applicability !== 'safe' || !isWhole({ edits, ...fix }, result)) return undefined;
  const { source } = at;
  if (edits.some((edit) => edit.at.source.path !== source.path)) return undefined;
  const start = Math.min(...edits.map((edit) => edit.at.start));
  const end = Math.max(...edits.map((edit) => edit.at.end));
  const whole = applyEdits(source, edits);
  const text = whole.slice(start, whole.length - (source.text.length - end));
  return showsSecret(text, result) ? undefined : { range: rangeOf({ source, start, end }), text };
};

const diagnostic = (told: Told, { cwd, ruleLink }: LintReport): object => {
  const { finding, result } = told;
  const { at, related, rule, severity, fixes } = finding;
  const link = ruleLink(rule);
  const suggestions = fixes().flatMap((fix) => suggestionOf(fix, told) ?? []);
  return {
    message: wordsOf(finding),
    location: {
      path: relative(cwd, placeFor(finding, result).path),
      range: at ? rangeOf(at) : { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } },
    },
    severity: SEVERITIES[severity],
    code: { value: rule, ...(/^https?:/.test(link) ? { url: link } : {}) },
    ...(suggestions.length === 0 ? {} : { suggestions }),
    ...(related.length === 0
      ? {}
      : {
          related_locations: related.map(({ at: place, message }) => ({
            message,
            location: { path: relative(cwd, place.source.path), range: rangeOf(place) },
          })),
        }),
  };
};

/**
 * For reviewdog, which makes comments and suggestions of it: its diagnostic format.
 * @see github.com/reviewdog/reviewdog, proto/rdf/reviewdog.proto
 */
export const rdjsonReport = (report: LintReport): string => {
  const diagnostics = toldIn(report)
    .filter(({ suppressed }) => !suppressed)
    .map((told) => diagnostic(told, report));
  return `${JSON.stringify({ source: { name: 'fog-lint' }, diagnostics }, null, 2)}\n`;
};
