import { relative } from '../source/path.js';
import { toldByFile } from './by-file.js';
import { placeFor } from './place.js';
import type { LintReport } from './run-result.js';
import { type Told, wordsOf } from './told.js';
import { XML_DECLARATION, xmlAttributes } from './xml.js';

const errorElement = ({ finding, result }: Told): string => {
  const { line, column } = placeFor(finding, result);
  const attributes = {
    line,
    column,
    severity: finding.severity,
    message: wordsOf(finding),
    source: `fog-lint.${finding.rule}`,
  };
  return `    <error${xmlAttributes(attributes)}/>\n`;
};

/** The XML of Checkstyle, which dashboards and reviewers read. Files without findings are in it, too. */
export const checkstyleReport = (report: LintReport): string => {
  const files = [...toldByFile(report)].map(([path, told]) => {
    const errors = told.filter(({ suppressed }) => !suppressed).map(errorElement);
    const attributes = xmlAttributes({ name: relative(report.cwd, path) });
    return errors.length === 0 ? `  <file${attributes}/>\n` : `  <file${attributes}>\n${errors.join('')}  </file>\n`;
  });
  return `${XML_DECLARATION}\n<checkstyle version="4.3">\n${files.join('')}</checkstyle>\n`;
};
