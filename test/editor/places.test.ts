import { expect, test } from 'vitest';
import { lineEdits } from '../../src/editor/edits.js';
import { offsetOf, pathOf, rangeOf, uriOf } from '../../src/editor/places.js';
import { sourceOf } from '../../src/source/source.js';

test.each([
  ['/a/compose.yml', 'file:///a/compose.yml'],
  ['/with space/ünï#1?.yml', 'file:///with%20space/%C3%BCn%C3%AF%231%3F.yml'],
])('%s has an address and comes back from it', (path, uri) => {
  expect(uriOf(path)).toBe(uri);
  expect(pathOf(uri)).toBe(path);
});

test.each(['untitled:Untitled-1', 'not an address', 'file:///%E0%A4%A'])('%s is no file', (uri) => {
  expect(pathOf(uri)).toBe(undefined);
});

test('positions count UTF-16 code units, whatever ends the lines', () => {
  const source = sourceOf('/a', 'a: 👋\r\nb: x\rc: é\n');
  const at = (text: string) => rangeOf({ source, start: source.text.indexOf(text), end: source.text.length }).start;
  expect(at('👋')).toEqual({ line: 0, character: 3 });
  expect(at('x')).toEqual({ line: 1, character: 3 });
  expect(at('é')).toEqual({ line: 2, character: 3 });
  expect(offsetOf(source, { line: 1, character: 3 })).toBe(source.text.indexOf('x'));
  expect(offsetOf(source, { line: 0, character: 99 })).toBe(5);
  expect(offsetOf(source, { line: 99, character: 0 })).toBe(source.text.length);
});

const applied = (text: string, after: string): { readonly result: string; readonly replaced: readonly string[] } => {
  const source = sourceOf('/a', text);
  const edits = lineEdits(source, after).map(({ range, newText }) => ({
    from: offsetOf(source, range.start),
    to: offsetOf(source, range.end),
    newText,
  }));
  const result = edits.reduceRight((now, { from, to, newText }) => now.slice(0, from) + newText + now.slice(to), text);
  return { result, replaced: edits.map(({ from, to, newText }) => `${text.slice(from, to)} -> ${newText}`) };
};

test.each([
  ['a: 1\nb: 2\nc: 3\n', 'a: 1\nb: 5\nc: 3\n', ['2 -> 5']],
  ['a: 1\nb: 2\nc: 3\nd: 4\n', 'a: 7\nb: 2\nc: 3\nd: 9\n', ['1 -> 7', '4 -> 9']],
  ['a: 1\r\nb: 2\r\n', 'a: 1\r\n', ['b: 2\r\n -> ']],
  ['a: 1', 'a: 1\nb: 2\n', [' -> \nb: 2\n']],
  ['', 'a: 1\n', [' -> a: 1\n']],
  ['a: 1\n', 'a: 1\n', []],
])('%j becomes %j by the fewest characters', (before, after, replaced) => {
  expect(applied(before, after)).toEqual({ result: after, replaced });
});
