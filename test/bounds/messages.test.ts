import { expect, test } from 'vitest';
import { BOUNDS } from '../../src/model/bounds.js';
import { run } from '../run.js';

const RED = '\\u001b[31m';
const NAMES = {
  'compose.yml': `services:\n  "a${RED}":\n    image: "example/a:1"\n    env_file: "no${RED}.env\\u2028x\\n"\n`,
};
const FORMATS = ['compact', 'pretty', 'json', 'sarif', 'github', 'gitlab', 'junit', 'checkstyle', 'rdjson', 'markdown'];

/** A line of the longest format: the place, the message, the help, the link, each in no more than their bounds. */
const MOST = 6 * BOUNDS.messageLength;

test.each(FORMATS)('no control character of a name, a value or a line is passed on: %s', async (format) => {
  const { out, err } = await run(['--format', format], NAMES);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is looked for
  expect([out.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028]/g), err]).toEqual([null, '']);
  expect(out).toContain('u001b[31m');
});

test.each(['config', 'explain'])('no control character of a name is passed on: %s', async (command) => {
  const { err } = await run([command, ...(command === 'explain' ? ['services'] : []), 'compose.yml'], NAMES);
  expect(err.split('\n')[0]).toBe(
    'compose.yml:2:3: error: "a\\u001b[31m" is not allowed as a name in services. [schema]',
  );
});

test('no control character of a line is passed on', async () => {
  const { out } = await run(['--format', 'pretty'], { 'compose.yml': 'services: # \u009b31m\n' });
  expect(out).toContain('1 | services: # \ufffd31m\n');
});

const LONG = {
  'compose.yml': `services:\n  a:\n    image: "example/${'B'.repeat(100_000)}"\n    ${'k'.repeat(1000)}: 1\n    ports: ["${'z'.repeat(100_000)}"]\n    env_file: ${'p'.repeat(100_000)}\n`,
};

test.each(['compact', 'pretty', 'github', 'checkstyle', 'rdjson', 'markdown'])(
  'a message that quotes a long text is cut, and says what is wrong: %s',
  async (format) => {
    const { out } = await run(['--format', format], LONG);
    expect(Math.max(...out.split('\n').map(({ length }) => length))).toBeLessThan(format === 'rdjson' ? 60_000 : MOST);
    expect(out).toContain('pp…pp');
  },
);
