import { describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.js';
import { allCommands } from '../../src/cli/main.js';
import { nodeIo } from '../../src/cli/node-io.js';
import { type ShellCommand, shellCommand } from '../../src/cli/shell/commands.js';
import { manualPage } from '../../src/cli/shell/manual.js';
import { run } from '../run.js';

const commands: readonly ShellCommand[] = (await allCommands(nodeIo())).map(shellCommand);

const script = async (shell: string): Promise<string> => {
  const { code, out, err } = await run(['completions', shell], {});
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out;
};

/** How each shell's script, and the manual, writes an option. */
const WRITERS: Readonly<Record<string, (name: string) => string>> = {
  bash: (name) => name,
  zsh: (name) => `${name}[`,
  fish: (name) => (name.startsWith('--') ? `-l ${name.slice(2)} ` : `-s ${name.slice(1)} `),
  manual: (name) => `Fl ${name.slice(1)}`,
};

describe.each(Object.entries(WRITERS))('%s', (name, write) => {
  const text = (): Promise<string> =>
    name === 'manual' ? Promise.resolve(manualPage(commands, '1.2.3', 'November 25, 2026')) : script(name);

  test('has every option of every command', async () => {
    const whole = await text();
    const options = commands.flatMap((command) => command.options.flatMap(({ names }) => names));
    expect(options.length).toBeGreaterThan(80);
    expect(options.filter((option) => !whole.includes(write(option)))).toEqual([]);
    expect(commands.filter(({ word }) => !whole.includes(word))).toEqual([]);
  });
});

test.each(['bash', 'zsh', 'fish'])('%s knows the rules', async (shell) => {
  const whole = await script(shell);
  expect(rules.filter(({ meta }) => !whole.includes(meta.id))).toEqual([]);
});

test('commands describe themselves', () => {
  const [lint] = commands;
  expect(lint?.word).toBe('');
  const byName = (name: string) => lint?.options.find(({ names }) => names.includes(name));
  expect(byName('--fail-on')).toEqual({
    names: ['--fail-on'],
    description: 'least level that makes the exit status 1: error, warning, info, never',
    value: { name: 'level', filling: { kind: 'words', words: ['error', 'warning', 'info', 'never'] } },
    isRepeatable: false,
  });
  expect(byName('-c')?.value).toEqual({ name: 'file', filling: { kind: 'file' } });
  expect(byName('--project-directory')?.value).toEqual({ name: 'folder', filling: { kind: 'folder' } });
  expect(byName('--max-warnings')?.value).toEqual({ name: 'number', filling: { kind: 'text' } });
  expect(byName('--fix')?.value).toBe(undefined);
  const lsp = commands.find(({ word }) => word === 'lsp');
  expect(lsp?.options.flatMap(({ names }) => names)).not.toContain('--stdio');
  expect(lsp?.examples).toContain('fog-lint lsp --baseline fog-lint-baseline.json');
});

test('an unknown shell is refused', async () => {
  const { code, err } = await run(['completions', 'fishh'], {});
  expect({ code, err }).toEqual({
    code: 2,
    err: `error: command-argument value 'fishh' is invalid for argument 'shell'. Did you mean "fish"? Allowed are bash, zsh, fish.\n`,
  });
});
