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
