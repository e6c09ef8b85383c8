import { expect, test } from 'vitest';
import { type Data, data } from '../../../src/lint/edits/content.js';
import type { InsertOptions } from '../../../src/lint/edits/insert.js';
import { insertAt } from '../../../src/lint/edits/insert-at.js';
import { parsePath } from '../../../src/model/path.js';
import { applyEdits } from '../../../src/source/edit.js';
import { sourceOf } from '../../../src/source/source.js';

type Case = {
  readonly name: string;
  readonly before: string;
  /** Path of the new entry; one that ends with `[]` takes the value as a new item. */
  readonly path: string;
  readonly value: Data;
  readonly after: string | undefined;
  readonly options?: InsertOptions;
};

const ORDER = ['image', 'command', 'ports', 'healthcheck', 'networks'];

const CASES: readonly Case[] = [
  {
    name: 'at the end of a mapping',
    before: 'a:\n  x: 1\nb: 2\n',
    path: 'a.z',
    value: 2,
    after: 'a:\n  x: 1\n  z: 2\nb: 2\n',
  },
  {
    name: 'behind the comments of the last entry',
    before: 'a:\n  x:\n    - 1\n    # more\n# b\nb: 2\n',
    path: 'a.z',
    value: 2,
    after: 'a:\n  x:\n    - 1\n    # more\n  z: 2\n# b\nb: 2\n',
  },
  {
    name: 'in the conventional order',
    before: 's:\n  image: i # pinned\n\n  networks: [n]\n',
    path: 's.ports',
    value: ['80:80'],
    options: { order: ORDER },
    after: 's:\n  image: i # pinned\n\n  ports:\n    - 80:80\n\n  networks: [n]\n',
  },
  {
    name: 'in front of the first one, above its comment',
    before: 's:\n  # where\n  networks: [n]\n',
    path: 's.image',
    value: 'x:1',
    options: { order: ORDER },
    after: 's:\n  image: x:1\n  # where\n  networks: [n]\n',
  },
  {
    name: 'in front of the first key behind a dash',
    before: 'l:\n  - networks: [n]\n    x: 1\n',
    path: 'l.0.image',
    value: 'i',
    options: { order: ORDER },
    after: undefined,
  },
  {
    name: 'a mapping with a list on one line',
    before: 's:\n  image: i\n',
    path: 's.healthcheck',
    value: { test: ['CMD', 'curl', '-f'], interval: '30s', retries: 3 },
    after: 's:\n  image: i\n  healthcheck:\n    test: ["CMD", "curl", "-f"]\n    interval: 30s\n    retries: 3\n',
  },
  {
    name: 'with the indentation of the file',
    before: 's:\n    web:\n        image: i\n        ports:\n            - "1:1"\n',
    path: 's.web.environment',
    value: { A: 'b', C: ['d'] },
    after:
      's:\n    web:\n        image: i\n        ports:\n            - "1:1"\n        environment:\n            A: b\n            C:\n                - d\n',
  },
  {
    name: 'a list where the file does not indent dashes',
    before: 's:\n  l:\n  - a\n',
    path: 's.m',
    value: ['b', { c: 1, d: 2 }],
    after: 's:\n  l:\n  - a\n  m:\n  - b\n  - c: 1\n    d: 2\n',
  },
  {
    name: 'set apart by blank lines, as the others are',
    before: 's:\n  a: 1\n\n  # b\n  b: 2\n',
    path: 's.c',
    value: { x: 1 },
    after: 's:\n  a: 1\n\n  # b\n  b: 2\n\n  c:\n    x: 1\n',
  },
  {
    name: 'behind a last line without a line break',
    before: 'a:\n  x: 1',
    path: 'a.z',
    value: 2,
    after: 'a:\n  x: 1\n  z: 2',
  },
  {
    name: 'refuses behind a block scalar that is open at the end',
    before: 'a:\n  x: |\n    t',
    path: 'a.z',
    value: 2,
    after: undefined,
  },
  {
    name: 'behind a block scalar',
    before: 'a:\n  x: |\n    t\n\nb: 1\n',
    path: 'a.z',
    value: 2,
    after: 'a:\n  x: |\n    t\n  z: 2\n\nb: 1\n',
  },
  {
    name: 'behind a block scalar that keeps its line breaks',
    before: 'a:\n  x: |+\n    t\n\nb: 1\n',
    path: 'a.z',
    value: 2,
    after: 'a:\n  x: |+\n    t\n\n  z: 2\nb: 1\n',
  },
  {
    name: 'with CRLF',
    before: 'a:\r\n  x: 1\r\n',
    path: 'a.z',
    value: ['w'],
    after: 'a:\r\n  x: 1\r\n  z:\r\n    - w\r\n',
  },
  {
    name: 'into a key without a value',
    before: 'volumes: # none yet\nb: 1\n',
    path: 'volumes.data',
    value: null,
    after: 'volumes: # none yet\n  data:\nb: 1\n',
  },
  {
    name: 'into an empty flow mapping',
    before: 'a:\n  e: {} # none\nb: 1\n',
    path: 'a.e.X',
    value: 'w',
    after: 'a:\n  e: # none\n    X: w\nb: 1\n',
  },
  {
    name: 'into an empty flow list',
    before: 'a:\n  l: []\n',
    path: 'a.l.[]',
    value: 'w',
    after: 'a:\n  l:\n    - w\n',
  },
  { name: 'into a null', before: 'a:\n  e: ~\n', path: 'a.e.X', value: 'w', after: 'a:\n  e:\n    X: w\n' },
  { name: 'refuses a null with an anchor', before: 'a:\n  e: &e\n', path: 'a.e.X', value: 'w', after: undefined },
  { name: 'into an empty root', before: '{}\n', path: 'a.b', value: 1, after: 'a:\n  b: 1\n' },
  {
    name: 'into an empty file',
    before: '',
    path: 'services.web.ports.[]',
    value: '80:80',
    after: 'services:\n  web:\n    ports:\n      - 80:80\n',
  },
  { name: 'below the comments of a file', before: '# later\n', path: 'a.b', value: 1, after: '# later\na:\n  b: 1\n' },
  { name: 'into a flow mapping', before: 'm: {a: 1}\n', path: 'm.b', value: 'x, y', after: 'm: {a: 1, b: "x, y"}\n' },
  {
    name: 'into a flow mapping in order',
    before: 'm: { ports: [] }\n',
    path: 'm.image',
    value: 'i',
    options: { order: ORDER },
    after: 'm: { image: i, ports: [] }\n',
  },
  {
    name: 'into an empty flow mapping inside of another',
    before: 'm: {a: {}}\n',
    path: 'm.a.b',
    value: 1,
    after: 'm: {a: { b: 1 }}\n',
  },
  {
    name: 'into a flow list, quoted as the others',
    before: 'l: ["a", "b"] # x\n',
    path: 'l.[]',
    value: 'c',
    after: 'l: ["a", "b", "c"] # x\n',
  },
  {
    name: 'into a flow list with a last comma',
    before: 'l: [a, b,]\n',
    path: 'l.[]',
    value: 'c',
    after: 'l: [a, b, c,]\n',
  },
  {
    name: 'into a flow list over several lines',
    before: 'l: [\n    "a",\n    "b"\n  ]\n',
    path: 'l.[]',
    value: 'c',
    after: 'l: [\n    "a",\n    "b",\n    "c"\n  ]\n',
  },
  {
    name: 'refuses flow style with comments',
    before: 'l: [\n  a, # first\n  b\n]\n',
    path: 'l.[]',
    value: 'c',
    after: undefined,
  },
  {
    name: 'an item behind a mapping',
    before: 'l:\n  - a: 1\n    b: 2\n  # c\nm: 1\n',
    path: 'l.[]',
    value: { a: 3, b: [4] },
    after: 'l:\n  - a: 1\n    b: 2\n  - a: 3\n    b:\n      - 4\n  # c\nm: 1\n',
  },
  {
    name: 'with a comment',
    before: 'a:\n  x: 1\n',
    path: 'a.z',
    value: 2,
    options: { comment: ['why', '', 'so'] },
    after: 'a:\n  x: 1\n  # why\n  #\n  # so\n  z: 2\n',
  },
  {
    name: 'texts that need quotes',
    before: 'a:\n  x: 1\n',
    path: 'a.z',
    value: {
      a: 'yes',
      b: '1',
      c: '',
      d: ' x',
      e: '- z',
      f: 'a: b',
      g: 'a #b',
      h: '*x',
      i: "it's",
      j: 'say "x": 1',
      k: 'l\nm',
      l: '22:22',
      m: '2020-01-01',
      aa: 'null',
      o: '${X:-y}',
      p: 'http://h:1/p',
      q: '@x',
      r: '0x1F',
      s: '#',
      t: 'x:',
    },
    after: `a:
  x: 1
  z:
    a: "yes"
    b: "1"
    c: ""
    d: " x"
    e: "- z"
    f: "a: b"
    g: "a #b"
    h: "*x"
    i: it's
    j: 'say "x": 1'
    k: "l\\nm"
    l: "22:22"
    m: "2020-01-01"
    aa: "null"
    o: \${X:-y}
    p: http://h:1/p
    q: "@x"
    r: "0x1F"
    s: "#"
    t: "x:"
`,
  },
  { name: 'refuses a key that is there', before: 'a:\n  x: 1\n', path: 'a.x', value: 2, after: undefined },
  {
    name: 'refuses what an alias shares',
    before: 'a: &x\n  k: 1\nb:\n  <<: *x\n',
    path: 'a.l',
    value: 2,
    after: undefined,
  },
  {
    name: 'refuses a list that overrides',
    before: 'a:\n  l: !override\n    - x\n',
    path: 'a.l.[]',
    value: 'w',
    after: undefined,
  },
  {
    name: 'beside a merge key',
    before: 'a: &x\n  k: 1\nb:\n  <<: *x\n',
    path: 'b.l',
    value: 2,
    after: 'a: &x\n  k: 1\nb:\n  <<: *x\n  l: 2\n',
  },
  {
    name: 'refuses behind a merge key',
    before: 'a: &x\n  k: 1\nb:\n  <<: *x\n',
    path: 'b.l.m',
    value: 2,
    after: undefined,
  },
  { name: 'refuses behind an alias', before: 'a: &x\n  k: 1\nb: *x\n', path: 'b.l', value: 2, after: undefined },
  { name: 'refuses a list for an entry', before: 'a:\n  - x\n', path: 'a.b', value: 1, after: undefined },
  { name: 'refuses a scalar', before: 'a: x\n', path: 'a.b', value: 1, after: undefined },
  {
    name: 'into a document behind a mark',
    before: '---\n# one\na:\n  b: 1\n',
    path: 'a.c',
    value: 2,
    after: '---\n# one\na:\n  b: 1\n  c: 2\n',
  },
  {
    name: 'makes what is missing on the way in flow style',
    before: 's: {web: {image: i}}\n',
    path: 's.web.ports.[]',
    value: '80:80',
    after: 's: {web: {image: i, ports: [80:80]}}\n',
  },
  {
    name: 'makes mappings that are missing on the way in flow style',
    before: 's: {web: {}}\n',
    path: 's.db.environment.A',
    value: 'b',
    after: 's: {web: {}, db: { environment: { A: b } }}\n',
  },
  {
    name: 'makes what is missing on the way',
    before: 'services:\n  web:\n    image: i\n',
    path: 'services.db.environment.A',
    value: 'b',
    after: 'services:\n  web:\n    image: i\n  db:\n    environment:\n      A: b\n',
  },
];

test.each(CASES)('$name', ({ before, path, value, after, options }) => {
  const source = sourceOf('/a.yml', before);
  const isItem = path.endsWith('.[]');
  const keys = parsePath(path.replace(/\.\[\]$/, ''));
  const edits = insertAt(source, keys, isItem ? 'item' : 'entry', data(value), options);
  expect(edits && applyEdits(source, edits)).toBe(after);
});
