import { rules } from '../../rules/index.js';
import type { LintResult } from '../lint/run.js';
import { inertText } from '../model/message.js';
import { compactReport } from '../report/compact.js';
import { prettyReport } from '../report/pretty.js';
import type { LintReport, ShardMark } from '../report/run-result.js';
import { withWidths } from '../report/width.js';
import { changedLines } from './changed-lines.js';
import type { Io } from './io.js';
import { rulePages } from './rule-pages.js';

/** Formats of `lint`. */
export const FORMATS = [
  'pretty',
  'compact',
  'json',
  'sarif',
  'github',
  'gitlab',
  'junit',
  'checkstyle',
  'rdjson',
  'markdown',
  'html',
] as const;
export type Format = (typeof FORMATS)[number];

type Renderer = (report: LintReport, colour: boolean, io: Io) => string | Promise<string>;

/** What is for programs is loaded only for them. */
const RENDERERS: Readonly<Record<Format, Renderer>> = {
  pretty: (report, colour) => withWidths((widthOf) => prettyReport(report, colour, widthOf)),
  compact: compactReport,
  json: async (report) => (await import('../report/json.js')).jsonReport(report),
  sarif: async (report) => (await import('../report/sarif.js')).sarifReport(report),
  github: async (report, _, io) => {
    const { githubReport } = await import('../report/github.js');
    const roots = report.results.map(({ workspace }) => workspace.root);
    return githubReport({ ...report, changed: changedLines(roots, io) });
  },
  gitlab: async (report) => (await import('../report/gitlab.js')).gitlabReport(report),
  junit: async (report) => (await import('../report/junit.js')).junitReport(report),
  checkstyle: async (report) => (await import('../report/checkstyle.js')).checkstyleReport(report),
  rdjson: async (report) => (await import('../report/rdjson.js')).rdjsonReport(report),
  markdown: async (report) => (await import('../report/lint-markdown.js')).lintMarkdown(report),
  html: async (report) => (await import('../report/html/lint-page.js')).lintPage(report),
};

/**
 * The results of a run as text.
 * @param links Whether what reads it shows links, as some terminals do.
 */
export const renderReport = async (
  results: readonly LintResult[],
  format: Format,
  {
    colour,
    links,
    shard,
  }: { readonly colour: boolean; readonly links: boolean; readonly shard: ShardMark | undefined },
  io: Io,
): Promise<string> => {
  const ruleLink = (id: string): string => `rules/${id}.md`;
  const report = {
    version: FOG_LINT_VERSION,
    cwd: io.cwd,
    results,
    rules: rules.map(({ meta }) => meta),
    ruleLink,
    ...(links ? { pageOf: rulePages(io) } : {}),
    ...(shard ? { shard } : {}),
  };
  return inertText(await RENDERERS[format](report, colour, io), format === 'pretty');
};
