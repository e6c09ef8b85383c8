import { placeOf } from '../source/lines.js';
import { relative } from '../source/path.js';
import { toldByFile } from './by-file.js';
import { placeFor, shownPath } from './place.js';
import type { LintReport } from './run-result.js';
import { type Told, wordsOf } from './told.js';
import { XML_DECLARATION, xmlAttributes, xmlText } from './xml.js';

const SUPPRESSED = { comment: 'suppressed by a comment', baseline: 'accepted by the baseline' } as const;

/** What a finding says, its place first, then the places that are related to it, a line each. */
const failureText = ({ finding, result }: Told, cwd: string): string => {
  const { path, line, column } = placeFor(finding, result);
  const related = finding.related.map(
    ({ at, message }) => `\n${placeOf(at, shownPath(cwd, at.source.path))}: ${message}`,
  );
  return `${shownPath(cwd, path)}:${line}:${column}: ${wordsOf(finding)}${related.join('')}`;
};

const outcome = (told: Told, cwd: string): string => {
  const { finding, suppressed } = told;
  if (!suppressed) {
    const attributes = xmlAttributes({ type: finding.severity, message: finding.message });
    return `      <failure${attributes}>${xmlText(failureText(told, cwd))}</failure>\n`;
  }
  const why = suppressed.reason === undefined ? '' : `: ${suppressed.reason}`;
  return `      <skipped${xmlAttributes({ message: `${SUPPRESSED[suppressed.by]}${why}` })}/>\n`;
};

const testCase = (told: Told, name: string, cwd: string): string => {
  const { line, column } = placeFor(told.finding, told.result);
  const title = `${told.finding.rule} at ${line}:${column}`;
  const attributes = xmlAttributes({ name: title, classname: name, file: name, line });
  return `    <testcase${attributes}>\n${outcome(told, cwd)}    </testcase>\n`;
};

/**
 * JUnit's XML, for what shows tests: a suite for each file, a failed case for each finding, a skipped one for each that is kept
 * silent, one that passed for a file without any. How long it took is not told: two runs write the same bytes.
 */
export const junitReport = (report: LintReport): string => {
  const suites = [...toldByFile(report)].map(([path, told]) => {
    const name = relative(report.cwd, path);
    const skipped = told.filter(({ suppressed }) => suppressed).length;
    const clean = `    <testcase${xmlAttributes({ name: 'no problems', classname: name, file: name })}/>\n`;
    return {
      name,
      tests: Math.max(1, told.length),
      failures: told.length - skipped,
      skipped,
      cases: told.length === 0 ? clean : told.map((one) => testCase(one, name, report.cwd)).join(''),
    };
  });
  const total = (count: (suite: (typeof suites)[number]) => number): number =>
    suites.reduce((sum, suite) => sum + count(suite), 0);
  const all = {
    name: 'fog-lint',
    tests: total(({ tests }) => tests),
    failures: total(({ failures }) => failures),
    errors: 0,
  };
  const texts = suites.map(({ name, tests, failures, skipped, cases }) => {
    const attributes = xmlAttributes({ name, tests, failures, errors: 0, skipped });
    return `  <testsuite${attributes}>\n${cases}  </testsuite>\n`;
  });
  return `${XML_DECLARATION}\n<testsuites${xmlAttributes(all)}>\n${texts.join('')}</testsuites>\n`;
};
