import { expect, test } from 'vitest';
import { FIX_ALL } from '../../src/editor/actions.js';
import { blockOf } from '../clients/guide.js';

/** The settings of `docs/editors.md` for an editor that no test can run: VS Code. Others are run by `test/clients/editors.client.ts`. */

type Selector = { readonly language?: string; readonly pattern?: string };
type ClientArguments = readonly [
  id: string,
  server: unknown,
  client: { readonly documentSelector: readonly Selector[] },
];

/** What the extension of the guide does with the library that its manifest depends on. */
const activate = (): { readonly made: readonly ClientArguments[]; readonly calls: readonly string[] } => {
  const made: ClientArguments[] = [];
  const calls: string[] = [];
  const { dependencies, main } = JSON.parse(blockOf('editors.md', 'package.json')) as {
    readonly dependencies: Readonly<Record<string, string>>;
    readonly main: string;
  };
  const library = {
    LanguageClient: function LanguageClient(...given: ClientArguments) {
      made.push(given);
      return { start: () => calls.push('start'), stop: () => calls.push('stop') };
    },
  };
  const load = (name: string): unknown => {
    const [pack = ''] = name.split('/');
    if (!(pack in dependencies)) throw new Error(`the manifest does not depend on ${pack}`);
    return library;
  };
  const exported: { activate?: () => unknown; deactivate?: () => unknown } = {};
  new Function('require', 'exports', blockOf('editors.md', main))(load, exported);
  exported.activate?.();
  exported.deactivate?.();
  return { made, calls };
};

test('the extension for VS Code starts the server for Compose files and env files, and stops it', () => {
  const { made, calls } = activate();
  const [id, server, { documentSelector } = { documentSelector: [] }] = made[0] ?? [];
  expect({ id, server, calls, count: made.length }).toEqual({
    id: 'fog-lint',
    server: { command: 'fog-lint', args: ['lsp'] },
    calls: ['start', 'stop'],
    count: 1,
  });
  expect(documentSelector).toEqual([{ language: 'dockercompose' }, { language: 'yaml' }, { pattern: '**/.env*' }]);
  const { activationEvents } = JSON.parse(blockOf('editors.md', 'package.json')) as { activationEvents: string[] };
  expect([...activationEvents].sort()).toEqual(
    documentSelector.flatMap(({ language }) => (language === undefined ? [] : [`onLanguage:${language}`])).sort(),
  );
});

test('what VS Code is to do on saving is an action of the server', () => {
  const { 'editor.codeActionsOnSave': onSave } = JSON.parse(blockOf('editors.md', '.vscode/settings.json')) as {
    'editor.codeActionsOnSave': object;
  };
  expect(Object.keys(onSave)).toEqual([FIX_ALL]);
});
