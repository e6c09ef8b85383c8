import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { run } from '../run.js';

const EVERYTHING = new URL('../../fixtures/resolve/forms/everything/compose.yml', import.meta.url);
const text = readFileSync(EVERYTHING, 'utf8');

/** A value of the file: its path for people, and its offsets. */
type Place = { readonly path: string; readonly start: number; readonly end: number };

const placesIn = (node: unknown, path: string): readonly Place[] => {
  const [start, end] = (node as Node | null)?.range ?? [];
  if (start === undefined || end === undefined) return [];
  const own = { path, start, end };
  if (isMap(node))
    return [
      own,
      ...node.items.flatMap(({ key, value }) => placesIn(value, `${path}.${isScalar(key) ? String(key.value) : '?'}`)),
    ];
  return isSeq(node) ? [own, ...node.items.flatMap((item, i) => placesIn(item, `${path}[${i}]`))] : [own];
};

/** What few attributes take. */
const WRONG = ['5', '1.5', '"zzz bad"', 'true', '[]', 'null', '[1]', '"${GO NE}"', '""', '.inf'] as const;

const errorsOf = async (compose: string): Promise<readonly string[]> => {
  const files = { 'compose.yml': compose, 'a.env': 'A=1\n', 'a.labels': 'a=b\n' };
  const { err } = await run(['config', '--quiet', 'compose.yml'], files);
  return err.split('\n').filter((line) => line.includes(' error: '));
};

test('one wrong value is one fault, wherever it stands', async () => {
  const [, ...places] = placesIn(parseDocument(text).contents, '');
  expect(places.length).toBeGreaterThan(300);
  const told: string[] = [];
  for (const [i, { path, start, end }] of places.entries()) {
    // Without its variable no value says anything; of other wrong ones a third is tried, each everywhere in turn.
    const wrongs = i % 3 === 0 ? ['"${GONE:?}"', WRONG[(i / 3) % WRONG.length]] : ['"${GONE:?}"'];
    const rest = text.slice(text[end - 1] === '\n' ? end - 1 : end);
    for (const wrong of wrongs) {
      const errors = await errorsOf(`${text.slice(0, start)}${wrong}${rest}`);
      if (errors.length > 1) told.push(`${path} = ${wrong}`, ...errors);
    }
  }
  expect(told).toEqual([]);
}, 180_000);

/** Files that are no YAML, and all that is told of them. What they seem to say has other faults. */
const HALF_READ: readonly (readonly [compose: string, errors: readonly string[]])[] = [
  [
    'services:\n  web:\n    image: nginx\n     prots: 5\n  db:\n    image: x\n    bogus: 1\n',
    [
      'compose.yml:3:12: error: A value holds another `: `. Put the value in quotes. [yaml-syntax]',
      'compose.yml:3:12: error: A key goes on over several lines. The `: ` behind it is missing. [yaml-syntax]',
    ],
  ],
  [
    'services:\n  web:\n    comand: [a\n  db:\n    prots: ["1:2"]\n',
    ['compose.yml:4:3: error: The closing ] is missing. [yaml-syntax]'],
  ],
];

test.each(HALF_READ)('what is no YAML says nothing else: %j', async (compose, errors) => {
  expect(await errorsOf(compose)).toEqual(errors);
});

test('what another file says is told beside a file that is no YAML', async () => {
  const files = { 'a.yml': 'services:\n  web: {image: [}\n', 'b.yml': 'services:\n  web: {imag: x}\n' };
  const { err } = await run(['config', '--quiet', 'a.yml', 'b.yml'], files);
  expect(err).toContain('a.yml:2:');
  expect(err).toContain('b.yml:2:9: error: services.web has no key "imag". [schema]\n');
});
