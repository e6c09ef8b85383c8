import { byPlace, type Finding, type SuppressedFinding } from '../lint/finding.js';
import type { Fix } from '../lint/rule.js';
import type { LintResult } from '../lint/run.js';
import { formatPath } from '../model/path.js';
import { positionAt } from '../source/lines.js';
import { relative } from '../source/path.js';
import { type Span, textAt } from '../source/source.js';
import type { LintReport } from './run-result.js';
import { SARIF_LEVELS } from './sarif-rules.js';

/** What all results of a report share. */
type Surroundings = {
  /** Name that stands for the folder that addresses start from. */
  readonly base: string;
  /** Positions of the rules in the report's list of them. */
  readonly ruleIndexes: ReadonlyMap<string, number>;
  /** Adds to a fingerprint which of those with the same one it is, from the top of the file. */
  readonly count: (fingerprint: string) => string;
};

/** A path as the address of a file, from the project's root. */
const addressOf = (path: string, root: string): string =>
  relative(root, path).split('/').map(encodeURIComponent).join('/');

const regionOf = ({ source, start, end }: Span): object => {
  const from = positionAt(source, start);
  const to = positionAt(source, end);
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
};

const artifact = (path: string, { workspace }: LintResult, { base }: Surroundings): object => ({
  uri: addressOf(path, workspace.root),
  uriBaseId: base,
});

const physical = (at: Span, result: LintResult, surroundings: Surroundings): object => ({
  artifactLocation: artifact(at.source.path, result, surroundings),
  region: regionOf(at),
});

/** A place that nobody can point at, such as the project's name, is told at the top of the first file: readers need one. */
const locationOf = ({ at, path }: Finding, result: LintResult, surroundings: Surroundings): object => {
  const [first] = result.workspace.files;
  return {
    physicalLocation: at
      ? physical(at, result, surroundings)
      : {
          artifactLocation: artifact(first?.path ?? result.workspace.directory, result, surroundings),
          region: { startLine: 1, startColumn: 1 },
        },
    ...(path.length > 0 ? { logicalLocations: [{ fullyQualifiedName: formatPath(path), kind: 'member' }] } : {}),
  };
};

const suppressionOf = (
  { by, reason, at }: SuppressedFinding,
  result: LintResult,
  surroundings: Surroundings,
): object => ({
  kind: by === 'comment' ? 'inSource' : 'external',
  status: 'accepted',
  ...(reason === undefined ? {} : { justification: reason }),
  ...(at ? { location: { physicalLocation: physical(at, result, surroundings) } } : {}),
});

/** Whether edits of the files are all there is to a fix, and show no credential that they move. */
const isWhole = ({ edits, variables = [], lines = [], files = [] }: Fix, { secrets }: LintResult): boolean =>
  edits.length > 0 &&
  variables.length + lines.length + files.length === 0 &&
  !edits.some(({ text }) => secrets.some((secret) => text.includes(textAt(secret))));

/** A fix as its edits, file by file and in their order; an edit that is given twice counts once. */
const fixData = ({ title, applicability, edits }: Fix, result: LintResult, surroundings: Surroundings): object => {
  const paths = [...new Set(edits.map(({ at }) => at.source.path))];
  const own = (path: string) => {
    const sorted = edits
      .filter(({ at }) => at.source.path === path)
      .sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end);
    return sorted.filter(({ at }, i) => {
      const before = sorted[i - 1]?.at;
      return before?.start !== at.start || before.end !== at.end;
    });
  };
  return {
    description: { text: `${title} (${applicability})` },
    artifactChanges: paths.map((path) => ({
      artifactLocation: artifact(path, result, surroundings),
      replacements: own(path).map(({ at, text }) => ({
        deletedRegion: regionOf(at),
        insertedContent: { text },
      })),
    })),
    properties: { applicability },
  };
};

/** A finding, with what keeps it silent if anything does. */
type Told = { readonly finding: Finding; readonly suppressed: SuppressedFinding | undefined };

const resultData = ({ finding, suppressed }: Told, result: LintResult, surroundings: Surroundings): object => {
  const { rule, severity, message, help, related, stacks, fixes, fingerprint } = finding;
  const whole = fixes.filter((fix) => isWhole(fix, result));
  return {
    ruleId: rule,
    ruleIndex: surroundings.ruleIndexes.get(rule) ?? -1,
    level: SARIF_LEVELS[severity],
    message: { text: help === undefined ? message : `${message} ${help}` },
    locations: [locationOf(finding, result, surroundings)],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map(({ at, message: text }, id) => ({
            id,
            physicalLocation: physical(at, result, surroundings),
            message: { text },
          })),
        }),
    partialFingerprints: { 'fogLint/v1': surroundings.count(fingerprint) },
    suppressions: suppressed ? [suppressionOf(suppressed, result, surroundings)] : [],
    ...(whole.length === 0 ? {} : { fixes: whole.map((fix) => fixData(fix, result, surroundings)) }),
    properties: { stacks },
  };
};

/** Fingerprints with their number among those that are the same: `…:1` for the first one. */
const counter = (): Surroundings['count'] => {
  const seen = new Map<string, number>();
  return (fingerprint) => {
    const number = (seen.get(fingerprint) ?? 0) + 1;
    seen.set(fingerprint, number);
    return `${fingerprint}:${number}`;
  };
};

/**
 * All findings of a report as SARIF results, those that are kept silent among the others, in the order of the files.
 * @param base Name that stands for the project's root in addresses.
 * @param ruleIndexes Positions of the rules in the report's list of them.
 */
export const resultsIn = (
  { results }: LintReport,
  base: string,
  ruleIndexes: ReadonlyMap<string, number>,
): readonly object[] => {
  const surroundings: Surroundings = { base, ruleIndexes, count: counter() };
  return results.flatMap((result) => {
    const told: readonly Told[] = [
      ...result.findings.map((finding) => ({ finding, suppressed: undefined })),
      ...result.suppressed.map((suppressed) => ({ finding: suppressed.finding, suppressed })),
    ];
    return [...told].sort((a, b) => byPlace(a.finding, b.finding)).map((one) => resultData(one, result, surroundings));
  });
};
