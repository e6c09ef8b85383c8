import type { Filling, ShellArgument, ShellCommand, ShellOption } from './commands.js';

/** A text as one word of fish. */
const quoted = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`;

const taking = (filling: Filling): string => {
  if (filling.kind === 'words') return ` -x -a ${quoted(filling.words.join(' '))}`;
  if (filling.kind === 'folder') return " -x -a '(__fish_complete_directories)'";
  return filling.kind === 'file' ? ' -r -F' : ' -x';
};

const nameFlag = (name: string): string => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`);

const optionLine = ({ names, description, value }: ShellOption, condition: string): string =>
  `complete -c fog-lint -n ${condition} ${names.map(nameFlag).join(' ')}${value ? taking(value.filling) : ''} -d ${quoted(description)}`;

const argumentLine = ({ filling, name }: ShellArgument, condition: string): readonly string[] =>
  filling.kind === 'words'
    ? [`complete -c fog-lint -n ${condition} -f -a ${quoted(filling.words.join(' '))} -d ${quoted(name)}`]
    : [];

/** A script for fish that completes the commands, their options, and the words and files that these take. */
export const fishCompletion = (commands: readonly ShellCommand[]): string => {
  const chosen = commands.filter(({ word }) => word !== '');
  const lines = commands.flatMap((command) => {
    const condition =
      command.word === ''
        ? quoted(`not __fog_lint_command ${chosen.map(({ word }) => word).join(' ')}`)
        : quoted(`__fog_lint_command ${command.word}`);
    return [
      ...command.options.map((option) => optionLine(option, condition)),
      ...command.arguments.flatMap((argument) => argumentLine(argument, condition)),
    ];
  });
  const first = chosen.map(
    ({ word, description }) => `complete -c fog-lint -n __fog_lint_first -a ${word} -d ${quoted(description)}`,
  );
  return `# Completion of fog-lint for fish, written by \`fog-lint completions fish\`.
function __fog_lint_first
    test (count (commandline -opc)) -eq 1
end
function __fog_lint_command
    set -l words (commandline -opc)
    test (count $words) -gt 1; and contains -- $words[2] $argv
end
${[...first, ...lines].join('\n')}
`;
};
