import { firstOf, listed } from '../source/listed.js';
import { basename, relative } from '../source/path.js';
import type { Cause } from './rule.js';

/** Variables that are named; more are counted. */
const MOST_NAMED = 5;

/** Why variables have no value: the env file that is not there, its example that does not name them either, and their names. */
export const lackOf = ({ of, example }: Cause, names: readonly string[], folder: string): string => {
  const file = relative(folder, of);
  const reason =
    example === undefined
      ? `as ${file} is not there`
      : `as ${file} is not there, and ${basename(example)} does not name them`;
  return `${reason}: ${listed(firstOf(names, MOST_NAMED))}`;
};

/** What to do about it; without a full stop. */
export const remedyFor = ({ of, example }: Cause, folder: string): string => {
  const file = relative(folder, of);
  return example === undefined
    ? `Write ${file} with their values, and beside it an example without them`
    : `Copy ${basename(example)} to ${file}, and name them in both`;
};
