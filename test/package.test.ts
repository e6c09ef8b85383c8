import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runProgram } from './program.js';

/** What `npm publish` would send. `npm test` builds it first. */

const ROOT = join(import.meta.dirname, '..');

type Packed = {
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number; readonly mode: number }[];
};

const pack = (): Packed => {
  const { code, out, err } = runProgram('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']);
  if (code !== 0) throw new Error(err);
  const said: unknown = JSON.parse(out);
  // npm 11 prints a list, later ones an object by name.
  const [first] = Array.isArray(said) ? said : Object.values(said as object);
  return first as Packed;
};

const packed = pack();
const paths = packed.files.map(({ path }) => path);

/** Everything that belongs into the package. */
const NEEDED: readonly RegExp[] = [
  /^(?:package\.json|README\.md|LICENSE|THIRD-PARTY-LICENSES)$/,
  // The program, the code that V8 has made of it, and what few commands load.
  /^dist\/(?:cli|main|config|graphviz|protocol)\.cjs$/,
  /^dist\/(?:main|config)-v8-[\w.-]+\.cache$/,
  // The library, and what its declarations refer to.
  /^dist\/index\.js$/,
  /^dist\/types\/src\/[\w/-]+\.d\.ts$/,
  /^dist\/(?:schema\.json|fog-lint\.1)$/,
  /^rules\/(?:README|[a-z0-9-]+)\.md$/,
];

test('the package holds what is needed, and nothing else', () => {
  expect(paths.filter((path) => !NEEDED.some((pattern) => pattern.test(path)))).toEqual([]);
});

test('the package holds what it names', () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const named = [
    manifest.bin['fog-lint'],
    manifest.man,
    ...Object.values(manifest.exports['.']),
    manifest.exports['./schema.json'],
  ];
  expect(named.map((path: string) => path.replace('./', '')).filter((path) => !paths.includes(path))).toEqual([]);
  const pages = readdirSync(join(ROOT, 'rules')).filter((name) => /^[a-z].*\.md$/.test(name));
  expect(pages.filter((name) => !paths.includes(`rules/${name}`))).toEqual([]);
});

test('the package stays within its budget', () => {
  const megabytes = (bytes: number): number => bytes / 1_000_000;
  expect(megabytes(packed.size)).toBeLessThan(2.8);
  // The code that V8 compiles ahead is a third of it, and a little larger from Node 22 on.
  expect(megabytes(packed.unpackedSize)).toBeLessThan(6.7);
  expect(packed.files.length).toBeLessThan(150);
});
