import { InvalidArgumentError } from 'commander';
import { nearest } from '../source/nearest.js';

/** Adds one more value of an option that may be given several times. */
export const collect = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];

/** The examples that `--help` ends with; each is a command line without its program. */
export const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  fog-lint ${line}`.trimEnd()).join('\n')}`;

/** Reads a value that must be one of a few; an unknown one is an error that names the nearest. */
export const choice =
  <T extends string>(choices: readonly T[]) =>
  (value: string): T => {
    const found = choices.find((known) => known === value);
    if (found !== undefined) return found;
    const guess = nearest(value, choices);
    throw new InvalidArgumentError(
      `${guess === undefined ? '' : `Did you mean "${guess}"? `}Allowed are ${choices.join(', ')}.`,
    );
  };

/** Reads a whole number that is not negative. */
export const wholeNumber = (value: string): number => {
  if (/^\d+$/.test(value)) return Number(value);
  throw new InvalidArgumentError('It must be a whole number.');
};
