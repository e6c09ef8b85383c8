import { expect, test } from 'vitest';
import { oncePerRecentText } from '../../src/source/once.js';

test('what was asked about lately is not made again, and what was not is given up', () => {
  const made: string[] = [];
  const upper = oncePerRecentText(4, (text) => {
    made.push(text);
    return text.toUpperCase();
  });
  expect(['a', 'a', 'b', 'a', 'c', 'a', 'd', 'a', 'e', 'a', 'b'].map(upper).join('')).toBe('AABACADAEAB');
  expect(made.join('')).toBe('abcdeb');
});
