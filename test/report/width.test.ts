import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { PLAIN, withWidths } from '../../src/report/width.js';

test('every character that is taken to be one column wide is, alone and between others', () => {
  const characters = Array.from({ length: 0x1_0000 }, (_, code) => String.fromCharCode(code)).filter((c) =>
    PLAIN.test(c),
  );
  expect(characters.length).toBeGreaterThan(1_000);
  expect(characters.filter((c) => stringWidth(c) !== 1 || stringWidth(`a${c}b`) !== 3)).toEqual([]);
  expect(stringWidth(characters.join(''))).toBe(characters.length);
});

test.each([
  ['plain text — with “quotes”', 26],
  ['', 0],
  ['データ', 6],
  ['e\u0301', 1],
  ['👩‍👩‍👧', 2],
])('%j is %i columns wide', async (text, width) => {
  expect(await withWidths((widthOf) => `${widthOf(text)}`)).toBe(`${width}`);
});
