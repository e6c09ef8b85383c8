import type { Severity } from '../lint/rule.js';
import { relative } from '../source/path.js';
import { lastLineOf, placeFor } from './place.js';
import type { LintReport } from './run-result.js';
import { toldIn, wordsOf } from './told.js';

const SEVERITIES: Readonly<Record<Severity, string>> = { error: 'major', warning: 'minor', info: 'info' };

/**
 * For the Code Quality widget of GitLab's merge requests. Names start from the root of the repository.
 * @see docs.gitlab.com, "Code Quality", "Code Quality report format"
 */
export const gitlabReport = (report: LintReport): string => {
  const issues = toldIn(report)
    .filter(({ suppressed }) => !suppressed)
    .map(({ finding, identity, result }) => {
      const place = placeFor(finding, result);
      return {
        check_name: finding.rule,
        description: wordsOf(finding),
        severity: SEVERITIES[finding.severity],
        fingerprint: identity,
        location: {
          path: relative(result.workspace.root, place.path),
          lines: { begin: place.line, end: lastLineOf(place) },
        },
      };
    });
  return `${JSON.stringify(issues, null, 2)}\n`;
};
