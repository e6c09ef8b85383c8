import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { PROGRAM, runProgram } from '../program.js';
import { blockOf } from './guide.js';
import { fromDebian, fromOtherDebian } from './install.js';

/** The language server in real editors, with the settings that `docs/editors.md` shows. */

const folder = mkdtempSync(join(tmpdir(), 'fog-lint-editors-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The set of files that is edited, and a folder with a program called fog-lint. */
const prepare = (name: string): { readonly set: string; readonly bin: string } => {
  const [set, bin] = [join(folder, name, 'set'), join(folder, name, 'bin')];
  cpSync(join(import.meta.dirname, '..', '..', 'fixtures', 'editor', 'set'), set, { recursive: true });
  mkdirSync(bin, { recursive: true });
  symlinkSync(PROGRAM, join(bin, 'fog-lint'));
  return { set, bin };
};

/** What the quick fix leaves of the overlay. */
const FIXED = 'services:\n  web:\n    environment:\n      LEVEL: debug\n';

const oldNeovim = fromDebian('nvim');
const newNeovim = fromOtherDebian('nvim');

/** The neovim of this Debian and a new one, each with the settings that the guide has for its version. */
const NEOVIMS = [
  {
    name: '0.7 to 0.10',
    command: oldNeovim && [oldNeovim],
    env: {},
    settings: ['plugin/fog-lint.lua'],
    version: /^NVIM v0\.(?:[789]|10)\./,
  },
  {
    name: '0.11 and later',
    command: newNeovim?.command,
    env: { VIMRUNTIME: join(newNeovim?.root ?? '', 'usr', 'share', 'nvim', 'runtime') },
    settings: ['init.lua', 'after/plugin/fog-lint.lua'],
    version: /^NVIM v(?:0\.1[1-9]|[1-9])/,
  },
] as const;

describe.each(NEOVIMS)('neovim $name', ({ name, command, env, settings, version }) => {
  const [program = '', ...options] = command ?? [];

  test.skipIf(!command)('diagnostics over several files, hover, definition, quick fix, fixes on saving', () => {
    expect(runProgram(program, [...options, '--version'], { env }).out).toMatch(version);
    const { set, bin } = prepare(name);
    const [file, done] = [join(folder, name, 'settings.lua'), join(folder, name, 'done')];
    writeFileSync(file, settings.map((each) => `do\n${blockOf('editors.md', each)}end\n`).join(''));
    const script = join(import.meta.dirname, 'neovim.lua');
    const { code, err } = runProgram(
      program,
      [...options, '--headless', '-u', 'NONE', '-i', 'NONE', '-n', '-c', `luafile ${script}`, '-c', 'cquit'],
      { cwd: set, env: { ...env, PATH: `${bin}:${process.env['PATH']}`, HOME: folder, SETTINGS: file, DONE: done } },
    );
    expect({ code, err, isDone: existsSync(done) }).toMatchObject({ code: 0, isDone: true });
    // Where the guide has fixes on saving, what was saved is fixed.
    if (settings.length > 1) expect(readFileSync(join(set, 'compose.dev.yml'), 'utf8')).toBe(FIXED);
  });
});

const emacs = fromDebian('emacs');

test.skipIf(!emacs)('Emacs: diagnostics over several files', () => {
  const { set, bin } = prepare('emacs');
  const [settings, done] = [join(folder, 'settings.el'), join(folder, 'done-emacs')];
  writeFileSync(settings, blockOf('editors.md', 'init.el'));
  const env = { PATH: `${bin}:${process.env['PATH']}`, HOME: folder, SETTINGS: settings, DONE: done };
  const script = join(import.meta.dirname, 'emacs.el');
  const { code, err } = runProgram(emacs ?? '', ['--batch', '-l', script], { cwd: set, env });
  expect({ code, err, isDone: existsSync(done) }).toMatchObject({ code: 0, isDone: true });
});

const helix = fromOtherDebian('hx');
const tmux = fromDebian('tmux');

describe.skipIf(!helix || !tmux)('Helix', () => {
  const socket = join(folder, 'tmux');
  const screen = (...args: readonly string[]): string => {
    const { code, out, err } = runProgram(tmux ?? '', ['-S', socket, '-f', '/dev/null', ...args]);
    if (code !== 0) throw new Error(err);
    return out;
  };
  const shown = (): string => screen('capture-pane', '-p');
  /** Types keys, and waits until the screen shows something. */
  const type = async (keys: readonly string[], expected: RegExp): Promise<void> => {
    if (keys.length > 0) screen('send-keys', ...keys);
    await vi
      .waitUntil(() => expected.test(shown()), { timeout: 20_000, interval: 100 })
      .catch(() => expect(shown()).toMatch(expected));
  };

  test('diagnostics over several files, hover, quick fix', async () => {
    const { set, bin } = prepare('helix');
    const home = join(folder, 'helix');
    const languages = join(home, '.config', 'helix', 'languages.toml');
    mkdirSync(dirname(languages), { recursive: true });
    writeFileSync(languages, blockOf('editors.md', 'languages.toml'));
    const [program = '', ...options] = helix?.command ?? [];
    const variable = (name: string, value: string): string => `${name}='${value}'`;
    const start = [
      'env',
      variable('HOME', home),
      variable('PATH', `${bin}:${process.env['PATH']}`),
      variable('HELIX_RUNTIME', join(helix?.root ?? '', 'usr', 'lib', 'hx', 'runtime')),
      ...[program, ...options, 'compose.yml', 'compose.dev.yml'].map((word) => `'${word}'`),
    ].join(' ');
    screen('new-session', '-d', '-x', '150', '-y', '40', '-c', set, start);
    try {
      await type([], /NOR +compose\.yml/);
      await type([':buffer-next', 'Enter'], /NOR +compose\.dev\.yml/);
      await type([':6', 'Enter'], /● +6 +- "8080:80"/);
      await type([' D'], /WARN +redundant-override/);
      await type(['Escape'], /^(?!.*WARN)/s);
      await type([':4', 'Enter'], /sel +4:1\b/);
      await type(['gl'], /sel +4:18/);
      await type([' k'], /3\. compose\.dev\.yml:4:14 wins/);
      await type(['Escape'], /^(?!.*wins)/s);
      await type([':6', 'Enter'], /sel +6:1\b/);
      await type(['gl'], /sel +6:1[67]/);
      await type([' a'], /Remove what is said twice/);
      await type(['Enter'], /NOR +compose\.dev\.yml(?!.*●)/);
      await type([':w', 'Enter'], /written/);
      expect(readFileSync(join(set, 'compose.dev.yml'), 'utf8')).toBe(FIXED);
    } finally {
      screen('kill-server');
    }
  });
});
