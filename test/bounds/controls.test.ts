import { describe, expect, test } from 'vitest';
import { allCommands } from '../../src/cli/main.js';
import { nodeIo } from '../../src/cli/node-io.js';
import { FORMATS } from '../../src/cli/render.js';
import { shellWord } from '../../src/source/shell-word.js';
import { type Ended, fogLint, runProgram } from '../program.js';
import { runIn } from '../run.js';
import { EVIL, EVIL_FILES, onDisk, REFUSED_FILES } from './evil-set.js';

// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is looked for
const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

/** The colours that fog-lint has; those of the names are others. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are made of them
const COLOURS = /\u001b\[(?:1|2|22|31|32|33|34|36|39)m/g;

/**
 * Lines of an answer that steer a terminal, or that a name has made a command to the runner of GitHub Actions. A page in HTML
 * is no log: a name with two lines has two there.
 */
const unsafeLines = ({ out, err }: Ended, isPage: boolean): readonly string[] =>
  [isPage ? out.replaceAll('\n::forged', ' ::forged') : out, err]
    .flatMap((text) => text.replace(COLOURS, '').split('\n'))
    .filter((line) => STEERING.test(line) || line.trimStart().startsWith('::forged'));

const PATHS = [
  '',
  'services',
  'services.web',
  'services.web.environment',
  'services.web.labels',
  'services.api.command',
];
const LISTS = ['services', 'images', 'volumes', 'networks', 'models', 'profiles', 'variables', 'hash=*'];
const [refused = '', broken = '', settings = '', baseline = ''] = Object.keys(REFUSED_FILES);

/** Command lines on files that docker compose accepts. What names a file names it as it is called. */
const ACCEPTED: readonly (readonly string[])[] = [
  ...FORMATS.map((format) => ['--format', format]),
  ['--color', 'always'],
  ['--stats'],
  ['--diff', '--unsafe-fixes'],
  ['--fix'],
  ['--update-baseline', '--baseline', 'accepted.json'],
  ['--stack', `${EVIL}=docker-compose.yml`],
  ['--stack', `${EVIL}=${EVIL}`],
  ['--only', EVIL],
  [EVIL],
  ...['report', 'consolidate'].flatMap((command) =>
    ['markdown', 'json', 'html'].map((format) => [command, '--format', format]),
  ),
  ['consolidate', '--diff'],
  ['consolidate', '--write'],
  ['consolidate', '--out', EVIL],
  ['config', '--origins', '--format', 'json'],
  ['config', EVIL],
  ...LISTS.map((list) => ['config', '--profile', 'default', `--${list}`]),
  ...PATHS.flatMap((path) => [
    ['explain', path, '--profile', 'default', '--color', 'always'],
    ['explain', path, '--format', 'json'],
    ['explain', path, 'docker-compose.yml', 'docker-compose.dev.yml'],
  ]),
  ['explain', 'services.web.labels.nothing'],
  ['init'],
  ['init', EVIL],
  ['rules', EVIL],
  ['rules', 'latest-tag', '--color', 'always'],
  ['merge', EVIL],
  ['completions', 'bash'],
  ['lsp', EVIL],
];

/** Command lines on files that cannot be loaded, or hold what is no settings, no baseline, no YAML. */
const REFUSED: readonly (readonly string[])[] = [
  ...FORMATS.map((format) => ['--format', format, refused, broken]),
  ...['markdown', 'json', 'html'].map((format) => ['report', '--format', format, refused, broken]),
  ['consolidate', refused, broken],
  ['config', refused],
  ['config', broken],
  ['config', '--services', refused],
  ['explain', 'services', refused],
  ['--config', settings, refused],
  ['--baseline', baseline, refused],
  ['init'],
  ['merge', baseline],
];

const shownArgs = (args: readonly string[]): string => JSON.stringify(args.map((arg) => arg.replaceAll(EVIL, 'EVIL')));

describe.skipIf(process.platform === 'win32')('names and values steer no terminal, and make no line', () => {
  test('every command is tried', async () => {
    const names = (await allCommands(nodeIo())).map((command) => command.name().replace('fog-lint ', ''));
    const tried = new Set([...ACCEPTED, ...REFUSED].map(([first = '']) => first));
    expect(names.filter((name) => name !== 'fog-lint' && !tried.has(name))).toEqual([]);
  });

  test.each(ACCEPTED.map((args) => [shownArgs(args), args] as const))('%s', (_, args) => {
    const ended = fogLint(args, { cwd: onDisk(EVIL_FILES) });
    expect(unsafeLines(ended, args.includes('html'))).toEqual([]);
    expect(ended.code).not.toBe(3);
  });

  test.each(REFUSED.map((args) => [shownArgs(args), args] as const))('what is refused: %s', (_, args) => {
    const ended = fogLint(args, { cwd: onDisk(REFUSED_FILES) });
    expect(unsafeLines(ended, args.includes('html'))).toEqual([]);
    expect(ended.code).not.toBe(3);
  });

  /** What programs read to the byte: the model as docker compose prints it, a patch. */
  test.each([
    ['config'],
    ['config', '--format', 'json'],
    ['config', '--origins'],
    ['config', '--variables', '--format', 'yaml'],
    ['config', '--environment'],
    ['config', '--profiles'],
    ['--diff', '--unsafe-fixes'],
  ])('a terminal gets less than a program: %s %s %s', async (...args) => {
    const files = { ...EVIL_FILES, 'docker-compose.yml': `${EVIL_FILES['docker-compose.yml']}# \u202e \u2066\n` };
    const folder = onDisk(files);
    const options = args[0] === 'config' ? ['--profile', 'default'] : [];
    const piped = await runIn(folder, [...args, ...options]);
    const shown = await runIn(folder, [...args, ...options], { isTerminal: true });
    expect(shown.out.split('\n').filter((line) => STEERING.test(line))).toEqual([]);
    expect(shown.code).toBe(piped.code);
  });

  test('programs read the names as they are', () => {
    const folder = onDisk(EVIL_FILES);
    const { workspaces } = JSON.parse(fogLint(['--format', 'json'], { cwd: folder }).out);
    const told = workspaces[0].files.map(({ path }: { path: string }) => path);
    expect(told).toEqual(Object.keys(EVIL_FILES).filter((name) => name.startsWith('docker-compose')));
    const patch = fogLint(['--diff', '--unsafe-fixes'], { cwd: folder });
    const applied = runProgram('git', ['apply', '--check', '--verbose', '-'], { cwd: folder, input: patch.out });
    expect([applied.code, patch.out.includes('diff --git "a/docker-compose.prod-x\\033[35m')]).toEqual([0, true]);
  });

  test.each([EVIL, 'it\'s $(id) `id` \\ "x"', '\u202e', 'a b', 'plain-1.yml'])(
    'a word of a shell is one: %j',
    (text) => {
      const { out } = runProgram('bash', ['-c', `printf '[%s]' ${shellWord(text)}`], { env: { LC_ALL: 'C.UTF-8' } });
      expect([out, STEERING.test(shellWord(text))]).toEqual([`[${text}]`, false]);
    },
  );
});
