import type { Command } from 'commander';
import { SEVERITY_RANK } from '../lint/rule.js';
import type { Tally } from '../report/counts.js';
import { choice, wholeNumber } from './options.js';

/** Levels from which on findings make the exit status 1. */
const FAIL_ON = ['error', 'warning', 'info', 'never'] as const;

/** What makes the exit status 1. */
export type FailOptions = { readonly failOn: (typeof FAIL_ON)[number]; readonly maxWarnings?: number };

/** Adds the options that say what makes the exit status 1. */
export const withFailOptions = (command: Command): Command =>
  command
    .option(
      '--fail-on <level>',
      `least level that makes the exit status 1: ${FAIL_ON.join(', ')}`,
      choice(FAIL_ON),
      'error',
    )
    .option('--max-warnings <number>', 'exit with 1 when there are more warnings', wholeNumber);

/** Whether findings make the exit status 1. */
export const isBlocking = (tally: Tally, { failOn, maxWarnings }: FailOptions): boolean => {
  if (maxWarnings !== undefined && tally.warning > maxWarnings) return true;
  if (failOn === 'never') return false;
  return (['error', 'warning', 'info'] as const).some(
    (level) => SEVERITY_RANK[level] >= SEVERITY_RANK[failOn] && tally[level] > 0,
  );
};
