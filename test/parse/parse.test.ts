import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodeFileSystem } from '../../src/cli/node-filesystem.js';
import { cachedReader } from '../../src/cli/read.js';
import { BOUNDS } from '../../src/model/bounds.js';
import type { Fault } from '../../src/model/fault.js';
import { get } from '../../src/model/value.js';
import { layoutOf } from '../../src/parse/layout.js';
import { parse } from '../../src/parse/parse.js';
import { sourceOf } from '../../src/source/source.js';
import { rendered } from './rendering.js';

const FIXTURES = new URL('../../fixtures/parse/', import.meta.url).pathname;

test.each(readdirSync(FIXTURES))('%s', async (name) => {
  const folder = join(FIXTURES, name);
  const read = cachedReader(nodeFileSystem);
  const file = read(join(folder, 'compose.yml'), ({ message }: Fault) => expect.fail(message));
  if (!file) throw new Error('the fixture has no compose.yml');
  await expect(rendered(file)).toMatchFileSnapshot(join(folder, 'expected.txt'));
});

const faultsOf = (text: string): readonly string[] =>
  parse(sourceOf('compose.yml', text)).faults.map(({ message, at }) => `${at?.start} ${message}`);

test('a file beyond the bound of length is not read', () => {
  expect(faultsOf(`# ${'x'.repeat(BOUNDS.fileLength)}`)).toEqual(['0 The file is longer than 8000000 characters.']);
});

const nested: readonly (readonly [string, number, (levels: number) => string])[] = [
  ['lists', 5 + 199, (levels) => `x-a: ${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}\n`],
  ['lists that are not closed', 5 + 199, () => `x-a: ${'['.repeat(100_000)}\n`],
  [
    'mappings',
    20_700,
    (levels) =>
      Array.from({ length: levels }, (_, i) => `${' '.repeat(i)}a:\n`)
        .join('')
        .trimEnd(),
  ],
  ['keys', 400, (levels) => `${'? '.repeat(levels)}x\n`],
];

test.each(nested)('%s nested beyond the bound are a fault, not a crash', (_, offset, text) => {
  expect(faultsOf(text(201))).toEqual([`${offset} Mappings and lists are nested deeper than 200 levels.`]);
});

test.each(nested.filter(([name]) => !name.endsWith('closed')))('%s nested up to the bound are read', (_, __, text) => {
  expect(faultsOf(text(200)).filter((fault) => fault.includes('nested deeper'))).toEqual([]);
});

test('aliases that multiply stop at the bound of values', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const text = names
    .map(
      (name, i) => `x-${name}: &${name} [${Array.from({ length: 10 }, () => (i === 0 ? '1' : `*${names[i - 1]}`))}]\n`,
    )
    .join('');
  expect(faultsOf(text)).toEqual([
    expect.stringMatching(/^\d+ The file holds more than 100000 values once its aliases are expanded\.$/),
  ]);
});

test('what is left of a file beyond a bound is not looked at', () => {
  const { documents } = parse(
    sourceOf('compose.yml', `x-0: &a [${'b,'.repeat(9000)}]\nx-1: [${'*a,'.repeat(15)}]\na: 1\n`),
  );
  expect(documents).toEqual([]);
});

test('a name that objects have by birth is a key like any other', () => {
  const { documents, faults } = parse(sourceOf('compose.yml', 'x-a:\n  __proto__: 1\n  constructor: 2\n'));
  expect(faults).toEqual([]);
  expect(get(documents[0]?.root, 'x-a', '__proto__')).toMatchObject({ value: 1 });
  expect(get(documents[0]?.root, 'x-a', 'constructor')).toMatchObject({ value: 2 });
  expect(get(documents[0]?.root, 'x-a', 'toString')).toBeUndefined();
});

test.each([
  ['nests too deep', `x: ${'['.repeat(BOUNDS.depth)}${']'.repeat(BOUNDS.depth)}\n`],
  ['has too many pieces', `x: [${','.repeat(BOUNDS.pieces)}]\n`],
  ['is too long', `x: 1\n#${' '.repeat(BOUNDS.fileLength)}\n`],
])('a text that %s has no layout', (_, text) => {
  expect(layoutOf(sourceOf('/a.yml', text))).toEqual([]);
});
