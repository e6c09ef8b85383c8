import { expect, test } from 'vitest';
import { changedLinesIn } from '../../src/report/changed-lines.js';

test.each([
  ['nothing', '', []],
  [
    'lines that are changed, added at one place and removed at another',
    'diff --git a/a.yml b/a.yml\nindex 1..2 100644\n--- a/a.yml\n+++ b/a.yml\n@@ -1 +1 @@ name\n-a\n+b\n@@ -3,0 +4,2 @@\n+c\n+d\n@@ -9,2 +11,0 @@\n-e\n-f\n',
    [
      [
        '/r/a.yml',
        [
          { from: 1, to: 1 },
          { from: 4, to: 5 },
        ],
      ],
    ],
  ],
  [
    'lines that look like headers',
    '--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n--- a/b\n-@@ -1 +1 @@\n+++ b/b\n+@@ -7 +7 @@\n\\ No newline at end of file\n@@ -8 +8 @@\n-x\n+y\n',
    [
      [
        '/r/a',
        [
          { from: 1, to: 2 },
          { from: 8, to: 8 },
        ],
      ],
    ],
  ],
  ['a file that goes', '--- a/a\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n', []],
  [
    'names in quotes, and with spaces',
    '--- /dev/null\n+++ "b/\\303\\274b\\"\\t\\\\.yml"\n@@ -0,0 +1 @@\n+x\n--- /dev/null\n+++ b/a b.yml\t\n@@ -0,0 +1,3 @@\n+x\n+y\n+z\n',
    [
      ['/r/üb"\t\\.yml', [{ from: 1, to: 1 }]],
      ['/r/a b.yml', [{ from: 1, to: 3 }]],
    ],
  ],
])('%s', (_, diff, expected) => {
  expect([...changedLinesIn(diff, '/r')]).toEqual(expected);
});
