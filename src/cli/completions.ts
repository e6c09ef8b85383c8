import { Command } from 'commander';
import type { Io } from './io.js';
import { choice, examples } from './options.js';
import { bashCompletion } from './shell/bash.js';
import { type ShellCommand, shellCommand } from './shell/commands.js';
import { fishCompletion } from './shell/fish.js';
import { zshCompletion } from './shell/zsh.js';

const SCRIPTS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const satisfies Record<
  string,
  (commands: readonly ShellCommand[]) => string
>;
type Shell = keyof typeof SCRIPTS;
const SHELLS = Object.keys(SCRIPTS) as readonly Shell[];

/**
 * `fog-lint completions`: a script that lets a shell complete the command line.
 * @param all Loads all commands, which the script is made of.
 */
export const completionsCommand = (io: Io, all: () => Promise<readonly Command[]>): Command =>
  new Command('fog-lint completions')
    .description('Print a script with which a shell completes command lines of fog-lint')
    .argument('<shell>', SHELLS.join(', '), choice(SHELLS))
    .addHelpText('after', examples('completions bash', 'completions zsh', 'completions fish'))
    .action(async (shell: Shell) => {
      io.write(SCRIPTS[shell]((await all()).map(shellCommand)));
    });
