import type { Diagnostic, DiagnosticSeverity, Range } from 'vscode-languageserver';
import type { Finding } from '../lint/finding.js';
import type { Severity } from '../lint/rule.js';
import type { LintResult } from '../lint/run.js';
import type { Fault, Note } from '../model/fault.js';
import { locationOf, rangeOf } from './places.js';

/** What is said about each file, by absolute path. */
export type DiagnosticsByFile = ReadonlyMap<string, readonly Diagnostic[]>;

/** How diagnostics are to be made for an editor. */
export type DiagnosticStyle = {
  /** Address of a rule's page; undefined where there is none. */
  readonly ruleLink: (id: string) => string | undefined;
  /** Whether the editor shows related places. */
  readonly showsRelated: boolean;
};

/** Severities of the protocol. */
const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = { error: 1, warning: 2, info: 3 };

/** What every diagnostic of ours says it comes from. */
const SOURCE = 'fog-lint';

/** Where a finding is shown that concerns no place: before the first character. */
const TOP: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Related places that are sent with a finding; an editor shows each on a line of its own. */
const MOST_RELATED = 24;

const related = (notes: readonly Note[]): Pick<Diagnostic, 'relatedInformation'> =>
  notes.length === 0
    ? {}
    : {
        relatedInformation: notes
          .slice(0, MOST_RELATED)
          .map(({ at, message }) => ({ location: locationOf(at), message })),
      };

/** A finding as an editor shows it. */
export const diagnosticOf = (finding: Finding, { ruleLink, showsRelated }: DiagnosticStyle): Diagnostic => {
  const { rule, severity, message, help, at, related: notes } = finding;
  const href = ruleLink(rule);
  return {
    range: at ? rangeOf(at) : TOP,
    severity: SEVERITIES[severity],
    code: rule,
    ...(href === undefined ? {} : { codeDescription: { href } }),
    source: SOURCE,
    message: help === undefined ? message : `${message} ${help}`,
    ...(showsRelated ? related(notes) : {}),
  };
};

/** The file that a finding is shown in: its own, or the first one of its folder where it concerns none. */
export const fileOf = ({ at }: Finding, { workspace }: LintResult): string =>
  at?.source.path ?? workspace.files[0]?.path ?? workspace.directory;

/** All findings of a folder by file. A file without any is not among them. */
export const diagnosticsOf = (results: readonly LintResult[], style: DiagnosticStyle): DiagnosticsByFile => {
  const byFile = new Map<string, Diagnostic[]>();
  for (const result of results)
    for (const finding of result.findings) {
      const file = fileOf(finding, result);
      byFile.set(file, [...(byFile.get(file) ?? []), diagnosticOf(finding, style)]);
    }
  return byFile;
};

/**
 * Why a folder could not be looked at: at the places in the settings that are to blame, or else at the top of its open files.
 * @param open Absolute paths of the files of the folder that are open.
 */
export const failureDiagnostics = (
  message: string,
  faults: readonly Fault[],
  open: readonly string[],
): DiagnosticsByFile => {
  const byFile = new Map<string, Diagnostic[]>();
  const add = (file: string, diagnostic: Diagnostic): void =>
    void byFile.set(file, [...(byFile.get(file) ?? []), diagnostic]);
  for (const { at, message: text, help } of faults)
    if (at)
      add(at.source.path, {
        range: rangeOf(at),
        severity: SEVERITIES.error,
        source: SOURCE,
        message: help === undefined ? text : `${text} ${help}`,
      });
  if (byFile.size === 0)
    for (const file of open) add(file, { range: TOP, severity: SEVERITIES.error, source: SOURCE, message });
  return byFile;
};

/** Both sets of diagnostics, what is said twice about a file only once: two folders can share one. */
export const joined = (all: readonly DiagnosticsByFile[]): DiagnosticsByFile => {
  const byFile = new Map<string, Map<string, Diagnostic>>();
  for (const diagnostics of all)
    for (const [file, list] of diagnostics) {
      const known = byFile.get(file) ?? new Map<string, Diagnostic>();
      for (const diagnostic of list) known.set(JSON.stringify(diagnostic), diagnostic);
      byFile.set(file, known);
    }
  return new Map([...byFile].map(([file, known]) => [file, [...known.values()]]));
};
