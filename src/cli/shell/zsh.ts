import type { Filling, ShellArgument, ShellCommand, ShellOption } from './commands.js';

/** A text as one word of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A text inside a specification of \`_arguments\`, where colons and brackets mean something. */
const plain = (text: string): string => text.replace(/[\\[\]:]/g, '\\$&');

const ACTIONS: Readonly<Record<Exclude<Filling['kind'], 'words'>, string>> = {
  file: '_files',
  folder: '_files -/',
  text: ' ',
};

const action = (filling: Filling): string =>
  filling.kind === 'words' ? `(${filling.words.map(plain).join(' ')})` : ACTIONS[filling.kind];

const optionSpecs = ({ names, description, value, isRepeatable }: ShellOption): readonly string[] => {
  const others = isRepeatable ? '*' : names.length > 1 ? `(${names.join(' ')})` : '';
  const told = `[${plain(description)}]`;
  const taken = value ? `:${plain(value.name)}:${action(value.filling)}` : '';
  return names.map((name) => quoted(`${others}${name}${told}${taken}`));
};

const argumentSpec = ({ name, filling, isRequired, isRepeatable }: ShellArgument, i: number): string => {
  const place = isRepeatable ? '*' : `${i + 1}`;
  return quoted(`${place}:${isRequired || isRepeatable ? '' : ':'}${plain(name)}:${action(filling)}`);
};

const specsOf = ({ options, arguments: args }: ShellCommand): readonly string[] => [
  ...options.flatMap(optionSpecs),
  ...args.map(argumentSpec),
];

const call = (command: ShellCommand): string => `_arguments -S ${specsOf(command).join(' \\\n      ')}`;

/** A script for zsh that completes the commands, their options, and the words and files that these take. */
export const zshCompletion = (commands: readonly ShellCommand[]): string => {
  const chosen = commands.filter(({ word }) => word !== '');
  const linter = commands.filter(({ word }) => word === '');
  const cases = chosen.map(
    (command) => `    ${command.word})
      shift words
      ((CURRENT--))
      ${call(command)}
      return
      ;;`,
  );
  const described = chosen.map(({ word, description }) => `      ${quoted(`${word}:${plain(description)}`)}`);
  return `#compdef fog-lint
# Completion of fog-lint for zsh, written by \`fog-lint completions zsh\`.
_fog-lint() {
  if ((CURRENT > 2)); then
    case \${words[2]} in
${cases.join('\n')}
    esac
  elif [[ \${words[2]} != -* ]]; then
    local -a commands
    commands=(
${described.join('\n')}
    )
    _describe -t commands command commands
  fi
  ${linter.map(call).join('\n  ')}
}
if [[ $funcstack[1] == _fog-lint ]]; then
  _fog-lint "$@"
else
  compdef _fog-lint fog-lint
fi
`;
};
