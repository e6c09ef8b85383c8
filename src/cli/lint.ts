import { Command } from 'commander';
import { rules } from '../../rules/index.js';
import type { Finding } from '../lint/finding.js';
import type { Rule, Severity } from '../lint/rule.js';
import { type LintResult, lint } from '../lint/run.js';
import { environmentOf } from '../model/environment.js';
import { nearest } from '../source/nearest.js';
import { absolute } from '../source/path.js';
import { stackFor } from '../workspace/command-line.js';
import { discover } from '../workspace/discover.js';
import { RunError } from '../workspace/run-error.js';
import type { StackPlan } from '../workspace/stacks.js';
import { openWorkspace } from '../workspace/workspace.js';
import { COLOUR_MODES, type ColourMode, useColour } from './colour.js';
import { EXIT, type Io } from './io.js';
import { choice, collect, wholeNumber } from './options.js';
import { cachedReader } from './read.js';
import { FORMATS, type Format, renderReport } from './render.js';

const LEVELS = ['off', 'info', 'warning', 'error'] as const;
type Level = (typeof LEVELS)[number];

const FAIL_ON = ['error', 'warning', 'info', 'never'] as const;
type FailOn = (typeof FAIL_ON)[number];

type LintOptions = {
  readonly recursive?: true;
  readonly format: Format;
  readonly output?: string;
  readonly color: ColourMode;
  readonly rule: readonly string[];
  readonly only: readonly string[];
  readonly stack: readonly string[];
  readonly failOn: FailOn;
  readonly maxWarnings?: number;
  readonly quiet?: true;
  readonly stats?: true;
  readonly profile: readonly string[];
  readonly envFile: readonly string[];
  readonly projectName?: string;
  readonly projectDirectory?: string;
  readonly stdinFilename?: string;
};

/** Variables of the process that a stack may use: what every shell has, and what docker compose is told by. */
const lintEnvironment = (env: Io['env']): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    Object.entries(env).filter(([name]) => ['HOME', 'USER', 'PWD'].includes(name) || name.startsWith('COMPOSE_')),
  );

const unknownRule = (id: string): RunError => {
  const guess = nearest(
    id,
    rules.map(({ meta }) => meta.id),
  );
  return new RunError('unknown-rule', {
    message: `no rule is called "${id}"`,
    hint: guess === undefined ? 'Run `fog-lint rules` to list all rules.' : `Did you mean "${guess}"?`,
  });
};

const knownRule = (id: string): string => {
  if (rules.some(({ meta }) => meta.id === id)) return id;
  throw unknownRule(id);
};

/** `id=level` as it is given with `--rule`. */
const ruleLevel = (text: string): readonly [string, Level] => {
  const [id = '', level = ''] = text.split('=');
  const found = LEVELS.find((known) => known === level);
  if (found !== undefined) return [knownRule(id), found];
  throw new RunError('bad-level', {
    message: `--rule ${text}: write <id>=<level>`,
    hint: `Levels are ${LEVELS.join(', ')}.`,
  });
};

const levelsFrom = (options: LintOptions): ((rule: Rule) => Severity | 'off') => {
  const given = new Map(options.rule.map(ruleLevel));
  const only = new Set(options.only.map(knownRule));
  return ({ meta }) => {
    if (only.size > 0 && !only.has(meta.id)) return 'off';
    const level = given.get(meta.id);
    if (level !== undefined) return level;
    return only.size > 0 || meta.preset === 'recommended' ? meta.severity : 'off';
  };
};

/** `name=file,file` as it is given with `--stack`. */
const declaredStack = (text: string, { fs, cwd }: Io): StackPlan => {
  const equals = text.indexOf('=');
  const files = text
    .slice(equals + 1)
    .split(',')
    .filter(Boolean)
    .map((file) => absolute(cwd, file));
  if (equals < 1 || files.length === 0)
    throw new RunError('bad-stack', { message: `--stack ${text}: write <name>=<file>,<file>` });
  const missing = files.find((file) => fs.kind(file) !== 'file');
  if (missing !== undefined)
    throw new RunError('missing-file', { message: `--stack ${text}: ${missing} does not exist` });
  return { name: text.slice(0, equals), files, isDeclared: true };
};

const reportMissing = (paths: readonly string[], commands: readonly string[], { fs, cwd }: Io): never => {
  const [path = ''] = paths;
  if (fs.kind(absolute(cwd, path)) === 'directory')
    throw new RunError('nothing-to-lint', {
      message: `${path}: no Compose file in this folder`,
      hint: 'Add -r to search below it, too.',
    });
  const guess = nearest(path, [...commands, ...fs.list(cwd)]);
  throw new RunError('missing-file', {
    message: `${path}: no such file`,
    hint: guess === undefined ? undefined : `Did you mean "${guess}"?`,
  });
};

/** Lints all workspaces that the paths lead to. */
const lintPaths = (
  paths: readonly string[],
  options: LintOptions,
  commands: readonly string[],
  io: Io,
): readonly LintResult[] => {
  const env = environmentOf(lintEnvironment(io.env));
  const { fs, cwd } = io;
  const home = io.env['HOME'];
  const compose = {
    envFiles: options.envFile,
    profiles: options.profile,
    projectName: options.projectName,
    projectDirectory: options.projectDirectory,
  };
  const { stack } =
    paths.length === 0 ? stackFor({ ...compose, files: [] }, { fs, cwd, env, home }) : { stack: undefined };
  const declared = options.stack.map((text) => declaredStack(text, io));
  const given = [...paths, ...declared.flatMap(({ files }) => files)];
  const found = discover(fs, {
    paths: paths.length === 0 ? [] : given,
    recursive: options.recursive ?? false,
    cwd,
    standard: stack?.files ?? [],
  });
  if (found.missing.length > 0) reportMissing(found.missing, commands, io);
  if (found.folders.size === 0)
    throw new RunError('nothing-to-lint', {
      message: 'no Compose file here',
      hint: 'Name files or folders, or add -r to search below.',
    });
  const read = cachedReader(fs, io.readInput, options.stdinFilename);
  const levels = levelsFrom(options);
  return [...found.folders].map(([directory, files]) =>
    lint(openWorkspace(directory, files, { ...compose, fs, read, cwd, env, home, declared }), {
      rules,
      levels,
    }),
  );
};

const RANK: Readonly<Record<Severity, number>> = { info: 1, warning: 2, error: 3 };

const isBlocking = (findings: readonly Finding[], { failOn, maxWarnings }: LintOptions): boolean => {
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  if (maxWarnings !== undefined && warnings > maxWarnings) return true;
  return failOn !== 'never' && findings.some(({ severity }) => RANK[severity] >= RANK[failOn]);
};

const onlyErrors = (result: LintResult): LintResult => ({
  ...result,
  findings: result.findings.filter(({ severity }) => severity === 'error'),
});

/** `fog-lint`: reports on the Compose files under the given paths. */
export const lintCommand = (io: Io, commands: readonly string[]): Command =>
  new Command('fog-lint')
    .description(`Check sets of Docker Compose files. Other commands: ${commands.join(', ')}.`)
    .version(FOG_LINT_VERSION)
    .argument('[paths...]', 'files, folders, patterns or - for standard input; none for the current folder')
    .option('-r, --recursive', 'search folders below, too')
    .option('-f, --format <name>', `report format: ${FORMATS.join(', ')}`, choice(FORMATS), 'pretty')
    .option('-o, --output <file>', 'write the report to a file')
    .option('--rule <id=level>', `level of a rule: ${LEVELS.join(', ')} (repeatable)`, collect, [])
    .option('--only <id>', 'run only this rule (repeatable)', collect, [])
    .option('--stack <name=files>', 'add a stack: a name and its files, separated by commas (repeatable)', collect, [])
    .option(
      '--fail-on <level>',
      `least level that makes the exit status 1: ${FAIL_ON.join(', ')}`,
      choice(FAIL_ON),
      'error',
    )
    .option('--max-warnings <number>', 'exit with 1 when there are more warnings', wholeNumber)
    .option('--quiet', 'report errors only')
    .option('--color <when>', `colour: ${COLOUR_MODES.join(', ')}`, choice(COLOUR_MODES), 'auto')
    .option('--profile <name>', 'profile to activate (repeatable)', collect, [])
    .option('--env-file <file>', 'env file instead of .env (repeatable)', collect, [])
    .option('--project-name <name>', 'project name')
    .option('--project-directory <folder>', 'folder that relative paths start from')
    .option('--stdin-filename <name>', 'name of what is read from standard input')
    .action((paths: readonly string[], options: LintOptions) => {
      const results = lintPaths(paths, options, commands, io);
      const shown = options.quiet ? results.map(onlyErrors) : results;
      const text = renderReport(shown, options.format, useColour(options.color, io), io.cwd);
      if (options.output === undefined) io.write(text);
      else io.writeFile(options.output, text);
      io.exitCode = results.some(({ findings }) => isBlocking(findings, options)) ? EXIT.findings : EXIT.clean;
    });
