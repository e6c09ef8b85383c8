import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Parser } from 'yaml';
import { keepLayout, type LayoutNode, layoutOf } from '../../src/parse/layout.js';
import { parse, parseWhole } from '../../src/parse/parse.js';
import { readQuickly } from '../../src/parse/quick.js';
import { sourceOf } from '../../src/source/source.js';

const ROOT = join(import.meta.dirname, '..', '..');

/** Layout of a text from what the parser makes of it, and nothing else. */
const layoutByTokens = (text: string): readonly LayoutNode[] => {
  const source = sourceOf('compose.yml', text);
  keepLayout(source, [...new Parser().parse(text)]);
  return layoutOf(source);
};

/** Layout that is kept while a text is read as a whole. */
const layoutAlongside = (text: string): readonly LayoutNode[] => {
  const source = sourceOf('compose.yml', text);
  parseWhole(source, keepLayout);
  return layoutOf(source);
};

/** Reads a text in both ways, if the quick one takes it; says whether it does. */
const agrees = (text: string): boolean => {
  const source = sourceOf('compose.yml', text);
  if (!readQuickly(source)) {
    if (!/[\r\u0085\u2028\u2029]/.test(text)) expect(layoutAlongside(text)).toEqual(layoutOf(source));
    return false;
  }
  expect(parse(source)).toEqual(parseWhole(source));
  const layout = layoutByTokens(text);
  expect(layoutOf(source)).toEqual(layout);
  expect(layoutAlongside(text)).toEqual(layout);
  return true;
};

const TAKEN: Readonly<Record<string, string>> = {
  'a mapping': 'a: b\n',
  'no line break at the end': 'a:\n  b: c',
  'nothing behind the last key': 'a: b\nc:',
  'empty values': 'a:\nb:   \nc:\n\nd:\n  e:\n  f:\n',
  'lists below and beside their key': 'a:\n- b\n- c\nd:\n    - e\n    -   f: g\n        h: i\n    - j\nk: l\n',
  'plain texts': 'a: b c\nb: -1\nc: --x -y\nd: a:b#c [d] {e}\ne: 0x1f\nf: 1.50\ng: true\nh: ~\ni: 2020-01-01\nj: é“”\n',
  'quoted texts': `a: "b: # 'c'"\nb: 'c "d"'   # e\nc: ""\nd: ''\n`,
  'lists in brackets': `a: [ "b", 'c' , d,1 ]\nb: []  # none\nc:\n  - [x]\n  - {}\n`,
  comments: '# a\n\na: # b\n  # c\n  b: c # d\n  # e\n  c: d#e\n# f\n\n # g\nd: e\n# h\n\n# i\n',
  'texts with their breaks': 'a: |\n  b\n    c\n\n  d # e\n\n\nb: |-\n   x\nc:\n  - |\n   y\n  - |-\n     z\n',
  'mappings in brackets':
    'a: {b: c, d: {e: "f: g", h: [1, {i: j}]}} # k\nl: { }\nm:\n  - {n: -x, o: 8080:80}\n  - [ ]\n',
  'anchors of values': 'a: &b c\nd: &e "f" # g\nh: &i [j]\nk:\n  - &l m\nn: *b\no: *e\np: *i\nq: *l\n',
  'anchors of what stands below': 'a: &b\n  c: d\ne: &f # g\n- h\ni:\n  &j\n  k: l\nm: *b\nn: *f\no: *j # p\n',
  'anchors given again': 'a: &b c\nd: *b\ne: &b f\ng: *b\n',
  'aliases in brackets': 'a: &b c\nd: [*b, *b ]\ne: {f: *b, g: h}\n',
  'aliases of aliases': 'a: &b\n  c: d\ne: &f\n  g: *b\nh: *f\n',
  'merge keys':
    'a: &b\n  c: d\n  e: f\ng: &h {e: 1}\ni:\n  <<: *b\n  c: x\nj:\n  c: y\n  <<: [ *h , *b ] # z\nk:\n  - <<: *h\n',
  'tags of Compose':
    'a:\n  b: !reset null\n  c: !reset []\n  d: !override\n    - e\n    - &f g\n  h: !override {i: j}\n  k: *f\nl:\n  - m: !override [n] # o\n    p: q\n',
  'tags that comments speak of': 'a: !override # !reset b\n  # !override\n  c: d\n',
  'a mapping that holds nothing but what is reset': 'a:\n  b: !reset null\nc: !reset "d"\n',
  'a document with its mark': '# a\n---\n# b\nc: d\n',
  'folded texts': 'a: >\n  b\n  c\n\n  d\n    e\n    f\n\n  g\n\n\n  h\nb: >-\n  x\n\n    y\n',
};

const LEFT: Readonly<Record<string, string>> = {
  nothing: '',
  'only a comment': '# a\n',
  'a list at the root': '- a\n',
  'a text at the root': 'a\n',
  'an indented root': '  a: b\n',
  'unknown aliases': 'a: *b\n',
  'aliases above their anchor': 'a: *b\nc: &b d\n',
  'aliases inside of what they stand for': 'a: &b\n  c: *b\n',
  'aliases that hold themselves instead of what was there before': 'a: &b c\nd: &b\n  e: *b\n',
  'aliases as keys': 'a: &b c\n*b : d\n',
  'aliases that stand for too much': `${Array.from({ length: 18 }, (_, i) => `a${i}: &a${i} [${i === 0 ? '1, 2' : `*a${i - 1}, *a${i - 1}`}]`).join('\n')}\n`,
  'merge keys that take in too much': `${Array.from({ length: 18 }, (_, i) => `a${i}: &a${i}\n${i === 0 ? '  k: v' : `  x: *a${i - 1}\n  y: *a${i - 1}`}\n`).join('')}b:\n  <<: *a17\n`,
  'merge keys that take in no mapping': 'a: &b c\nd:\n  <<: *b\n',
  'merge keys with a list in block style': 'a: &b {c: d}\ne:\n  <<:\n    - *b\n',
  'merge keys given twice': 'a: &b {c: d}\ne:\n  <<: *b\n  <<: *b\n',
  'merge keys with a mapping': 'a:\n  <<: {b: c}\n',
  'anchors of keys': 'a:\n  &b c: d\n',
  'anchors of nothing': 'a: &b\nc: d\n',
  'anchors of what stands below a dash': 'a:\n  - &b\n  - c:\n',
  'anchors with other letters': 'a: &b. c\n',
  'anchors of aliases': 'a: &b c\nd: &e *b\n',
  'anchors with tags': 'a: &b !reset null\n',
  'an anchor on a line of its own, and more': 'a:\n  &b\n  # c\n  d: e\n',
  'tags of YAML': 'a: !!str 1\n',
  'tags of others': 'a: !b c\n',
  'tags without a value': 'a: !reset\nb: c\n',
  'tags of items': 'a:\n  - !reset b\n',
  'texts tagged !override': 'a: !override 5\n',
  'tags below tags': 'a: !override\n  b: !reset null\n',
  'tags below anchors': 'a: &b\n  c: !reset null\n',
  'what is reset given again': 'a:\n  b: !reset null\n  b: c\n',
  'keys in brackets given twice': 'a: {b: c, b: d}\n',
  'pairs in brackets': 'a: [b: c]\n',
  'keys in brackets without a value': 'a: {b}\n',
  'brackets inside each other without an end': `a: ${'['.repeat(50_000)}\n`,
  'several documents': 'a: b\n---\nc: d\n',
  'a directive': '%YAML 1.1\n---\na: b\n',
  'carriage returns': 'a: b\r\n',
  tabs: 'a:\tb\n',
  'control characters': 'a: \u0007\n',
  'line breaks of YAML 1.1': 'a: b\u2028c\n',
  'a byte order mark inside': 'a: \ufeffb\n',
  'texts of several lines': 'a: b\n  c\n',
  'quotes of several lines': 'a: "b\n  c"\n',
  escapes: 'a: "\\n"\n',
  'doubled quotes': "a: 'b''c'\n",
  'a text behind a quote': 'a: "b" c\n',
  'a comment without a space': 'a: "b"#c\n',
  'keys given twice': 'a: b\na: c\n',
  'keys that are no texts': 'true: a\n',
  'numbers as keys': '1: a\n',
  'quoted keys': '"a": b\n',
  'explicit keys': '? a\n: b\n',
  'lists in lists': 'a:\n  - - b\n',
  'brackets over several lines': 'a: [b,\n  c]\n',
  'a comma at the end': 'a: [b,]\n',
  'empty items': 'a:\n  -\n  - b\n',
  'a mapping as a text': 'a: b: c\n',
  'a key as a text': 'a: b:\n',
  'a line that fits nowhere': 'a:\n    b: c\n  d: e\n',
  'a mapping below a text': 'a: b\n  c: d\n',
  'a list beside keys': 'a: b\n- c\n',
  'a key beside items': 'a:\n  - b\n  c: d\n',
  'comments that belong to a value': 'a:\n  b: c\n  # d\ne: f\n',
  'comments at the end that are indented': 'a: b\n  # c\n',
  'comments of an empty value': 'a: # b\nc: d\n',
  'comments below an empty value': 'a:\n# b\nc: d\n',
  'indentation that is given': 'a: |2\n   b\n',
  'breaks that are kept': 'a: |+\n  b\n\n',
  'a header with a comment': 'a: | # b\n  c\n',
  'a block text that starts with empty lines': 'a: |\n\n  b\n',
  'an empty block text': 'a: |\nb: c\n',
  'white space in a block text': 'a: |\n  b\n    \n  c\n',
  'reserved characters': 'a: @b\n',
  'words below a key': 'a:\n  b\n',
  'a depth that might be too much': `${Array.from({ length: 150 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')}\n`,
  'a length that might be too much': `a: ${'b'.repeat(200_000)}\n`,
};

describe('what most files are made of', () => {
  it.each(Object.entries(TAKEN))('is read quickly, and as by the whole reader: %s', (_, text) => {
    expect(agrees(text)).toBe(true);
  });

  it.each(Object.entries(LEFT))('is not: %s', (_, text) => {
    expect(readQuickly(sourceOf('compose.yml', text))).toBeUndefined();
  });

  it('is in the files of the worked example', () => {
    const folder = join(ROOT, 'fixtures', 'fog-compute', 'before');
    const files = readdirSync(folder).filter((name) => /^docker-compose.*\.yml$/.test(name));
    expect(files.map((name) => agrees(readFileSync(join(folder, name), 'utf8')))).toEqual([true, true, true]);
  });
});

/** Compose files below a folder. */
const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));

/** Folders of files that both readers are held against each other on, and the least share that is read quickly. */
const SETS: readonly (readonly [string, number])[] = [
  ['fixtures', 0.3],
  ['../shared/corpus/wild', 0.5],
  ['../shared/oracle/cases', 0.2],
];

it.each(SETS.filter(([folder]) => existsSync(join(ROOT, folder))))('both readers agree on %s', (folder, least) => {
  const taken = filesBelow(join(ROOT, folder)).map((path) => agrees(readFileSync(path, 'utf8')));
  expect(taken.filter(Boolean).length / taken.length).toBeGreaterThan(least);
});

/** Parts that lines are made of, those that only YAML as a whole knows among them. */
const PARTS = [
  ...['a', 'b', 'key', 'x-y', 'a: ', 'b:', 'c: ', 'a:b', '- ', '-', '-x', '  ', ' ', ' # c', '#c', '"q"', "'s'", '""'],
  ...[
    '[a, "b"]',
    '[]',
    '{}',
    '|',
    '>',
    '|-',
    '>-',
    '>+',
    'true',
    '12',
    '1.5',
    '~',
    '&a ',
    '&a',
    '*a',
    '<<: *a',
    '!reset ',
    '!override',
    '{a: b}',
    '!t ',
    '? ',
    ': ',
    ',',
  ],
];

const line = fc
  .tuple(fc.integer({ min: 0, max: 3 }), fc.array(fc.constantFrom(...PARTS), { maxLength: 3 }))
  .map(([indent, parts]) => `${'  '.repeat(indent)}${parts.join('')}`);

/** Lines that are likely to be read quickly. */
const likely = fc
  .tuple(
    fc.integer({ min: 0, max: 3 }),
    fc.constantFrom('', '', '- ', '# '),
    fc.constantFrom('a:', 'b: ', 'c: ', 'd:', 'e: ', '', '<<: ', 'f: &a ', 'g: &b ', 'h: !override ', '&a'),
    fc.constantFrom(
      '',
      '',
      'x',
      '"y"',
      'z w',
      ' # c',
      '[a]',
      '|',
      '>-',
      '{}',
      'x # c',
      '*a',
      '*b',
      '[*a, *b]',
      '{a: *b}',
    ),
  )
  .map(([indent, dash, key, value]) => `${'  '.repeat(indent)}${dash}${key}${value}`);

const text = fc
  .tuple(
    fc.array(fc.oneof({ weight: 3, arbitrary: likely }, { weight: 1, arbitrary: line }), { maxLength: 9 }),
    fc.constantFrom('', '\n', '\n\n'),
  )
  .map(([lines, end]) => `${lines.join('\n')}${end}`);

it('both readers agree on any text that the quick one takes', () => {
  let taken = 0;
  fc.assert(
    fc.property(text, (some) => {
      // A key at the root, so that more is taken.
      if (agrees(`r:\n${some}`)) taken += 1;
      if (agrees(some)) taken += 1;
    }),
    { numRuns: 5_000 },
  );
  expect(taken).toBeGreaterThan(50);
});
