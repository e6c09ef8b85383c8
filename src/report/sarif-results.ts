import type { Finding, SuppressedFinding } from '../lint/finding.js';
import type { Fix } from '../lint/rule.js';
import type { LintResult } from '../lint/run.js';
import { formatPath } from '../model/path.js';
import { relative } from '../source/path.js';
import type { Span } from '../source/source.js';
import { placeFor, type Region, regionOf } from './place.js';
import type { LintReport } from './run-result.js';
import { SARIF_LEVELS } from './sarif-rules.js';
import { type Told, toldIn, wordsOf } from './told.js';
import { isWhole } from './whole-fix.js';

/** What all results of a report share. */
type Surroundings = {
  /** Name that stands for the folder that addresses start from. */
  readonly base: string;
  /** Positions of the rules in the report's list of them. */
  readonly ruleIndexes: ReadonlyMap<string, number>;
};

/** A path as the address of a file, from the project's root. */
const addressOf = (path: string, root: string): string =>
  relative(root, path).split('/').map(encodeURIComponent).join('/');

const regionData = ({ line, column, endLine, endColumn }: Region): object => ({
  startLine: line,
  startColumn: column,
  endLine,
  endColumn,
});

const artifact = (path: string, { workspace }: LintResult, { base }: Surroundings): object => ({
  uri: addressOf(path, workspace.root),
  uriBaseId: base,
});

const physical = (at: Span, result: LintResult, surroundings: Surroundings): object => ({
  artifactLocation: artifact(at.source.path, result, surroundings),
  region: regionData(regionOf(at)),
});

const locationOf = (finding: Finding, result: LintResult, surroundings: Surroundings): object => {
  const { at, path } = finding;
  return {
    physicalLocation: at
      ? physical(at, result, surroundings)
      : {
          artifactLocation: artifact(placeFor(finding, result).path, result, surroundings),
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
        deletedRegion: regionData(regionOf(at)),
        insertedContent: { text },
      })),
    })),
    properties: { applicability },
  };
};

const resultData = ({ finding, suppressed, identity, result }: Told, surroundings: Surroundings): object => {
  const { rule, severity, related, stacks, fixes } = finding;
  const whole = fixes().filter((fix) => isWhole(fix, result));
  return {
    ruleId: rule,
    ruleIndex: surroundings.ruleIndexes.get(rule) ?? -1,
    level: SARIF_LEVELS[severity],
    message: { text: wordsOf(finding) },
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
    partialFingerprints: { 'fogLint/v1': identity },
    suppressions: suppressed ? [suppressionOf(suppressed, result, surroundings)] : [],
    ...(whole.length === 0 ? {} : { fixes: whole.map((fix) => fixData(fix, result, surroundings)) }),
    properties: { stacks },
  };
};

/**
 * All findings of a report as SARIF results, those that are kept silent among the others, in the order of the files.
 * @param base Name that stands for the project's root in addresses.
 * @param ruleIndexes Positions of the rules in the report's list of them.
 */
export const resultsIn = (
  report: LintReport,
  base: string,
  ruleIndexes: ReadonlyMap<string, number>,
): readonly object[] => toldIn(report).map((told) => resultData(told, { base, ruleIndexes }));
