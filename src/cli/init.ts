import { Command } from 'commander';
import { shownPath } from '../report/place.js';
import type { FileSystem } from '../source/filesystem.js';
import { absolute, dirname, join, relative } from '../source/path.js';
import { projectRoot } from '../workspace/project-root.js';
import { RunError } from '../workspace/run-error.js';
import { SETTINGS_FILES } from '../workspace/settings.js';
import { settingsText } from '../workspace/settings-text.js';
import { OFFERS, type Offer } from './init-files.js';
import type { Io } from './io.js';
import { openWorkspaces } from './open.js';
import { examples } from './options.js';

type InitOptions = { readonly hook?: boolean; readonly workflow?: boolean };

/** Where an installed fog-lint keeps the schema of its settings, for editors. */
const SCHEMA = 'node_modules/fog-lint/dist/schema.json';

/** The schema as it is reached from a folder, where fog-lint is installed in the project. */
const schemaFor = (fs: FileSystem, folder: string, root: string): string | undefined => {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, SCHEMA);
    if (fs.kind(path) === 'file') {
      const address = relative(folder, path);
      return address.startsWith('.') ? address : `./${address}`;
    }
    if (at === root || at === '/') return undefined;
  }
};

/** Whether something is wanted: as the option says, else as is answered at the terminal; nothing where nobody is asked. */
const isWanted = (option: boolean | undefined, question: string, { ask }: Io): boolean => {
  if (option !== undefined) return option;
  return ask !== undefined && /^y(?:es)?$/i.test(ask(`${question} [y/N] `));
};

/** Writes an offer's file, or shows what to add where there is one already. */
const fulfil = ({ path, text }: Offer, root: string, folder: string, io: Io): void => {
  const full = join(root, path);
  const shown = shownPath(io.cwd, full);
  const content = text(FOG_LINT_VERSION, relative(root, folder));
  if (io.fs.kind(full) === undefined) {
    io.writeFile(full, content);
    io.write(`${shown} is written.\n`);
  } else io.write(`${shown} is there already, and is left as it is. What to add to it:\n\n${content}\n`);
};

/** `fog-lint init`: writes a settings file that is fitted to the files of a folder. */
export const initCommand = (io: Io): Command =>
  new Command('fog-lint init')
    .description('Write a commented fog-lint.yaml for the Compose files of a folder')
    .argument('[folder]', 'the folder', '.')
    .option('--hook', 'write a hook for pre-commit, too')
    .option('--no-hook', 'do not ask about it')
    .option('--workflow', 'write a workflow for GitHub, too')
    .option('--no-workflow', 'do not ask about it')
    .addHelpText('after', examples('init', 'init --no-hook --workflow', 'init deploy'))
    .action((name: string, options: InitOptions) => {
      const { fs, cwd } = io;
      const folder = absolute(cwd, name);
      if (fs.kind(folder) !== 'directory') throw new RunError('no-folder', { message: `${name}: no such folder` });
      const existing = SETTINGS_FILES.find((file) => fs.kind(join(folder, file)) !== undefined);
      const { hook, workflow } = options;
      const open = { stack: [], profile: [], envFile: [], config: false } as const;
      const root = projectRoot(fs, folder, cwd);
      if (existing === undefined) {
        const path = join(folder, SETTINGS_FILES[0]);
        for (const workspace of openWorkspaces([name], open, [], io))
          io.writeFile(path, settingsText(workspace, schemaFor(fs, folder, root)));
        io.write(`${shownPath(cwd, path)} is written.\n`);
      } else if (hook || workflow)
        io.write(`${shownPath(cwd, join(folder, existing))} is there already, and is left as it is.\n`);
      else
        throw new RunError('settings-exist', {
          message: `${relative(cwd, join(folder, existing))} is there already`,
          hint: 'It is left as it is. Remove it to have it written anew.',
        });
      for (const offer of ['hook', 'workflow'] as const) {
        const { [offer]: option } = { hook, workflow };
        if (isWanted(option, OFFERS[offer].question, io)) fulfil(OFFERS[offer], root, folder, io);
      }
    });
