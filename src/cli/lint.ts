import { Command } from 'commander';
import { rules } from '../../rules/index.js';
import { gathered } from '../lint/gather.js';
import { levelsFor } from '../lint/levels.js';
import { type LintResult, lintAll } from '../lint/run.js';
import { tallied } from '../report/counts.js';
import type { FileSystem } from '../source/filesystem.js';
import { STANDARD_INPUT } from '../workspace/command-line.js';
import { newMemory } from '../workspace/memory.js';
import { RunError } from '../workspace/run-error.js';
import { LEVELS } from '../workspace/settings-schema.js';
import { unmatchedNames } from '../workspace/unmatched-names.js';
import type { Workspace } from '../workspace/workspace.js';
import { type BaselineOptions, withBaseline } from './baseline.js';
import { COLOUR_MODES, type ColourMode, useColour } from './colour.js';
import { type FailOptions, isBlocking, withFailOptions } from './fail-on.js';
import { faultText } from './fault-line.js';
import { type FixOptions, wantsFixes } from './fix-options.js';
import { EXIT, type Io } from './io.js';
import { useLinks } from './links.js';
import { type OpenOptions, openWorkspaces, withOpenOptions } from './open.js';
import { choice, examples } from './options.js';
import { progressFrom } from './progress.js';
import { FORMATS, renderReport } from './render.js';
import { reportsOf, type Wanted, wanted } from './report-files.js';
import { levelRequest, ruleIds, ruleLevels } from './rule-options.js';
import { shardOf } from './shard.js';
import { stopwatch } from './stats.js';

type LintOptions = OpenOptions &
  BaselineOptions &
  FixOptions &
  FailOptions & {
    readonly format: readonly Wanted[];
    readonly output?: string;
    readonly color: ColourMode;
    readonly rule: readonly string[];
    readonly only: readonly string[];
    readonly cache?: true;
    readonly cacheLocation?: string;
    readonly quiet?: true;
    readonly stats?: true;
  };

const onlyErrors = (result: LintResult): LintResult => ({
  ...result,
  findings: result.findings.filter(({ severity }) => severity === 'error'),
  suppressed: result.suppressed.filter(({ finding }) => finding.severity === 'error'),
});

type Rendered = Wanted & { readonly text: string };

const renderAll = async (
  results: readonly LintResult[],
  reports: readonly Wanted[],
  { color, shard }: Pick<LintOptions, 'color' | 'shard'>,
  io: Io,
): Promise<readonly Rendered[]> => {
  const rendered: Rendered[] = [];
  for (const { format, file } of reports) {
    const colour = file === undefined ? useColour(color, io) : color === 'always';
    const links = file === undefined && format === 'pretty' && useLinks(io);
    rendered.push({ format, file, text: await renderReport(results, format, { colour, links, shard }, io) });
  }
  return rendered;
};

/** The workspaces, once it is told what their settings name and they do not have. */
const warnedOf = (workspaces: readonly Workspace[], io: Io): readonly Workspace[] => {
  const unmatched = unmatchedNames(workspaces);
  if (unmatched.length > 0) io.warn(...unmatched.map((fault) => faultText(fault, io.cwd)));
  return workspaces;
};

/** One run of the linter. */
const lintRun = async (
  paths: readonly string[],
  options: LintOptions,
  commands: readonly string[],
  io: Io,
): Promise<void> => {
  const request = levelRequest(options.only, options.rule);
  const clock = options.stats ? io.clock : undefined;
  const watch = stopwatch(clock);
  const progress = progressFrom(io);
  const reports = reportsOf(options.format, options.output, io.cwd);
  if (options.diff && options.format.some(({ file }) => file !== undefined))
    throw new RunError('bad-usage', { message: '--diff prints a patch: it goes without a report in a file' });
  const print = (text: string, file: string | undefined, isPainted = false): void =>
    file === undefined ? io.write(text, isPainted) : io.writeFile(file, text);
  const lintOn = (workspaces: readonly Workspace[], warn: Io['warn']): readonly LintResult[] => {
    const tasks = workspaces.map((workspace) => ({ workspace, levels: levelsFor(workspace.settings, request) }));
    const found = watch.linting(() =>
      lintAll(tasks, {
        rules,
        ...(clock ? { clock } : {}),
        onTask: (number, of) => progress.step(`Linting folder ${number} of ${of}`),
      }),
    );
    progress.end();
    return withBaseline(found, tasks, rules, options, { ...io, warn });
  };
  const onFolder = (number: number, of: number): void => progress.step(`Reading folder ${number} of ${of}`);
  const isFixing = wantsFixes(paths, options, options.updateBaseline ?? false);
  // Fixes are tried on the same files again and again.
  const opening = { ...options, ...(isFixing ? { memory: newMemory() } : {}) };
  const open = (fs: FileSystem, examples: boolean): readonly Workspace[] =>
    watch.opening(() => openWorkspaces(paths, { ...opening, examples, onFolder }, commands, { ...io, fs }));
  const results = isFixing
    ? // Fixes and plans are loaded only for those who want them.
      (await import('./fix.js')).fixFindings(
        { open, lint: (workspaces) => lintOn(workspaces, () => undefined) },
        // Whoever asks for some rules only does not want the whole set put in order.
        { ...options, consolidates: options.only.length === 0 && options.rule.length === 0 },
        io,
        (patch) => print(patch, options.output),
      )
    : lintOn(warnedOf(open(io.fs, true), io), io.warn);
  if (clock) io.warn(...watch.lines());
  if (!results) return;
  const told = results.map((result) => gathered(result, rules));
  const shown = options.quiet ? told.map(onlyErrors) : told;
  const texts = await renderAll(shown, reports, options, io);
  const tally = tallied(told.flatMap(({ findings }) => findings.map(({ severity }) => severity)));
  if (io.exitCode !== EXIT.failed) io.exitCode = isBlocking(tally, options) ? EXIT.findings : EXIT.clean;
  for (const { format, file, text } of texts) print(text, file, format === 'pretty');
};

/** Whether a run can be remembered: it only reads, no program has a say in it, and nobody wants to know how long it takes. */
const isRepeatable = (paths: readonly string[], options: LintOptions): boolean =>
  !(options.fix || options.diff || options.updateBaseline || options.stats || paths.includes(STANDARD_INPUT)) &&
  options.format.every(({ format }) => format !== 'github');

/** `fog-lint`: reports on the Compose files under the given paths. */
export const lintCommand = (io: Io, commands: readonly string[]): Command =>
  withFailOptions(
    withOpenOptions(new Command('fog-lint'))
      .description(`Check sets of Docker Compose files. Other commands: ${commands.join(', ')}.`)
      .version(FOG_LINT_VERSION)
      .option(
        '-f, --format <name[=file]>',
        `report format: ${FORMATS.join(', ')} (default: pretty); with a file, it is written there (repeatable)`,
        wanted,
        [],
      )
      .option('-o, --output <file>', 'write the report that names no file to this one')
      .option('--rule <id=level>', `level of a rule: ${LEVELS.join(', ')} (repeatable)`, ruleLevels, [])
      .option('--only <id>', 'run only this rule (repeatable)', ruleIds, []),
  )
    .option(
      '--shard <part/parts>',
      'lint only this part of the folders, for example 1/8; `fog-lint merge` joins the reports',
      shardOf,
    )
    .option('--baseline <file>', 'report only what this file does not accept')
    .option('--update-baseline', 'write that file anew: it accepts what is found now')
    .option('--fix', 'apply safe fixes: those that leave every stack as it is')
    .option('--unsafe-fixes', 'with --fix or --diff: those that change what runs, too')
    .option('--diff', 'print the patch that --fix would apply, for `git apply`, and exit with 1 if there is one')
    .option('--cache', 'remember the run, and repeat its answer while all that it depends on is the same')
    .option('--cache-location <folder>', 'where to; not in the project, which others may write')
    .option('--quiet', 'report errors only')
    .option('--allow-no-files', 'folders and patterns may lead to nothing: exit with 0 where there is nothing to lint')
    .option('--stats', 'tell on standard error how long every rule took')
    .option('--color <when>', `colour: ${COLOUR_MODES.join(', ')}`, choice(COLOUR_MODES), 'auto')
    .addHelpText(
      'after',
      examples(
        '',
        'docker-compose.yml docker-compose.dev.yml',
        '--fix',
        '--only port-collision --format json',
        '-r --shard 1/8 --format json=part-1.json',
        '--stack dev=docker-compose.yml,docker-compose.dev.yml --format sarif=out.sarif',
      ),
    )
    .action(async (paths: readonly string[], options: LintOptions) => {
      if (!options.cache || !isRepeatable(paths, options)) return lintRun(paths, options, commands, io);
      const { remembered } = await import('./cache.js');
      const { cacheLocation, ...request } = options;
      return remembered([paths, request], cacheLocation, io, (narrowed) => lintRun(paths, options, commands, narrowed));
    });
