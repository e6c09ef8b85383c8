import { SETTINGS_FILES } from '../../workspace/settings.js';
import { EXIT } from '../io.js';
import type { ShellArgument, ShellCommand, ShellOption } from './commands.js';

/** A text on lines of its own, one for each sentence: what roff would take for a request or an escape stays a text. */
const line = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replace(/\. (?=[A-Z])/g, '.\n')
    .replace(/^(?=[.'])/gm, '\\&');

/** A text as one argument of a macro. */
const word = (text: string): string => `"\\&${text.replaceAll('\\', '\\e').replaceAll('"', '""')}"`;

const flag = (name: string): string => `Fl ${name.slice(1)}`;

const optionLines = ({ names, description, value }: ShellOption): readonly string[] => [
  `.It ${names.map(flag).join(' , ')}${value ? ` Ar ${word(value.name)}` : ''}`,
  line(description),
];

const synopsis = ({ word: name, arguments: args }: ShellCommand): readonly string[] => [
  '.Nm',
  ...(name === '' ? [] : [`.Cm ${name}`]),
  '.Op Ar options',
  ...args.map(argumentMacro),
];

const argumentMacro = ({ name, isRequired, isRepeatable }: ShellArgument): string => {
  const macro = `Ar ${word(name)}${isRepeatable ? ' ...' : ''}`;
  return isRequired ? `.${macro}` : `.Op ${macro}`;
};

const listed = (items: readonly (readonly string[])[]): readonly string[] =>
  items.length === 0 ? [] : ['.Bl -tag -width Ds', ...items.flat(), '.El'];

const commandLines = (command: ShellCommand): readonly string[] => [
  `.Ss fog-lint${command.word === '' ? '' : ` ${command.word}`}`,
  line(`${command.description.replace(/\.$/, '')}.`),
  ...listed([
    ...command.arguments.map((argument) => [`.It Ar ${word(argument.name)}`, line(argument.description)]),
    ...command.options.map(optionLines),
  ]),
];

const STATUS: readonly (readonly [code: number, meaning: string])[] = [
  [EXIT.clean, 'Nothing was found at or above the level of --fail-on.'],
  [EXIT.findings, 'Something was found, or a patch is not empty.'],
  [
    EXIT.failed,
    'The run failed: bad usage, an unreadable file, invalid settings, nothing to lint, a proof that did not hold.',
  ],
  [EXIT.fault, 'A fault in fog-lint itself; it says how to report it.'],
];

const ENVIRONMENT: readonly (readonly [name: string, meaning: string])[] = [
  [
    'COMPOSE_FILE',
    'Files of the stack in the current folder, as for docker compose; so are its other COMPOSE_ variables.',
  ],
  ['NO_COLOR', 'No colour, unless --color asks for it.'],
  ['FORCE_COLOR', 'Colour even where no terminal is; 0 for none.'],
  ['FORCE_HYPERLINK', 'Links to the pages of rules even where the terminal is not known to have them; 0 for none.'],
];

/**
 * The manual page of all commands, for \`man\`.
 * @param date As \`November 25, 2026\`.
 * @see mdoc(7)
 */
export const manualPage = (commands: readonly ShellCommand[], version: string, date: string): string => {
  const lines = [
    `.Dd ${date}`,
    '.Dt FOG-LINT 1',
    `.Os fog-lint ${version}`,
    '.Sh NAME',
    '.Nm fog-lint',
    '.Nd linter and consolidation analyzer for Docker Compose files',
    '.Sh SYNOPSIS',
    ...commands.flatMap(synopsis),
    '.Sh DESCRIPTION',
    'fog-lint reads a set of Compose files as docker compose does and never forgets where a value was written.',
    'It reports what is wrong in the files, in the stacks that they form and in the set as a whole, mends it with edits that are',
    'proven on every stack, tells where each value comes from, and plans one layout for files that overlap.',
    '.Pp',
    'Where the first word is none of the commands, files are linted.',
    '.Sh COMMANDS',
    ...commands.flatMap(commandLines),
    '.Sh ENVIRONMENT',
    ...listed(ENVIRONMENT.map(([name, meaning]) => [`.It Ev ${name}`, line(meaning)])),
    '.Sh FILES',
    ...listed([
      [
        `.It Pa ${SETTINGS_FILES[0]}`,
        `Settings: the nearest one upwards; also called ${SETTINGS_FILES.slice(1).join(', ')}.`,
      ],
      ['.It Pa package.json', 'Its key "fog-lint" can hold the settings instead.'],
    ]),
    '.Sh EXIT STATUS',
    ...listed(STATUS.map(([code, meaning]) => [`.It ${code}`, line(meaning)])),
    '.Sh EXAMPLES',
    '.Bd -literal',
    ...commands.flatMap(({ examples }) => examples.map(line)),
    '.Ed',
    '.Sh SEE ALSO',
    '.Xr docker-compose 1',
  ];
  return `${lines.join('\n')}\n`;
};
