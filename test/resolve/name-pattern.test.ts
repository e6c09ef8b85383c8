import { expect, test } from 'vitest';
import { nameMatcher } from '../../src/resolve/name-pattern.js';
import { run } from '../run.js';

const NAMES = ['ab', 'a.b', 'web'];

/** Answers of docker compose 2.40 to `config --no-consistency <pattern>`. */
test.each<[string, readonly string[]]>([
  ['ab', ['ab']],
  ['[z-a]', []],
  ['[a-z]b', ['ab']],
  ['[^x]b', ['ab']],
  ['a?', ['ab']],
  ['*b', ['ab', 'a.b', 'web']],
  ['[', []],
  ['[]', []],
  ['[a-]', []],
  ['\\a\\b', ['ab']],
  ['a\\', []],
  ['[\\a]b', ['ab']],
  ['a[b', []],
  ['[-a]', []],
  ['x*', []],
  ['*a*b*', ['ab', 'a.b']],
  ['a[^-z]b', []],
  ['[a-c-e]b', []],
  ['[^]b', []],
  ['w[a-f]?', ['web']],
  ['ab*[', []],
  ['**', ['ab', 'a.b', 'web']],
])('%s means the names that docker compose chooses', (pattern, meant) => {
  expect(NAMES.filter(nameMatcher(pattern))).toEqual(meant);
});

test('a star cannot be slashed', () => {
  expect(['a/b', 'ab'].filter(nameMatcher('a*b'))).toEqual(['ab']);
});

test('a pattern of many stars takes no long time, and one that is not valid ends no run', async () => {
  const pattern = `${'*a'.repeat(400)}b`;
  const name = 'a'.repeat(1000);
  const text = `services:\n  web:\n    image: a:1\n    depends_on: ["${pattern}", "[z-a]"]\n  ${name}:\n    image: a:1\n`;
  const { code, err } = await run(['config', '--service', 'web'], { 'compose.yml': text });
  expect([code, err]).toEqual([
    1,
    `compose.yml:4:18: error: The service "web" depends on "${pattern}", which is not defined. [undefined-reference]\n` +
      'compose.yml:4:823: error: The service "web" depends on "[z-a]", which is not defined. [undefined-reference]\n',
  ]);
});
