import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../cli/io.js';
import { counted } from '../report/counts.js';
import { workflowCommand } from '../report/workflow-command.js';
import { InputError, type Inputs, readInputs } from './inputs.js';
import { type Run, runDiff, runLint } from './run-lint.js';
import { addSummary, insideWorkspace, setOutputs, writeInWorkspace } from './runner-files.js';

/** Characters of a patch that are handed on as an output: the runner passes outputs on in its memory. */
const MOST_OF_PATCH = 256 * 1024;

const print = (text: string): void => {
  process.stdout.write(text.endsWith('\n') || text === '' ? text : `${text}\n`);
};

/** Text for the log that quotes files: until a word that they cannot know, the runner takes nothing in it for a command. */
const printQuoted = (text: string): void => {
  if (text === '') return;
  const token = randomUUID();
  print(workflowCommand('stop-commands', {}, token));
  print(text);
  print(workflowCommand(token, {}, ''));
};

const fail = (message: string): void => {
  print(workflowCommand('error', { title: 'fog-lint' }, message));
  process.exitCode = 1;
};

/** The folder to lint in, and the workspace. @throws {InputError} when it is none, or lies elsewhere. */
const placesFor = ({ workingDirectory }: Inputs): { readonly cwd: string; readonly workspace: string } => {
  const workspace = process.env['GITHUB_WORKSPACE'] || process.cwd();
  const cwd = insideWorkspace(workingDirectory, workspace);
  if (cwd === undefined) throw new InputError('working-directory', `${workingDirectory} is outside of the workspace`);
  if (!statSync(cwd, { throwIfNoEntry: false })?.isDirectory())
    throw new InputError('working-directory', `${workingDirectory} is no folder`);
  return { cwd, workspace };
};

/** Where the SARIF report goes. @throws {InputError} when that is outside of the workspace. */
const sarifPath = ({ sarifFile }: Inputs, cwd: string, workspace: string): string | undefined => {
  if (sarifFile === undefined) return undefined;
  const path = insideWorkspace(join(cwd, sarifFile), workspace);
  if (path === undefined) throw new InputError('sarif-file', `${sarifFile} is outside of the workspace`);
  return path;
};

/** The outputs with numbers, from the report for programs. */
const countsIn = ({ reports }: Run): Readonly<Record<string, number>> => {
  const { summary } = JSON.parse(reports.get('json') ?? '{}') as { summary: Readonly<Record<string, number>> };
  const { errors = 0, warnings = 0, infos = 0, fixable = 0, files = 0 } = summary;
  return { errors, warnings, infos, fixable, files, problems: errors + warnings + infos };
};

/** Makes the patch of the safe fixes an output, and a file beside the workspace. */
const offerPatch = async (inputs: Inputs, cwd: string): Promise<void> => {
  const { out, err } = await runDiff(inputs, cwd);
  printQuoted(err);
  const folder = process.env['RUNNER_TEMP'];
  const path = folder ? join(folder, 'fog-lint.patch') : '';
  if (path !== '') writeInWorkspace(path, out);
  const isShort = out.length <= MOST_OF_PATCH;
  if (!isShort) print(`The patch has ${counted(out.length, 'character')}, too many for an output: it is in ${path}.\n`);
  setOutputs({ patch: isShort ? out : '', 'patch-file': path }, process.env);
};

const act = async (): Promise<void> => {
  const inputs = readInputs(process.env);
  const { cwd, workspace } = placesFor(inputs);
  const sarif = sarifPath(inputs, cwd, workspace);
  const run = await runLint(inputs, cwd);
  printQuoted(run.err);
  const annotations = run.reports.get('github');
  if (annotations === undefined) {
    fail(run.err.trim() === '' ? 'fog-lint could not run.' : run.err.trim());
    return;
  }
  if (inputs.format !== 'github') printQuoted(run.out);
  print(annotations);
  addSummary(run.reports.get('markdown') ?? '', process.env);
  if (sarif !== undefined) writeInWorkspace(sarif, run.reports.get('sarif') ?? '');
  setOutputs({ ...countsIn(run), 'sarif-file': sarif ?? '' }, process.env);
  if (inputs.fixDiff) await offerPatch(inputs, cwd);
  if (run.exitCode !== EXIT.clean) process.exitCode = 1;
};

/** The Action: reads its inputs, lints, annotates, sums up. It fails as the linter does, and changes no file of the project. */
export const run = async (): Promise<void> => {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    fail(error.message);
  }
};
