import { expect, test } from 'vitest';
import { parse } from '../../src/parse/parse.js';
import { sourceOf, textAt } from '../../src/source/source.js';

test.each([
  ['none', 'a: 1\n', []],
  ['at the ends of a file', '# a\nb: 1\n# c', ['# a', '# c']],
  ['around documents', '%YAML 1.1\n--- # a\nb: 1\n... # c\n# d\n', ['# a', '# c', '# d']],
  [
    'behind keys, values, anchors and items',
    'a: # 1\n  - &x y # 2\n  - *x # 3\nb: &z # 4\n  c: d # 5\n',
    ['# 1', '# 2', '# 3', '# 4', '# 5'],
  ],
  [
    'in flow collections',
    'a: [b, # 1\n  c # 2\n  # 3\n] # 4\nd: {e: f # 5\n  , g: h}\n',
    ['# 1', '# 2', '# 3', '# 4', '# 5'],
  ],
  ['at explicit keys', '? a # 1\n# 2\n: b # 3\n', ['# 1', '# 2', '# 3']],
  ['beside a block scalar, not in it', 'a: | # 1\n  # no\n  b # no\n# 2\nc: >- # 3\n  d\n', ['# 1', '# 2', '# 3']],
  ['not in quotes, nor without a blank before it', 'a: "b # no"\nc: \'d\n  # no\'\ne: f#no\n', []],
  ['with Windows line ends', '# a\r\nb: 1 # c\r\n', ['# a', '# c']],
  ['in a file that is not valid', 'a: [1 # x\nb: # y\n', ['# x', '# y']],
])('comments: %s', (_, text, expected) => {
  expect(parse(sourceOf('/compose.yml', text)).comments.map(textAt)).toEqual(expected);
});
