import { Command } from 'commander';
import { type Consolidation, consolidate } from '../consolidate/consolidate.js';
import type { Plan } from '../consolidate/plan.js';
import { unknownNames } from '../consolidate/unknown-names.js';
import { type PatchedFiles, patchOf } from '../fix/patch.js';
import { inertText } from '../model/message.js';
import { doubtText, maskFor, planMarkdown } from '../report/consolidation-plan.js';
import { planJson } from '../report/consolidation-plan-json.js';
import { encode } from '../source/encoding.js';
import { absolute, basename, relative } from '../source/path.js';
import { RunError } from '../workspace/run-error.js';
import { verifyWithDocker } from './docker.js';
import { faultText } from './fault-line.js';
import { EXIT, type Io } from './io.js';
import { type OpenOptions, openWorkspaces, withOpenOptions } from './open.js';
import { choice, examples } from './options.js';
import { writePlan, writeTo } from './write-plan.js';

const FORMATS = ['markdown', 'json', 'html'] as const;
type Format = (typeof FORMATS)[number];

const RENDERERS: Readonly<Record<Format, (consolidations: readonly Consolidation[]) => string | Promise<string>>> = {
  markdown: (consolidations) => consolidations.map(planMarkdown).join('\n'),
  json: (consolidations) => planJson(consolidations, FOG_LINT_VERSION),
  // A page draws where services live, which takes Graphviz, and the analysis of the files afterwards.
  html: async (consolidations) => {
    const [{ planPage }, { inputOf }] = await Promise.all([
      import('../report/html/consolidation-page.js'),
      import('./report.js'),
    ]);
    return planPage(consolidations.map(inputOf), FOG_LINT_VERSION);
  },
};

type ConsolidateOptions = OpenOptions & {
  readonly format: Format;
  readonly diff?: true;
  readonly write?: true;
  readonly out?: string;
  readonly verifyWithDocker?: true;
};

/** Files that a plan changes, as bytes. */
export const bytesOf = ({ changes }: Plan): PatchedFiles =>
  new Map([...changes].map(([path, source]) => [path, source && encode(source.text, source.encoding)]));

/** Stops a plan that would take the place of files that it knows nothing of. */
const refuseOverwrite = ({ plan, analysis }: Consolidation, { fs }: Io): void => {
  const taken = plan.created.filter((path) => fs.kind(path) !== undefined);
  if (taken.length === 0) return;
  throw new RunError('would-overwrite', {
    message: `${taken.map((path) => relative(analysis.workspace.directory, path)).join(', ')}: there already, and not part of the set`,
    hint: 'Name the file, too, or move it away.',
  });
};

/** Tells names in the settings that nothing has, and decisions that nothing follows, each in a line. */
export const warnOfNames = (consolidations: readonly Consolidation[], io: Io): void =>
  io.warn(...unknownNames(consolidations).map((fault) => faultText(fault, io.cwd)));

const warnUnproven = (consolidation: Consolidation, io: Io): void => {
  const show = maskFor(consolidation);
  io.warn(
    `fog-lint: the plan for ${basename(consolidation.analysis.workspace.directory)} is not proven; nothing is written`,
  );
  for (const doubt of consolidation.proof.doubts) io.warn(`  ${doubtText(doubt, show)}`);
  io.exitCode = EXIT.failed;
};

const printPatch = (consolidation: Consolidation, io: Io): void => {
  const { text, directory, omitted } = patchOf(bytesOf(consolidation.plan), io.fs, io.cwd);
  for (const path of omitted) io.warn(`${relative(io.cwd, path)} is in UTF-16 and not part of the patch.`);
  if (text !== '' && directory !== io.cwd) io.warn(`The names in this patch start from ${directory}.`);
  if (consolidation.plan.proofEnv) io.warn('The patch holds credentials: keep it to yourself.');
  io.write(text);
};

const handle = (consolidation: Consolidation, options: ConsolidateOptions, io: Io): void => {
  if (consolidation.verdict === 'unproven') {
    warnUnproven(consolidation, io);
    return;
  }
  if (options.verifyWithDocker && !verifyWithDocker(consolidation, io)) {
    io.exitCode = EXIT.failed;
    return;
  }
  if (options.diff) printPatch(consolidation, io);
  if (options.out !== undefined) writeTo(consolidation, absolute(io.cwd, options.out), io);
  if (!options.write || consolidation.verdict === 'empty') return;
  refuseOverwrite(consolidation, io);
  writePlan(consolidation, io);
};

/** `fog-lint consolidate`: the plan toward the layout, its proof, and the files that come of it. */
export const consolidateCommand = (io: Io, commands: readonly string[]): Command =>
  withOpenOptions(new Command('fog-lint consolidate'))
    .description('Plan how overlapping Compose files become one layout, prove it on every stack, and write it')
    .option('--format <name>', FORMATS.join(', '), choice(FORMATS), 'markdown')
    .option('--diff', 'print one patch for `git apply` instead of the plan')
    .option('--write', 'write the files, with a backup of each one that is replaced')
    .option('--out <folder>', 'write the files there and leave the old ones alone')
    .option('--verify-with-docker', 'repeat the proof with the docker compose on the PATH')
    .addHelpText(
      'after',
      examples(
        'consolidate',
        'consolidate --diff',
        'consolidate --format html > plan.html',
        'consolidate --out layout',
      ),
    )
    .action(async (paths: readonly string[], options: ConsolidateOptions) => {
      const workspaces = openWorkspaces(paths, options, commands, io);
      const consolidations = workspaces.map((workspace) => consolidate(workspace));
      warnOfNames(consolidations, io);
      if (!options.diff) io.write(inertText(await RENDERERS[options.format](consolidations)));
      for (const consolidation of consolidations) handle(consolidation, options, io);
    });
