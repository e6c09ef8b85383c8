import type { Command } from 'commander';
import type { Io } from './io.js';
import { type Loader, mainOf } from './run.js';

const COMMANDS: Readonly<Record<string, Loader>> = {
  config: async (io) => (await import('./config.js')).configCommand(io),
  explain: async (io) => (await import('./explain.js')).explainCommand(io),
  rules: async (io) => (await import('./rules.js')).rulesCommand(io),
  init: async (io) => (await import('./init.js')).initCommand(io),
  report: async (io) => (await import('./report.js')).reportCommand(io, Object.keys(COMMANDS)),
  merge: async (io) => (await import('./merge.js')).mergeCommand(io),
  completions: async (io) => (await import('./completions.js')).completionsCommand(io, () => allCommands(io)),
  lsp: async (io) => (await import('./lsp.js')).lspCommand(io),
  consolidate: async (io) => (await import('./consolidate.js')).consolidateCommand(io, Object.keys(COMMANDS)),
};

const lintLoader: Loader = async (io) => (await import('./lint.js')).lintCommand(io, Object.keys(COMMANDS));

/** All commands, the linter first. */
export const allCommands = (io: Io): Promise<readonly Command[]> =>
  Promise.all([lintLoader, ...Object.values(COMMANDS)].map((load) => load(io)));

/** Runs any command of fog-lint, or the linter where the first argument names none. */
export const main = mainOf(COMMANDS, lintLoader);
