import { Command, Option } from 'commander';
import { rules } from '../../rules/index.js';
import type { SessionInput } from '../editor/session.js';
import { levelsFor } from '../lint/levels.js';
import { lintAll } from '../lint/run.js';
import { absolute } from '../source/path.js';
import { withBaseline } from './baseline.js';
import type { Io } from './io.js';
import { serve } from './language-server.js';
import { openWorkspaces } from './open.js';
import { collect, examples } from './options.js';
import { levelRequest, ruleIds, ruleLevels } from './rule-options.js';

type LspOptions = {
  readonly config?: string | false;
  readonly profile: readonly string[];
  readonly envFile: readonly string[];
  readonly rule: readonly string[];
  readonly only: readonly string[];
  readonly baseline?: string;
};

/** `fog-lint lsp`: a language server on standard input and output, for as long as the editor wants it. */
export const lspCommand = (io: Io): Command =>
  new Command('fog-lint lsp')
    .description('Serve an editor over the Language Server Protocol, on standard input and output')
    .option('-c, --config <file>', 'settings file instead of the nearest fog-lint.yaml')
    .option('--no-config', 'use no settings file')
    .option('--profile <name>', 'profile to activate (repeatable)', collect, [])
    .option('--env-file <file>', 'env file instead of .env (repeatable)', collect, [])
    .option('--rule <id=level>', 'level of a rule (repeatable)', ruleLevels, [])
    .option('--only <id>', 'run only this rule (repeatable)', ruleIds, [])
    .option('--baseline <file>', 'say only what this file does not accept')
    // Editors name the way they speak and themselves, whether there is another way or not.
    .addOption(new Option('--stdio').hideHelp())
    .addOption(new Option('--clientProcessId <id>').hideHelp())
    .addHelpText('after', examples('lsp', 'lsp --baseline fog-lint-baseline.json', 'lsp --config ci/fog-lint.yaml'))
    .action(async (given: LspOptions) => {
      const fromHere = (path: string): string => absolute(io.cwd, path);
      const options = {
        stack: [],
        profile: given.profile,
        envFile: given.envFile.map(fromHere),
        ...(given.config === undefined ? {} : { config: given.config && fromHere(given.config) }),
      };
      const baseline = given.baseline === undefined ? {} : { baseline: fromHere(given.baseline) };
      const request = levelRequest(given.only, given.rule);
      const [protocol, { TextDocument: textDocument }] = await Promise.all([
        import('vscode-languageserver/node'),
        import('vscode-languageserver-textdocument'),
      ]);
      const session = {
        open: (paths, isWithExamples, around) =>
          openWorkspaces(paths, { ...options, examples: isWithExamples }, [], { ...io, ...around }),
        lint: (workspaces, fs, cwd) => {
          const tasks = workspaces.map((workspace) => ({ workspace, levels: levelsFor(workspace.settings, request) }));
          // What a baseline accepts without need is told by a run, not by an editor.
          const quiet = { ...io, fs, cwd, warn: () => undefined };
          return withBaseline(lintAll(tasks, { rules }), tasks, rules, baseline, quiet);
        },
      } satisfies Pick<SessionInput, 'open' | 'lint'>;
      await serve(io, session, { protocol, textDocument });
    });
