import { Command } from 'commander';
import { rules } from '../../rules/index.js';
import { consolidate } from '../consolidate/consolidate.js';
import { levelsFor } from '../lint/levels.js';
import { type LintResult, lint } from '../lint/run.js';
import { type ConsolidationInput, consolidationInput } from '../report/consolidation-input.js';
import { consolidationMarkdown } from '../report/consolidation-report.js';
import { consolidationJson } from '../report/consolidation-report-json.js';
import type { Workspace } from '../workspace/workspace.js';
import type { Io } from './io.js';
import { type OpenOptions, openWorkspaces, withOpenOptions } from './open.js';
import { choice, examples } from './options.js';
import { levelRequest } from './rule-options.js';

const FORMATS = ['markdown', 'json'] as const;

type ReportOptions = OpenOptions & { readonly format: (typeof FORMATS)[number]; readonly output?: string };

const lintOf = (workspace: Workspace): LintResult =>
  lint(workspace, { rules, levels: levelsFor(workspace.settings, levelRequest([], [])) });

/** The analysis of one folder: its files linted as they are, and as the plan leaves them. */
export const inputFor = (workspace: Workspace): ConsolidationInput => {
  const consolidation = consolidate(workspace);
  return consolidationInput(
    consolidation,
    lintOf(workspace),
    lintOf(consolidation.proof.after),
    (id) => `rules/${id}.md`,
  );
};

/** `fog-lint report`: the consolidation analysis. */
export const reportCommand = (io: Io, commands: readonly string[]): Command =>
  withOpenOptions(new Command('fog-lint report'))
    .description('Print the consolidation analysis of a set of Compose files')
    .option('-f, --format <name>', FORMATS.join(' or '), choice(FORMATS), 'markdown')
    .option('-o, --output <file>', 'write the report to a file')
    .addHelpText(
      'after',
      examples('report', 'report --output report.md', 'report docker-compose.yml docker-compose.dev.yml'),
    )
    .action((paths: readonly string[], options: ReportOptions) => {
      const inputs = openWorkspaces(paths, options, commands, io).map(inputFor);
      const text =
        options.format === 'json'
          ? consolidationJson(inputs, FOG_LINT_VERSION)
          : inputs.map(consolidationMarkdown).join('\n');
      if (options.output === undefined) io.write(text);
      else io.writeFile(options.output, text);
    });
