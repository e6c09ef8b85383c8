import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Ended, runProgram } from '../program.js';

/** The bundle that `action.yml` runs. */
export const BUNDLE = join(import.meta.dirname, '..', '..', 'action', 'index.cjs');

const folders: string[] = [];

/** Removes what all steps have left. */
export const removeSteps = (): void => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
};

/** A run of the Action, and what it left in the files that the runner reads. */
export type Step = Ended & {
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly workspace: string;
  /** Lines of the log that the runner takes for commands. */
  readonly commands: readonly string[];
};

/** The text of a file, empty where there is none. */
export const read = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');

/** Reads the file of outputs as the runner does. */
const outputsIn = (text: string): Readonly<Record<string, string>> => {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  for (let i = 0; i < lines.length - 1; i += 1) {
    const [name = '', end = ''] = (lines[i] ?? '').split('<<');
    const from = i + 1;
    i = lines.indexOf(end, from);
    outputs[name] = lines.slice(from, i).join('\n');
  }
  return outputs;
};

/** Lines that are commands to the runner, without those in a part of the log that it does not look at. */
const commandsIn = (log: string): readonly string[] => {
  const commands: string[] = [];
  let token: string | undefined;
  for (const line of log.split(/\r?\n/)) {
    if (token !== undefined) {
      if (line === `::${token}::`) token = undefined;
    } else if (line.startsWith('::stop-commands::')) token = line.slice('::stop-commands::'.length);
    else if (line.startsWith('::')) commands.push(line);
  }
  return commands;
};

/** What a step is given beside files: inputs, and what is done in the workspace before; that can give variables. */
type Given = {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly prepare?: (workspace: string) => Readonly<Record<string, string>>;
  /** The Node that runs it. */
  readonly node?: string;
};

/** Runs the Action as the runner does, on a workspace with the given files. */
export const step = (files: Readonly<Record<string, string>>, given: Given = {}): Step => {
  const { inputs = {}, prepare = () => ({}), node = process.execPath } = given;
  const folder = mkdtempSync(join(tmpdir(), 'fog-lint-action-'));
  folders.push(folder);
  const workspace = join(folder, 'work');
  for (const name of ['work', 'temp']) mkdirSync(join(folder, name));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, name)), { recursive: true });
    writeFileSync(join(workspace, name), text);
  }
  const [output, summary] = [join(folder, 'output'), join(folder, 'summary')];
  const env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: workspace,
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    RUNNER_TEMP: join(folder, 'temp'),
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    ...prepare(workspace),
  };
  const ended = runProgram(node, [BUNDLE], { cwd: workspace, env });
  const commands = commandsIn(ended.out);
  return { ...ended, outputs: outputsIn(read(output)), summary: read(summary), workspace, commands };
};
