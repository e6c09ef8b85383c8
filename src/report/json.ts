import type { Finding } from '../lint/finding.js';
import { formatPath } from '../model/path.js';
import { relative } from '../source/path.js';
import type { Span } from '../source/source.js';
import { countFindings } from './counts.js';
import { type Region, regionOf } from './place.js';
import type { LintReport } from './run-result.js';

const placeIn = (at: Span, cwd: string): Region & { readonly file: string } => ({
  file: relative(cwd, at.source.path),
  ...regionOf(at),
});

const findingData = (finding: Finding, report: LintReport): object => {
  const { rule, severity, message, at, path, stacks, related, fixes, fingerprint, help } = finding;
  const [section, service] = path;
  return {
    rule,
    severity,
    message,
    ...(help === undefined ? {} : { help }),
    ...(at ? placeIn(at, report.cwd) : {}),
    ...(path.length > 0 ? { path: formatPath(path) } : {}),
    ...(section === 'services' && service !== undefined ? { service: String(service) } : {}),
    stacks,
    related: related.map((note) => ({ ...placeIn(note.at, report.cwd), message: note.message })),
    fixes: fixes().map(({ applicability, title }) => ({ applicability, title })),
    fingerprint,
    docs: report.ruleLink(rule),
  };
};

/** For programs. The fields are a contract: see the documentation of the command line. */
export const jsonReport = (report: LintReport): string => {
  const findings = report.results.flatMap((result) => result.findings);
  const files = report.results.reduce((sum, { workspace }) => sum + workspace.files.length, 0);
  const { errors, warnings, infos, fixable } = countFindings(findings, files);
  const data = {
    version: report.version,
    ...(report.shard ? { shard: report.shard } : {}),
    workspaces: report.results.map(({ workspace }) => ({
      directory: relative(report.cwd, workspace.directory),
      files: workspace.files.map(({ path, role }) => ({ path: relative(report.cwd, path), role })),
      stacks: workspace.stacks.map(({ name, files: members }) => ({
        name,
        files: members.map(({ path }) => relative(report.cwd, path)),
      })),
    })),
    findings: findings.map((finding) => findingData(finding, report)),
    summary: { errors, warnings, infos, fixable, files },
  };
  return `${JSON.stringify(data, null, 2)}\n`;
};
