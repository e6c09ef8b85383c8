import { expect, test } from 'vitest';
import { type Duplicate, duplicateIn } from '../../src/schema/duplicate-items.js';

type Case = { readonly name: string; readonly items: readonly unknown[]; readonly found: Duplicate | undefined };

test.each<Case>([
  { name: 'nothing twice', items: ['a', 'b', 1, true, null], found: undefined },
  { name: 'a text and the number it looks like', items: ['1', 1, 'null', null, 'true', true], found: undefined },
  { name: 'a text', items: ['a', 'b', 'a', 'c'], found: { i: 2, j: 0 } },
  { name: 'the last pair and its nearest partner', items: ['a', 'a', 'b', 'a', 'b'], found: { i: 4, j: 2 } },
  {
    name: 'mappings with other orders of keys',
    items: [
      { a: 1, b: [2] },
      { b: [2], a: 1 },
    ],
    found: { i: 1, j: 0 },
  },
  { name: 'texts that imitate structure', items: ['[1]', [1], '{"a":1}', { a: 1 }], found: undefined },
  { name: 'keys of every object', items: [{ valueOf: 1 }, { constructor: 2 }, { toString: 3 }], found: undefined },
])('$name', ({ items, found }) => {
  expect(duplicateIn(items)).toEqual(found);
});
