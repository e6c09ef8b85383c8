import { expect, test } from 'vitest';
import { placeAt } from '../../../src/lint/edits/place.js';
import { type RemoveOptions, remove, removeAll } from '../../../src/lint/edits/remove.js';
import { type ComposePath, parsePath } from '../../../src/model/path.js';
import { type LayoutNode, layoutOf } from '../../../src/parse/layout.js';
import { applyEdits } from '../../../src/source/edit.js';
import { sourceOf } from '../../../src/source/source.js';

type Case = {
  readonly name: string;
  readonly path: string;
  readonly before: string;
  /** The text afterwards; undefined where the edit is refused. */
  readonly after: string | undefined;
  readonly options?: RemoveOptions;
};

const CASES: readonly Case[] = [
  { name: 'a line', path: 'b', before: 'a: 1\nb: 2\nc: 3\n', after: 'a: 1\nc: 3\n' },
  {
    name: 'a block',
    path: 's.b',
    before: 's:\n  a: 1\n  b:\n    - x\n    - y\n  c: 3\n',
    after: 's:\n  a: 1\n  c: 3\n',
  },
  {
    name: 'the first line with the blank one behind',
    path: 'version',
    before: "version: '3.8'\n\nservices: {}\n",
    after: 'services: {}\n',
  },
  {
    name: 'below a header comment',
    path: 'version',
    before: '# The shop\nversion: "3"\nservices: {}\n',
    after: '# The shop\nservices: {}\n',
  },
  {
    name: 'a trailing comment',
    path: 'b',
    before: 'a: 1 # one\nb: 2 # two\nc: 3 # three\n',
    after: 'a: 1 # one\nc: 3 # three\n',
  },
  {
    name: 'a comment above a block',
    path: 's.db',
    before: 's:\n  web:\n    image: w\n\n  # The database\n  db:\n    image: d\n',
    after: 's:\n  web:\n    image: w\n',
  },
  {
    name: 'keeps the heading of several lines',
    path: 'e.A',
    before: 'e:\n  # Database\n  A: 1\n  B: 2\n',
    after: 'e:\n  # Database\n  B: 2\n',
  },
  {
    name: 'takes the comment of one line of several',
    path: 'e.A',
    before: 'e:\n  # for A\n  A: 1\n  # for B\n  B: 2\n',
    after: 'e:\n  # for B\n  B: 2\n',
  },
  {
    name: 'a comment inside, behind the last line',
    path: 's.a',
    before: 's:\n  a:\n    x: 1\n    # y: 2\n  b: 1\n',
    after: 's:\n  b: 1\n',
  },
  {
    name: 'keeps a comment of the next one',
    path: 's.a',
    before: 's:\n  a:\n    x: 1\n  # about b\n  b: 1\n',
    after: 's:\n  # about b\n  b: 1\n',
  },
  {
    name: 'keeps a comment of the next one that is indented too far',
    path: 's.a',
    before: 's:\n  a: 1\n    # about b\n  b: 2\n',
    after: 's:\n    # about b\n  b: 2\n',
  },
  {
    name: 'keeps one like it behind a block',
    path: 's.a',
    before: 's:\n  a:\n      x: 1\n    # about b\n  b: 2\n',
    after: 's:\n    # about b\n  b: 2\n',
  },
  {
    name: 'keeps one that is set off from the block above, as the next service has it',
    path: 's.a',
    before: 's:\n  a:\n    x: 1\n    # y: 2\n\n    # about b\n    # and more\n  b: 1\n',
    after: 's:\n    # about b\n    # and more\n  b: 1\n',
  },
  {
    name: 'takes comments inside that blank lines set off from both sides',
    path: 's.a',
    before: 's:\n  a:\n    x: 1\n\n    # y: 2\n\n  b: 1\n',
    after: 's:\n  b: 1\n',
  },
  {
    name: 'takes comments inside at the end of the file',
    path: 's.a',
    before: 's:\n  b: 1\n  a:\n    x: 1\n\n    # y: 2\n',
    after: 's:\n  b: 1\n',
  },
  {
    name: 'takes the comments of a key without a value',
    path: 's.a',
    before: 's:\n  a:\n    # - "80:80"\n  b: 1\n',
    after: 's:\n  b: 1\n',
  },
  {
    name: 'keeps one behind a text of several lines',
    path: 's.a',
    before: 's:\n  a: |\n      x\n    # about b\n  b: 1\n',
    after: 's:\n    # about b\n  b: 1\n',
  },
  {
    name: 'leaves one blank line of two',
    path: 's.b',
    before: 's:\n  a: 1\n\n  b: 2\n\n  c: 3\n',
    after: 's:\n  a: 1\n\n  c: 3\n',
  },
  {
    name: 'the last entry takes its collection along',
    path: 's.web.ports[0]',
    before: 's:\n  web:\n    image: w\n    ports:\n      - "1:1"\n',
    after: 's:\n  web:\n    image: w\n',
  },
  {
    name: 'refuses to empty a collection when told so',
    path: 'a.b',
    before: 'a:\n  b: 1\nc: 2\n',
    after: undefined,
    options: { emptied: 'refuse' },
  },
  { name: 'refuses to leave an empty document', path: 'a', before: 'a: 1\n', after: undefined },
  { name: 'a list item', path: 'l[1]', before: 'l:\n- a\n- b # why\n- c\n', after: 'l:\n- a\n- c\n' },
  {
    name: 'the first key behind a dash',
    path: 'l[0].a',
    before: 'l:\n  - a: 1 # one\n    b: 2\n  - c\n',
    after: 'l:\n  - b: 2\n  - c\n',
  },
  {
    name: 'refuses it when a comment stands between',
    path: 'l[0].a',
    before: 'l:\n  - a: 1\n    # two\n    b: 2\n',
    after: undefined,
  },
  {
    name: 'a later key behind a dash',
    path: 'l[0].b',
    before: 'l:\n  - a: 1\n    b: 2\n    c: 3\n',
    after: 'l:\n  - a: 1\n    c: 3\n',
  },
  { name: 'the only key behind a dash', path: 'l[0].a', before: 'l:\n  - a: 1\n  - c\n', after: 'l:\n  - c\n' },
  { name: 'in a flow mapping, first', path: 'm.a', before: 'm: {a: 1, b: 2}\n', after: 'm: {b: 2}\n' },
  { name: 'in a flow mapping, last', path: 'm.b', before: 'm: { a: 1, b: 2 }\n', after: 'm: { a: 1 }\n' },
  {
    name: 'in a flow list, middle',
    path: 'l[1]',
    before: 'l: ["a", "b", "c"] # abc\n',
    after: 'l: ["a", "c"] # abc\n',
  },
  { name: 'in a flow list with a last comma', path: 'l[1]', before: 'l: [a, b,]\n', after: 'l: [a,]\n' },
  {
    name: 'in a flow list over several lines',
    path: 'l[0]',
    before: 'l: [\n  "a",\n  "b",\n  "c"\n]\n',
    after: 'l: [\n  "b",\n  "c"\n]\n',
  },
  {
    name: 'refuses flow style with comments between',
    path: 'l[0]',
    before: 'l: [\n  a, # first\n  b\n]\n',
    after: undefined,
  },
  { name: 'the only item of a flow list', path: 's.l[0]', before: 's:\n  a: 1\n  l: [x]\n', after: 's:\n  a: 1\n' },
  { name: 'refuses what an alias needs', path: 'a', before: 'a: &x 1\nb: *x\nc: 2\n', after: undefined },
  { name: 'an anchor that nobody names', path: 'a', before: 'a: &x 1\nc: 2\n', after: 'c: 2\n' },
  { name: 'an alias itself', path: 'b', before: 'a: &x 1\nb: *x\nc: 2\n', after: 'a: &x 1\nc: 2\n' },
  {
    name: 'refuses inside of what an alias shares',
    path: 'a.k',
    before: 'a: &x\n  k: 1\n  l: 2\nb:\n  <<: *x\n',
    after: undefined,
  },
  {
    name: 'does it when told to',
    path: 'a.k',
    before: 'a: &x\n  k: 1\n  l: 2\nb:\n  <<: *x\n',
    after: 'a: &x\n  l: 2\nb:\n  <<: *x\n',
    options: { shared: 'edit' },
  },
  { name: 'refuses what came by a merge key', path: 'b.k', before: 'a: &x\n  k: 1\nb:\n  <<: *x\n', after: undefined },
  { name: 'refuses what stands behind an alias', path: 'b.k', before: 'a: &x\n  k: 1\nb: *x\n', after: undefined },
  { name: 'a literal block', path: 'a', before: 'a: |\n  x\n\n  # no comment\nb: 1\n', after: 'b: 1\n' },
  { name: 'a literal block that keeps its line breaks', path: 'a', before: 'a: |+\n  x\n\nb: 1\n', after: 'b: 1\n' },
  {
    name: 'a folded block before a comment',
    path: 's.a',
    before: 's:\n  a: >-\n    x\n    y\n\n  # b\n  b: 1\n',
    after: 's:\n  # b\n  b: 1\n',
  },
  { name: 'a text over several lines', path: 'a', before: 'a: "x\n  y"\nb: 1\n', after: 'b: 1\n' },
  {
    name: 'CRLF',
    path: 's.b',
    before: 's:\r\n  a: 1\r\n  # own\r\n  b: 2\r\n\r\n  c: 3\r\n',
    after: 's:\r\n  a: 1\r\n\r\n  c: 3\r\n',
  },
  {
    name: 'a tab in a comment',
    path: 'b',
    before: 'a: 1\t# one\tx\nb: 2\t# two\tx\nc: 3\t# three\n',
    after: 'a: 1\t# one\tx\nc: 3\t# three\n',
  },
  { name: 'the last line without a line break', path: 'b', before: 'a: 1\nb: 2', after: 'a: 1' },
  { name: 'the last line of CRLF without a line break', path: 'b', before: 'a: 1\r\n\r\nb: 2', after: 'a: 1' },
  { name: 'an earlier line where the last has no line break', path: 'a', before: 'a: 1\nb: 2', after: 'b: 2' },
  {
    name: 'beside other alphabets',
    path: 's.größe',
    before: '# 世界 🌍\ns:\n  größe: ü # ä\n  名: 1 # 🌍\n',
    after: '# 世界 🌍\ns:\n  名: 1 # 🌍\n',
  },
  { name: 'an explicit key', path: 'a', before: '? a\n: 1\nb: 2\n', after: 'b: 2\n' },
  { name: 'a key without a value', path: 'v.data', before: 'v:\n  data:\n  logs:\n', after: 'v:\n  logs:\n' },
  {
    name: 'a quoted key with dots',
    path: 'l["com.example.a"]',
    before: 'l:\n  "com.example.a": x\n  com.example.b: y\n',
    after: 'l:\n  com.example.b: y\n',
  },
  { name: 'refuses a key that is given twice', path: 'a', before: 'a: 1\na: 2\nb: 3\n', after: undefined },
  { name: 'refuses what is not well-formed', path: 'a', before: 'a: [1\nb: 2\n', after: undefined },
  {
    name: 'at the end of a file with comments behind it',
    path: 's.b',
    before: 's:\n  a: 1\n  b: 2\n# the end\n',
    after: 's:\n  a: 1\n# the end\n',
  },
];

test.each(CASES)('$name', ({ path, before, after, options }) => {
  const source = sourceOf('/a.yml', before);
  const place = placeAt(source, parsePath(path));
  const edits = place && remove(place, options);
  expect(edits && applyEdits(source, edits)).toBe(after);
});

/** Paths of all that nothing is below of; aliases are left out, which need their anchors also where they go along. */
const leavesIn = (node: LayoutNode, path: ComposePath = []): readonly ComposePath[] =>
  node.items.length === 0
    ? node.kind === 'alias'
      ? []
      : [path]
    : node.items.flatMap(({ key, value }, i) =>
        leavesIn(value, [...path, node.kind === 'mapping' ? (key?.text ?? '') : i]),
      );

/** A text after each path is removed from what the one before has left. */
const oneByOne = (text: string, paths: readonly ComposePath[], options: RemoveOptions): string =>
  paths.reduce((left, path) => {
    const source = sourceOf('/a.yml', left);
    const place = placeAt(source, path);
    const edits = place && remove(place, options);
    return edits ? applyEdits(source, edits) : left;
  }, text);

const MORE = [
  'e:\n  # one\n  A: 1\n  B: 2\n\n  # two\n  C: 3\n  D: 4\n',
  'e: {A: 1, B: 2, C: [x, y], D: 4}\nf: 1\n',
  'a: 1\n\nb: 2\n\nc: 3\n\n\nd: 4',
  's:\n  web:\n    image: w # latest\n    # ports\n    ports:\n      - "80:80"\n      - "81:81"\n  db:\n    image: d\n',
  'l:\n  - a: 1\n    b: 2\n    c: 3\n  - d: 4\n',
  'x: &x {A: 1, B: 2}\ny: *x\nz:\n  - 1\n  - 2\n',
];

test.each([...new Set([...CASES.map(({ before }) => before), ...MORE])])('together as one by one: %j', (text) => {
  const source = sourceOf('/a.yml', text);
  const [root] = layoutOf(source);
  const paths = (root ? leavesIn(root) : []).slice(0, 7).reverse();
  for (let set = 1; set < 2 ** paths.length; set += 1) {
    const chosen = paths.filter((_, i) => set & (1 << i));
    const { edits } = removeAll(chosen.flatMap((path) => placeAt(source, path) ?? []));
    expect(applyEdits(source, edits), JSON.stringify(chosen)).toBe(oneByOne(text, chosen, {}));
  }
});
