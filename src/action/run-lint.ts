import type { Io } from '../cli/io.js';
import { lintCommand } from '../cli/lint.js';
import { nodeIo } from '../cli/node-io.js';
import { mainOf } from '../cli/run.js';
import { warnTo } from '../cli/said.js';
import type { Inputs } from './inputs.js';

/** Names of the reports that are kept, not written: no file that a user could name. */
const KEPT = { github: ':annotations', markdown: ':summary', json: ':counts', sarif: ':sarif' } as const;

/** What a run of fog-lint leaves behind. */
export type Run = {
  readonly exitCode: number;
  /** What it prints: the report for the log, or a patch. */
  readonly out: string;
  /** What it tells on the side: why it could not run. */
  readonly err: string;
  /** The other reports, by format; absent when it could not run. */
  readonly reports: ReadonlyMap<string, string>;
};

const lint = mainOf({}, async (io) => lintCommand(io, []));

/** Runs the linter in this process; the disk is only read. */
const runWith = async (args: readonly string[], cwd: string): Promise<Run> => {
  let [out, err] = ['', ''];
  const written = new Map<string, string>();
  const process = nodeIo();
  const refuse = (): never => {
    throw new Error('the Action changes no file of the project');
  };
  const io: Io = {
    fs: process.fs,
    cwd,
    env: process.env,
    isTerminal: false,
    write: (text) => {
      out += text;
    },
    warn: warnTo((text) => {
      err += text;
    }),
    readInput: refuse,
    writeFile: (name, text) => {
      written.set(name, text);
    },
    replaceFiles: refuse,
    removeFile: refuse,
    ...(process.git ? { git: process.git } : {}),
    exitCode: 0,
  };
  await lint(args, io);
  const reports = Object.entries(KEPT).flatMap(([format, name]) => {
    const text = written.get(name);
    return text === undefined ? [] : [[format, text] as const];
  });
  return { exitCode: io.exitCode, out, err, reports: new Map(reports) };
};

/** Options that say what is linted. Inputs are values of options or stand behind `--`: none can be taken for an option. */
const subject = ({
  files,
  config,
  allowNoFiles,
}: Inputs): { readonly options: string[]; readonly paths: string[] } => ({
  options: [
    '--recursive',
    ...(config === undefined ? [] : [`--config=${config}`]),
    ...(allowNoFiles ? ['--allow-no-files'] : []),
  ],
  paths: ['--', ...files],
});

/** Lints, and makes every report that the Action needs in one go. */
export const runLint = (inputs: Inputs, cwd: string): Promise<Run> => {
  const { options, paths } = subject(inputs);
  const kept = Object.entries(KEPT).map(([format, name]) => `--format=${format}=${name}`);
  const colour = `--color=${inputs.format === 'pretty' ? 'always' : 'never'}`;
  return runWith(
    [`--fail-on=${inputs.failOn}`, `--format=${inputs.format}`, ...kept, colour, ...options, ...paths],
    cwd,
  );
};

/** The patch that the safe fixes make, as `--diff` prints it. */
export const runDiff = (inputs: Inputs, cwd: string): Promise<Run> => {
  const { options, paths } = subject(inputs);
  return runWith(['--diff', ...options, ...paths], cwd);
};
