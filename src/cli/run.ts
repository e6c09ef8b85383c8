import { type Command, CommanderError } from 'commander';
import { withoutEnd } from '../source/ends.js';
import { RunError } from '../workspace/run-error.js';
import { failureText } from './failure-text.js';
import { faultText } from './fault-line.js';
import { EXIT, type Io } from './io.js';
import { nodeIo } from './node-io.js';

/** A command of fog-lint; its module is loaded only when it is asked for. */
export type Loader = (io: Io) => Promise<Command>;

/** Runs fog-lint with arguments, in the process or in whatever surroundings are given. Never throws. */
export type Main = (args: readonly string[], io?: Io) => Promise<void>;

const linesOf = (text: string): readonly string[] => withoutEnd(text, '\n').split('\n');

const run = async (commands: Readonly<Record<string, Loader>>, otherwise: Loader, args: readonly string[], io: Io) => {
  const [first] = args;
  const named = first !== undefined && Object.hasOwn(commands, first) ? commands[first] : undefined;
  const command = await (named ?? otherwise)(io);
  command.exitOverride().configureOutput({ writeOut: io.write, writeErr: (text) => io.warn(...linesOf(text)) });
  await command.parseAsync(named ? args.slice(1) : [...args], { from: 'user' });
};

/** What runs the command that the first argument names, or another one where it names none. */
export const mainOf =
  (commands: Readonly<Record<string, Loader>>, otherwise: Loader): Main =>
  async (args, io = nodeIo()) => {
    try {
      await run(commands, otherwise, args, io);
    } catch (error) {
      if (error instanceof CommanderError) io.exitCode = error.exitCode === 0 ? EXIT.clean : EXIT.failed;
      else if (error instanceof RunError) {
        io.warn(`fog-lint: ${error.message}`, ...(error.hint === undefined ? [] : [error.hint]));
        io.warn(...error.faults.map((fault) => faultText(fault, io.cwd)));
        io.exitCode = EXIT.failed;
      } else {
        io.warn(...linesOf(failureText(error)));
        io.exitCode = EXIT.fault;
      }
    }
  };
