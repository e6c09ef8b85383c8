import type { Argument, Command, Option } from 'commander';
import type { Knowing } from '../options.js';

/** What can stand in a place of a command line: one of some words, a file, a folder, or any text. */
export type Filling =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'file' | 'folder' | 'text' };

export type ShellOption = {
  /** `-f`, `--format`, as far as it has both. */
  readonly names: readonly string[];
  readonly description: string;
  /** What its value is called; undefined for one that has none. */
  readonly value: { readonly name: string; readonly filling: Filling } | undefined;
  readonly isRepeatable: boolean;
};

export type ShellArgument = {
  readonly name: string;
  readonly description: string;
  readonly isRequired: boolean;
  readonly isRepeatable: boolean;
  readonly filling: Filling;
};

/** A command as a shell and a manual see it. */
export type ShellCommand = {
  /** The word that chooses it; empty for the linter, which is run where no word does. */
  readonly word: string;
  readonly description: string;
  readonly options: readonly ShellOption[];
  readonly arguments: readonly ShellArgument[];
  /** What its help ends with. */
  readonly examples: readonly string[];
};

const wordsOf = (read: unknown): readonly string[] | undefined =>
  typeof read === 'function' && 'words' in read ? (read as unknown as Knowing).words : undefined;

/** What a value is, by the words that its reader knows, or else by its name. */
const fillingOf = (name: string, read: unknown): Filling => {
  const words = wordsOf(read);
  if (words) return { kind: 'words', words };
  if (/^(?:file|files|paths)$/.test(name)) return { kind: 'file' };
  return { kind: name === 'folder' ? 'folder' : 'text' };
};

const optionOf = ({ flags, short, long, description, parseArg }: Option): ShellOption => {
  const [, name] = /<([^<>]+)>/.exec(flags) ?? [];
  return {
    names: [short, long].flatMap((one) => one ?? []),
    description,
    value: name === undefined ? undefined : { name, filling: fillingOf(name, parseArg) },
    isRepeatable: description.includes('repeatable'),
  };
};

const argumentOf = (argument: Argument): ShellArgument => ({
  name: argument.name(),
  description: argument.description,
  isRequired: argument.required,
  isRepeatable: argument.variadic,
  filling: fillingOf(argument.name(), argument.parseArg),
});

const examplesOf = (command: Command): readonly string[] => {
  let help = '';
  command.configureOutput({
    writeOut: (text) => {
      help += text;
    },
  });
  command.outputHelp();
  const [, examples = ''] = help.split('\nExamples:\n');
  return examples
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
};

/** A command as it describes itself: nothing is told twice, so that nothing can be told otherwise. */
export const shellCommand = (command: Command): ShellCommand => ({
  word: command.name().split(' ')[1] ?? '',
  description: command.description(),
  options: command.createHelp().visibleOptions(command).map(optionOf),
  arguments: command.registeredArguments.map(argumentOf),
  examples: examplesOf(command),
});
