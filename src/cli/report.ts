import { Command } from 'commander';
import { rules } from '../../rules/index.js';
import { type Consolidation, consolidate } from '../consolidate/consolidate.js';
import { gathered } from '../lint/gather.js';
import { levelsFor } from '../lint/levels.js';
import { type LintResult, lint } from '../lint/run.js';
import { inertText } from '../model/message.js';
import { type ConsolidationInput, consolidationInput } from '../report/consolidation-input.js';
import { consolidationMarkdown } from '../report/consolidation-report.js';
import { consolidationJson } from '../report/consolidation-report-json.js';
import type { Workspace } from '../workspace/workspace.js';
import { warnOfNames } from './consolidate.js';
import type { Io } from './io.js';
import { type OpenOptions, openWorkspaces, withOpenOptions } from './open.js';
import { choice, examples } from './options.js';
import { levelRequest } from './rule-options.js';

const lintOf = (workspace: Workspace): LintResult =>
  gathered(lint(workspace, { rules, levels: levelsFor(workspace.settings, levelRequest([], [])) }), rules);

/** What reports on a plan are made of: the files linted as they are, and as the plan leaves them. */
export const inputOf = (consolidation: Consolidation): ConsolidationInput =>
  consolidationInput(consolidation, lintOf(consolidation.analysis.workspace), lintOf(consolidation.proof.after));

/** The analysis of one folder. */
export const inputFor = (workspace: Workspace): ConsolidationInput => inputOf(consolidate(workspace));

const FORMATS = ['markdown', 'json', 'html'] as const;
type Format = (typeof FORMATS)[number];

const RENDERERS: Readonly<Record<Format, (inputs: readonly ConsolidationInput[]) => string | Promise<string>>> = {
  markdown: (inputs) => inputs.map(consolidationMarkdown).join('\n'),
  json: (inputs) => consolidationJson(inputs, FOG_LINT_VERSION),
  // Pages are loaded only for those who want one: Graphviz draws their graphs.
  html: async (inputs) => {
    const { consolidationPage } = await import('../report/html/consolidation-page.js');
    return consolidationPage(
      inputs,
      rules.map(({ meta }) => meta),
      FOG_LINT_VERSION,
    );
  },
};

type ReportOptions = OpenOptions & { readonly format: Format; readonly output?: string };

/** `fog-lint report`: the consolidation analysis. */
export const reportCommand = (io: Io, commands: readonly string[]): Command =>
  withOpenOptions(new Command('fog-lint report'))
    .description('Print the consolidation analysis of a set of Compose files')
    .option('-f, --format <name>', FORMATS.join(', '), choice(FORMATS), 'markdown')
    .option('-o, --output <file>', 'write the report to a file')
    .addHelpText(
      'after',
      examples(
        'report',
        'report --output report.md',
        'report --format html --output report.html',
        'report docker-compose.yml docker-compose.dev.yml',
      ),
    )
    .action(async (paths: readonly string[], options: ReportOptions) => {
      const workspaces = openWorkspaces(paths, options, commands, io);
      const inputs = workspaces.map(inputFor);
      warnOfNames(
        inputs.map(({ consolidation }) => consolidation),
        io,
      );
      const text = inertText(await RENDERERS[options.format](inputs));
      if (options.output === undefined) io.write(text);
      else io.writeFile(options.output, text);
    });
