import { type Command, CommanderError } from 'commander';
import { RunError } from '../workspace/run-error.js';
import { faultText } from './fault-line.js';
import { EXIT, type Io } from './io.js';
import { nodeIo } from './node-io.js';

/** A command of fog-lint by name; its module is loaded only when it is asked for. */
type Loader = (io: Io) => Promise<Command>;

const COMMANDS: Readonly<Record<string, Loader>> = {
  config: async (io) => (await import('./config.js')).configCommand(io),
  explain: async (io) => (await import('./explain.js')).explainCommand(io),
  rules: async (io) => (await import('./rules.js')).rulesCommand(io),
  init: async (io) => (await import('./init.js')).initCommand(io),
  report: async (io) => (await import('./report.js')).reportCommand(io, Object.keys(COMMANDS)),
  consolidate: async (io) => (await import('./consolidate.js')).consolidateCommand(io, Object.keys(COMMANDS)),
};

const lintLoader: Loader = async (io) => (await import('./lint.js')).lintCommand(io, Object.keys(COMMANDS));

/** How a fault of fog-lint itself is reported, so that it can be mended. */
const failureText = (error: unknown): string => {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `fog-lint has failed. This is a fault of fog-lint, not of your files.
Please report it, with the command you ran and the text below, after taking out what is private.

fog-lint ${FOG_LINT_VERSION}, Node.js ${process.version}, ${process.platform}
${detail}
`;
};

const run = async (args: readonly string[], io: Io): Promise<void> => {
  const [first] = args;
  const load = (first !== undefined && Object.hasOwn(COMMANDS, first) && COMMANDS[first]) || lintLoader;
  const command = await load(io);
  command.exitOverride().configureOutput({ writeOut: io.write, writeErr: io.warn });
  await command.parseAsync(load === lintLoader ? [...args] : args.slice(1), { from: 'user' });
};

/** Runs fog-lint with arguments, in the process or in whatever surroundings are given. Never throws. */
export const main = async (args: readonly string[], io: Io = nodeIo()): Promise<void> => {
  try {
    await run(args, io);
  } catch (error) {
    if (error instanceof CommanderError) io.exitCode = error.exitCode === 0 ? EXIT.clean : EXIT.failed;
    else if (error instanceof RunError) {
      io.warn(`fog-lint: ${error.message}\n${error.hint === undefined ? '' : `${error.hint}\n`}`);
      io.warn(error.faults.map((fault) => `${faultText(fault, io.cwd)}\n`).join(''));
      io.exitCode = EXIT.failed;
    } else {
      io.warn(failureText(error));
      io.exitCode = EXIT.fault;
    }
  }
};
