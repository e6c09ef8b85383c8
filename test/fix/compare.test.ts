import { expect, test } from 'vitest';
import { compareProjects } from '../../src/fix/compare.js';
import { formatPath } from '../../src/model/path.js';
import type { Project } from '../../src/model/project.js';
import { mapping } from '../../src/model/value.js';
import { parse } from '../../src/parse/parse.js';
import { sourceOf } from '../../src/source/source.js';
import { plainOf } from '../plain.js';

const projectOf = (text: string): Project => {
  const [document] = parse(sourceOf('/a.yml', text)).documents;
  if (document?.root.kind !== 'mapping') throw new Error('a mapping is needed');
  const none = mapping(new Map(), document.root.origins);
  return { name: 'p', directory: '/', model: document.root, disabled: none, environment: new Map() };
};

const service = (text: string): string => `services:\n  a:\n    ${text}\n`;

const CASES: readonly (readonly [name: string, before: string, after: string, differences: readonly string[]])[] = [
  ['the same', service('image: x'), service('image: "x"'), []],
  ['keys in another order', 'a: 1\nb: 2\n', 'b: 2\na: 1\n', []],
  ['a value', service('image: x'), service('image: z'), ['services.a.image changed "x" "z"']],
  ['a value of another type', service('init: 1'), service('init: true'), ['services.a.init changed 1 true']],
  ['null and an empty mapping', 'a:\n', 'a: {}\n', ['a changed null {}']],
  ['an integer and a float', 'a: 1\n', 'a: 1.0\n', ['a changed 1 "float 1"']],
  ['fragments for aliases', 'x-a: 1\na: 1\n', 'x-b: 2\na: 1\n', []],
  ['keys', 'a: {b: 1}\n', 'a: {c: 1}\n', ['a.b removed 1', 'a.c added 1']],
  [
    'a list in order',
    service('command: [a, b]'),
    service('command: [b, a]'),
    ['services.a.command[0] removed "a"', 'services.a.command[1] added "a"'],
  ],
  [
    'a list that has one more in front',
    service('command: [a, b]'),
    service('command: [c, a, b]'),
    ['services.a.command[0] added "c"'],
  ],
  ['a list that has one less', service('dns: [a, b, c]'), service('dns: [a, c]'), ['services.a.dns[1] removed "b"']],
  ['one item of a list', service('dns: [a, b, c]'), service('dns: [a, d, c]'), ['services.a.dns[1] changed "b" "d"']],
  ['a list without an order', service('cap_add: [a, b]'), service('cap_add: [b, a]'), []],
  [
    'an item of a list without an order',
    service('cap_add: [a, b]'),
    service('cap_add: [b, c]'),
    ['services.a.cap_add[0] removed "a"', 'services.a.cap_add[1] added "c"'],
  ],
  [
    'ports, by their target',
    service('ports: [{target: 80, published: "80"}, {target: 443}]'),
    service('ports: [{target: 443}, {target: 22}, {target: 80, published: "81"}]'),
    ['services.a.ports[0].published changed "80" "81"', 'services.a.ports[1] added {"target":22}'],
  ],
  [
    'a volume under another key',
    'services: {a: {volumes: [{type: volume, source: v-1, target: /d}]}}\nvolumes: {v-1: {name: p_v-1}}\n',
    'services: {a: {volumes: [{type: volume, source: v_1, target: /d}]}}\nvolumes: {v_1: {name: p_v-1}}\n',
    [],
  ],
  [
    'another volume',
    'services: {a: {volumes: [{type: volume, source: v-1, target: /d}]}}\nvolumes: {v-1: {name: p_v-1}}\n',
    'services: {a: {volumes: [{type: volume, source: v_1, target: /d}]}}\nvolumes: {v_1: {name: p_v_1}}\n',
    [
      'services.a.volumes[0].source changed "v-1" "v_1"',
      'volumes.v-1 removed {"name":"p_v-1"}',
      'volumes.v_1 added {"name":"p_v_1"}',
    ],
  ],
  ['items given twice', service('expose: ["1", "1"]'), service('expose: ["1"]'), ['services.a.expose[1] removed "1"']],
];

test.each(CASES)('%s', (_, before, after, differences) => {
  const found = compareProjects(projectOf(before), projectOf(after)).map((difference) =>
    [
      formatPath(difference.path),
      difference.kind,
      ...('before' in difference ? [JSON.stringify(plainOf(difference.before))] : []),
      ...('after' in difference ? [JSON.stringify(plainOf(difference.after))] : []),
    ].join(' '),
  );
  expect(found).toEqual(differences);
});

test('services of inactive profiles are compared, too', () => {
  const disabled = (text: string): Project => ({ ...projectOf('name: p\n'), disabled: projectOf(text).model });
  const found = compareProjects(disabled('a: {image: x}\n'), disabled('a: {image: z}\n'));
  expect(found.map(({ path }) => formatPath(path))).toEqual(['disabled.a.image']);
});
