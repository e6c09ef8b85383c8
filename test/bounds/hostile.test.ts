import { describe, expect, test } from 'vitest';
import { FILE_CASES } from './file-cases.js';
import { service } from './hostile.js';
import { MODEL_CASES } from './model-cases.js';
import { firstError, timed } from './timed.js';
import { VARIABLE_CASES } from './variable-cases.js';
import { YAML_CASES } from './yaml-cases.js';

const CASES = Object.entries({ ...YAML_CASES, ...VARIABLE_CASES, ...MODEL_CASES, ...FILE_CASES });

describe.each(CASES)('%s', (_, { files: make, fault, found, failure }) => {
  const files = make();

  test('config', async () => {
    const { code, err } = await timed(['config', '--quiet'], files);
    // Behind the message it says what to do, where there is something to say.
    const told = firstError(err)?.slice(0, fault?.lastIndexOf(' ['));
    expect([code, told]).toEqual(fault === undefined ? [0, undefined] : [1, fault.slice(0, fault.lastIndexOf(' ['))]);
  });

  test('lint', async () => {
    const { code, out, err } = await timed(['--format', 'compact'], files);
    if (failure !== undefined) expect([code, err.slice(0, failure.length)]).toEqual([2, failure]);
    // Each command tells of several faults in an order of its own.
    else if (fault !== undefined) expect([err, out.split('\n').includes(fault)]).toEqual(['', true]);
    else expect([err, firstError(out)]).toEqual(['', found]);
  });
});

test('a file beyond a bound, with a tag behind it, has one fault', async () => {
  const files = {
    'compose.yml': `x-0: &a [${'b,'.repeat(9000)}]\nx-1: [${'*a,'.repeat(15)}]\n${service('    command: !reset null\n')}`,
  };
  const fault = 'compose.yml:2:37: error: The file holds more than 100000 values once its aliases are expanded.';
  const { err } = await timed(['config', '--quiet'], files);
  expect(err).toBe(`${fault} Split the file, or check for aliases that contain aliases. [too-large]\n`);
  const { out } = await timed(['--format', 'compact'], files);
  expect(out).toBe(`${fault} [too-large]\nFound 1 problem (1 error) in 1 file.\n`);
});
