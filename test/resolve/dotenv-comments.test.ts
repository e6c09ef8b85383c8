import { expect, test } from 'vitest';
import { parseDotenv } from '../../src/resolve/dotenv.js';
import { sourceOf, textAt } from '../../src/source/source.js';

test.each([
  ['on lines of their own', '# a\n\n  # b\nC=1\n# d', ['# a', '# b', '# d']],
  ['behind values', 'A=1 # a\r\nB=x#no\nC="y # no" # c\nD=\'z\n# no\' # d\n', ['# a', '# c', '# d']],
  ['as far as the file can be read', '# a\nB="open\n# no\n', ['# a']],
])('comments %s', (_, text, expected) => {
  const { comments } = parseDotenv(sourceOf('/.env', text), () => undefined, new Map());
  expect(comments.map(textAt)).toEqual(expected);
});
