import { describe, expect, test } from 'vitest';
import { run } from '../run.js';
import { FILE_CASES } from './file-cases.js';
import { MODEL_CASES } from './model-cases.js';

/** Seconds of the processor that a command may take; each takes less than a tenth of that. */
const MOST_SECONDS = 20;

/** What a command says, in the time that it may take. */
const timed = async (args: readonly string[], files: Readonly<Record<string, string>>) => {
  const before = process.cpuUsage();
  const result = await run(args, files);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(MOST_SECONDS);
  return result;
};

/** The first error that a command tells, without what to do about it. */
const firstError = (text: string): string =>
  text.split('\n').find((line) => /^[^ ]+:\d+:\d+: error: /.test(line)) ?? 'ok';

describe.each(Object.entries({ ...MODEL_CASES, ...FILE_CASES }))('%s', (_, { files: make, config, lint, found }) => {
  const files = make();

  test('config', async () => {
    const { code, err } = await timed(['config', '--quiet'], files);
    expect([code, firstError(err)]).toEqual([config === 'ok' ? 0 : 1, config]);
  });

  test('lint', async () => {
    const { code, out, err } = await timed(['--format', 'compact'], files);
    const failure = code > 1 ? err : '';
    expect([err, failure === '' ? firstError(out) : failure]).toEqual([failure, lint ?? config]);
    if (found !== undefined) expect(out).toBe(found);
  });
});
