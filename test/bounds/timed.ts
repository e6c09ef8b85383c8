import { expect } from 'vitest';
import { type RunResult, run } from '../run.js';

/**
 * What a command says, in the time that it may take.
 * @param most Seconds of the processor; each command takes less than a tenth of what it has by default.
 */
export const timed = async (
  args: readonly string[],
  files: Readonly<Record<string, string>>,
  most = 20,
): Promise<RunResult> => {
  const before = process.cpuUsage();
  const result = await run(args, files);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(most);
  return result;
};

/** The first error that a command tells. */
export const firstError = (text: string): string | undefined =>
  text.split('\n').find((line) => /(?:^|: )error: /.test(line));
