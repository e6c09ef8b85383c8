import { STANDARD_INPUT } from '../workspace/command-line.js';
import { RunError } from '../workspace/run-error.js';

/** What is to be done about findings. */
export type FixOptions = {
  readonly fix?: true;
  readonly unsafeFixes?: true;
  readonly diff?: true;
  /** Whether the safe part of the consolidation plan is applied, too, where the files have several roles. */
  readonly consolidates?: boolean;
};

/** Whether the run is to fix what it finds. @throws {RunError} for options that do not go together. */
export const wantsFixes = (
  paths: readonly string[],
  { fix, unsafeFixes, diff }: FixOptions,
  updatesBaseline: boolean,
): boolean => {
  const isWanted = fix === true || diff === true;
  if (unsafeFixes && !isWanted)
    throw new RunError('bad-usage', { message: '--unsafe-fixes goes with --fix or --diff' });
  if (isWanted && paths.includes(STANDARD_INPUT))
    throw new RunError('bad-usage', { message: 'standard input cannot be fixed', hint: 'Name the file.' });
  if (isWanted && updatesBaseline)
    throw new RunError('bad-usage', { message: '--update-baseline goes without --fix and --diff' });
  return isWanted;
};
