import { expect, test } from 'vitest';
import { clean } from '../../src/source/path.js';

test.each([
  ['', '.'],
  ['.', '.'],
  ['..', '..'],
  ['./', '.'],
  ['./a', 'a'],
  ['../a', '../a'],
  ['../../a/..', '../..'],
  ['a', 'a'],
  ['a/', 'a'],
  ['a//b', 'a/b'],
  ['a/./b', 'a/b'],
  ['a/../b', 'b'],
  ['a/..', '.'],
  ['a/b/..', 'a'],
  ['.env', '.env'],
  ['...', '...'],
  ['..a/b.', '..a/b.'],
  ['a/.env/..b/...', 'a/.env/..b/...'],
  ['/', '/'],
  ['//', '/'],
  ['/.', '/'],
  ['/..', '/'],
  ['/../a', '/a'],
  ['/a/', '/a'],
  ['/a/b', '/a/b'],
  ['/a/../../b', '/b'],
  ['/.git/.env', '/.git/.env'],
  ['/a\n/../b', '/b'],
])('the clean form of %j is %j, as Go has it', (path, expected) => {
  expect(clean(path)).toBe(expected);
});
