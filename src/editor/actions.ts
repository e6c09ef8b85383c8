import type { CodeAction, CodeActionKind, Range, WorkspaceEdit } from 'vscode-languageserver';
import { type Candidate, fixAll, isIdle, tryFix } from '../fix/fix.js';
import type { Fix } from '../lint/rule.js';
import type { LintResult } from '../lint/run.js';
import { differenceLine } from '../report/differences.js';
import { once } from '../source/once.js';
import { type DiagnosticStyle, diagnosticOf, fileOf } from './diagnostics.js';
import { type EditStyle, workspaceEdit } from './edits.js';
import { meet } from './places.js';
import type { Analysis } from './session.js';

/** Kinds of our actions. Who fixes on saving asks for `source.fixAll` or for the first one; the second is never part of it. */
export const FIX_ALL = 'source.fixAll.fog-lint';
export const FIX_SET = 'source.fixSet.fog-lint';
const QUICK_FIX = 'quickfix';

/** What an action is about, so that its edits can be worked out once it is chosen. */
export type ActionData =
  | { readonly kind: 'fix'; readonly file: string; readonly folder: string; readonly key: string }
  | { readonly kind: 'file' | 'set'; readonly file: string; readonly folder: string };

/** How actions are made for an editor. */
export type ActionStyle = DiagnosticStyle & EditStyle;

/** Why an action cannot be done; its text is for the user. */
export class ActionError extends Error {}

type Offered = Candidate & { readonly key: string; readonly result: LintResult };

const offersIn = ({ results }: Analysis, file: string): readonly Offered[] =>
  results.flatMap((result) =>
    result.findings
      .filter((finding) => fileOf(finding, result) === file)
      .flatMap((finding, i) =>
        finding
          .fixes()
          .filter((fix) => !isIdle(fix))
          .map((fix) => {
            const key = JSON.stringify([finding.rule, finding.fingerprint, i, fix.title]);
            return { finding, fix, key, result };
          }),
      ),
  );

/** Files that a fix changes or makes. */
const filesOf = ({ edits, variables = [], lines = [], files = [] }: Fix): ReadonlySet<string> =>
  new Set([
    ...edits.map(({ at }) => at.source.path),
    ...variables.flatMap(({ file, example }) => [file, example]),
    ...lines.map(({ file }) => file),
    ...files.map(({ path }) => path),
  ]);

const isOnlyIn = (fix: Fix, file: string): boolean => [...filesOf(fix)].every((path) => path === file);

const titleOf = ({ title, applicability }: Fix): string =>
  applicability === 'safe' ? title : `${title} (unsafe: it changes what runs)`;

const wants = (only: readonly CodeActionKind[] | undefined, kind: CodeActionKind): boolean =>
  only === undefined || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));

/** Whether a folder has safe fixes for one file alone, and for any of its files. */
const fixableIn = (analysis: Analysis, file: string): { readonly own: boolean; readonly any: boolean } => {
  const files = new Set(analysis.results.flatMap(({ workspace }) => [...workspace.parsed.keys(), file]));
  const safe = [...files].flatMap((path) => offersIn(analysis, path)).filter(({ fix }) => fix.applicability === 'safe');
  return { own: safe.some(({ fix }) => isOnlyIn(fix, file)), any: safe.length > 0 };
};

/**
 * What can be done about the findings at a place: each fix by itself, the safe ones as preferred, the unsafe ones marked; and all
 * safe ones of the file, or of all files that belong together. Without edits: `editFor` works them out.
 */
export const actionsAt = (
  analyses: readonly Analysis[],
  file: string,
  range: Range,
  only: readonly CodeActionKind[] | undefined,
  style: ActionStyle,
): readonly (CodeAction & { readonly data: ActionData })[] =>
  analyses.flatMap((analysis) => {
    const { folder } = analysis;
    const quick = wants(only, QUICK_FIX) ? offersIn(analysis, file) : [];
    const here = quick.flatMap(({ finding, fix, key }) => {
      const diagnostic = diagnosticOf(finding, style);
      if (!meet(diagnostic.range, range)) return [];
      const isPreferred = fix.applicability === 'safe' && finding.fixes().indexOf(fix) === 0;
      const data = { kind: 'fix', file, folder, key } as const;
      return [{ title: titleOf(fix), kind: QUICK_FIX, diagnostics: [diagnostic], isPreferred, data }];
    });
    const { own, any } = fixableIn(analysis, file);
    const whole = [
      { kind: FIX_ALL, about: 'file', isThere: own, title: 'Apply all safe fixes in this file' },
      { kind: FIX_SET, about: 'set', isThere: any, title: 'Apply all safe fixes in all files of the set' },
    ] as const;
    return [
      ...here,
      ...whole
        .filter(({ kind, isThere }) => isThere && wants(only, kind))
        .map(({ kind, about, title }) => ({ title, kind, data: { kind: about, file, folder } as const })),
    ];
  });

const proven = (candidate: Candidate, analysis: Analysis): ReadonlyMap<string, Uint8Array> => {
  const tried = tryFix(candidate, analysis);
  if (tried.kind === 'good') return tried.changes;
  const lines = tried.changes.flatMap(({ stack, differences, faults }) => [
    ...differences.map((difference) => `stack "${stack}": ${differenceLine(difference)}`),
    ...faults.map(({ message }) => `stack "${stack}": ${message}`),
  ]);
  throw new ActionError([`"${candidate.fix.title}" cannot be applied: ${tried.why}.`, ...lines].join('\n'));
};

/** The fixes that a file can have alone, taken out of what is found, so that only these are applied. */
const onlyIn = (results: readonly LintResult[], file: string): readonly LintResult[] =>
  results.map((result) => ({
    ...result,
    findings: result.findings.map((finding) => ({
      ...finding,
      fixes: once(() => finding.fixes().filter((fix) => isOnlyIn(fix, file))),
    })),
  }));

const changesFor = (data: ActionData, analysis: Analysis): ReadonlyMap<string, Uint8Array> => {
  if (data.kind === 'fix') {
    const offered = offersIn(analysis, data.file).find(({ key }) => key === data.key);
    if (!offered) throw new ActionError('The files have changed since this was offered.');
    return proven(offered, analysis);
  }
  const { fs, open, lint } = analysis;
  const lintOwn: typeof lint = (workspaces) =>
    data.kind === 'set' ? lint(workspaces) : onlyIn(lint(workspaces), data.file);
  return fixAll({ fs, open, lint: lintOwn, unsafe: false }).changes;
};

/**
 * The edits of an action, proven as `--fix` proves them: what is safe leaves every stack as it is, and docker compose loads
 * what comes of the rest.
 * @throws {ActionError} when the action no longer fits the files, or the proof does not hold.
 */
export const editFor = (data: ActionData, analyses: readonly Analysis[], style: EditStyle): WorkspaceEdit => {
  const analysis = analyses.find(({ folder }) => folder === data.folder);
  if (!analysis) throw new ActionError('The files have changed since this was offered.');
  const edit = workspaceEdit(changesFor(data, analysis), analysis.fs, style);
  if (!edit) throw new ActionError('It makes a new file, which this editor does not do. Run `fog-lint --fix`.');
  return edit;
};
