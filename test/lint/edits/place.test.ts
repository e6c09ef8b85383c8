import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isShared, type Place, pathOf, placeAt, placeAtSpan } from '../../../src/lint/edits/place.js';
import { type LayoutNode, layoutOf } from '../../../src/parse/layout.js';
import { decode } from '../../../src/source/encoding.js';
import { type Source, sourceOf } from '../../../src/source/source.js';

const TEXTS: Readonly<Record<string, string>> = {
  'empty values': 'a:\nb: {c:, d: }\n? e\n: \n- f\n',
  'flow in flow': 'a: [[x, [y, z]], {k: [v], "q": w}, p: r]\n',
  'a list at the column of its key': 'a:\n- b\n- - c\n  - d: e\n    f: g\n',
  'explicit keys': '? a\n: b\n? [c, d]\n: e\n? f\n',
  anchors: 'a: &x\n  b: &y !t c\nd: *x\n? &z e\n: *y\n',
  'a document behind another': 'a: b\n---\nc: d\n...\n---\n- e\n',
  'block scalars': 'a: |\n  b\n\n  c\nd: >-\n  e\n# f\ng: h\n',
};

const FIXTURES = new URL('../../../fixtures/', import.meta.url).pathname;

const fromFixtures = readdirSync(FIXTURES, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path): readonly [string, Source] => [path.slice(FIXTURES.length), decode(path, readFileSync(path)).source]);

const fromTexts = Object.entries(TEXTS).map(([name, text]): readonly [string, Source] => [name, sourceOf(name, text)]);

/** Every node of a text with the node it stands for: the value behind a key, or itself. */
const nodesIn = (node: LayoutNode, stands = node): readonly (readonly [LayoutNode, LayoutNode])[] => [
  [node, stands],
  ...node.items.flatMap(({ key, value }) => [...(key ? [[key, value] as const] : []), ...nodesIn(value)]),
];

const length = ({ start, end }: LayoutNode): number => end - start;

/** The node that a span stands for, found by looking at all: the longest that starts with it, else the shortest around it. */
const searched = (source: Source, start: number, end: number): LayoutNode | undefined => {
  const nodes = layoutOf(source).flatMap((root) => nodesIn(root));
  const [exact] = nodes
    .filter(([node]) => node.start === start && node.end <= end)
    .sort(([a], [b]) => length(b) - length(a));
  const [around] = nodes
    .filter(([node]) => node.start <= start && end <= node.end)
    .sort(([a], [b]) => length(a) - length(b));
  return (exact ?? around)?.[1];
};

/** Up to some of a list, spread over it. */
const sample = <T>(items: readonly T[], most: number): readonly T[] =>
  items.filter((_, i) => i % Math.ceil(items.length / most) === 0);

test.each([...fromTexts, ...fromFixtures])('a span is found as by looking at every node: %s', (_, source) => {
  const offsets = [...new Set(layoutOf(source).flatMap((root) => nodesIn(root).flatMap(([n]) => [n.start, n.end])))];
  for (const start of sample(offsets, 40))
    for (const end of [start, start + 1, ...sample(offsets, 20).filter((offset) => offset > start)]) {
      const found = placeAtSpan({ source, start, end });
      expect(found?.node, `${start} to ${end}`).toBe(searched(source, start, end));
      const path = found && pathOf(found);
      if (path && layoutOf(source).length === 1) expect(placeAt(source, path)?.node ?? found.node).toBe(found.node);
    }
});

test('a key that is given twice has no place', () => {
  const source = sourceOf('compose.yml', 'a: 1\nb: {c: 2}\na: 3\n');
  expect(placeAt(source, ['a'])).toBeUndefined();
  expect(placeAt(source, ['b', 'c'])?.node.text).toBe('2');
});

test.each([
  ['x: &a {k: v}\ny: *a\n', ['x', 'k'], true],
  ['x: &a {k: v}\ny: *a\n', ['y'], false],
  ['x: &a {k: v}\ny: z\n', ['x', 'k'], false],
] as const)('whether a place stands elsewhere, too: %j', (text, path, expected) => {
  const place: Place | undefined = placeAt(sourceOf('compose.yml', text), path);
  expect(place && isShared(place)).toBe(expected);
});
