import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { PROGRAM, runProgram } from '../program.js';
import { blockOf } from './guide.js';
import { fromDebian } from './install.js';

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

const neovim = fromDebian('nvim');

test.skipIf(!neovim)('neovim: diagnostics over several files, hover, definition, quick fix', () => {
  const { set, bin } = prepare('neovim');
  const [settings, done] = [join(folder, 'settings.lua'), join(folder, 'done')];
  writeFileSync(settings, blockOf('editors.md', 'plugin/fog-lint.lua'));
  const script = join(import.meta.dirname, 'neovim.lua');
  const args = ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', '-c', `luafile ${script}`, '-c', 'cquit'];
  const env = { PATH: `${bin}:${process.env['PATH']}`, HOME: folder, SETTINGS: settings, DONE: done };
  const { code, err } = runProgram(neovim ?? '', args, { cwd: set, env });
  expect({ code, err, isDone: existsSync(done) }).toMatchObject({ code: 0, isDone: true });
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
