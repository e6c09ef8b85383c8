import { describe, expect, test } from 'vitest';
import { placeAt, placeAtSpan } from '../../../src/lint/edits/place.js';
import { renameKey, replaceParts, replaceScalar, type ScalarContent } from '../../../src/lint/edits/replace.js';
import { parsePath } from '../../../src/model/path.js';
import { applyEdits, type TextEdit } from '../../../src/source/edit.js';
import { type Source, sourceOf } from '../../../src/source/source.js';

const result = (source: Source, edits: readonly TextEdit[] | undefined): string | undefined =>
  edits && applyEdits(source, edits);

describe('replaceScalar', () => {
  const CASES: readonly (readonly [
    name: string,
    before: string,
    path: string,
    ScalarContent,
    after: string | undefined,
  ])[] = [
    ['a plain text', 'a: b # c\n', 'a', 'd', 'a: d # c\n'],
    ['a plain text by one that needs quotes', 'a: b\n', 'a', 'yes', 'a: "yes"\n'],
    ['a plain text by a value', 'a: yes\n', 'a', true, 'a: true\n'],
    ['a number by a number', 'a: 0777\r\nb: 1\r\n', 'a', 511, 'a: 511\r\nb: 1\r\n'],
    ['in double quotes', 'a: "b"\n', 'a', 'say "x"\\\n', 'a: "say \\"x\\"\\\\\\n"\n'],
    ['in single quotes', "a: 'b'\n", 'a', "it's", "a: 'it''s'\n"],
    ['in single quotes by what they cannot hold', "a: 'b'\n", 'a', 'x\ny', 'a: "x\\ny"\n'],
    ['in flow style', 'a: [b, c]\n', 'a[0]', '${X}', 'a: ["${X}", c]\n'],
    ['a text with an anchor', 'a: &x b\nc: *x\n', 'a', 'd', 'a: &x d\nc: *x\n'],
    ['behind a dash', '- a # 世界\n- b\n', '[0]', 'ü', '- ü # 世界\n- b\n'],
    ['refuses an alias', 'a: &x b\nc: *x\n', 'c', 'd', undefined],
    ['refuses a tagged text', 'a: !!str 1\n', 'a', 'd', undefined],
    ['refuses a block scalar', 'a: |\n  b\n', 'a', 'd', undefined],
    ['refuses a text over several lines', 'a: b\n  c\n', 'a', 'd', undefined],
    ['refuses a mapping', 'a: {b: c}\n', 'a', 'd', undefined],
  ];
  test.each(CASES)('%s', (_, before, path, content, after) => {
    const source = sourceOf('/a.yml', before);
    const place = placeAt(source, parsePath(path));
    expect(result(source, place && replaceScalar(place, content))).toBe(after);
  });
});

describe('replaceParts replaces every `secret` by ${PW}', () => {
  const CASES: readonly (readonly [name: string, before: string, after: string | undefined])[] = [
    ['in a plain text', 'a: postgres://u:secret@h/d # x\n', 'a: postgres://u:${PW}@h/d # x\n'],
    ['in double quotes', 'a: "u:secret"\n', 'a: "u:${PW}"\n'],
    ['in single quotes, twice', "a: 'secret:secret'\n", "a: '${PW}:${PW}'\n"],
    ['all of a text in quotes', 'a: "secret"\n', 'a: "${PW}"\n'],
    ['in a literal block', 'a: |\n  x=secret\n', 'a: |\n  x=${PW}\n'],
    ['in a plain text over several lines', 'a: x\n  secret\n', 'a: x\n  ${PW}\n'],
    ['in a plain text in flow style', 'a: [-p, secret, "secret"]\n', 'a: [-p, "${PW}", "${PW}"]\n'],
    ['in several scalars', 'a: secret\nb: [secret]\nc:\n  - K=secret\n', 'a: ${PW}\nb: ["${PW}"]\nc:\n  - K=${PW}\n'],
    ['refuses a tagged text', 'a: !!str secret\n', undefined],
    ['refuses comments', 'a: b # secret\n', undefined],
  ];
  test.each(CASES)('%s', (_, before, after) => {
    const source = sourceOf('/a.yml', before);
    const parts = [...before.matchAll(/secret/g)].map(({ index }) => ({
      at: { source, start: index, end: index + 6 },
      text: '${PW}',
    }));
    expect(result(source, replaceParts(parts))).toBe(after);
  });
});

describe('renameKey', () => {
  const CASES: readonly (readonly [
    name: string,
    before: string,
    path: string,
    to: string,
    after: string | undefined,
  ])[] = [
    ['a key', 'v:\n  a-b: # x\n    name: n\n', 'v.a-b', 'a_b', 'v:\n  a_b: # x\n    name: n\n'],
    ['a key in quotes', "v:\n  'a-b' : 1\n", 'v.a-b', 'a_b', "v:\n  'a_b' : 1\n"],
    ['a key in flow style', 'v: {a-b: , c: 1}\n', 'v.a-b', 'a_b', 'v: {a_b: , c: 1}\n'],
    ['a key with an anchor', 'v:\n  &k a-b: 1\n', 'v.a-b', 'a_b', 'v:\n  &k a_b: 1\n'],
    ['a name that needs quotes', 'v:\n  a: 1\n', 'v.a', 'no', 'v:\n  "no": 1\n'],
    ['refuses a name that is there', 'v:\n  a: 1\n  b: 2\n', 'v.a', 'b', undefined],
    ['refuses a list item', 'v: [a]\n', 'v[0]', 'b', undefined],
  ];
  test.each(CASES)('%s', (_, before, path, to, after) => {
    const source = sourceOf('/a.yml', before);
    const place = placeAt(source, parsePath(path));
    expect(result(source, place && renameKey(place, to))).toBe(after);
  });
});

test('placeAtSpan tells a key, a mapping and a scalar that start at the same place', () => {
  const source = sourceOf('/a.yml', 's:\n  web:\n    image: x\n    l: [a]\n');
  const at = (text: string, trailing = 0) => {
    const start = source.text.indexOf(text);
    return placeAtSpan({ source, start, end: start + text.length + trailing })?.steps.map(({ item }) => item.key?.text);
  };
  expect(at('web')).toEqual(['s', 'web']);
  expect(at('web:\n    image: x\n    l: [a]', 1)).toEqual(['s']);
  expect(at('image: x\n    l: [a]')).toEqual(['s', 'web']);
  expect(at('image')).toEqual(['s', 'web', 'image']);
  expect(at('x')).toEqual(['s', 'web', 'image']);
});
