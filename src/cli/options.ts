import { InvalidArgumentError } from 'commander';
import { nearest } from '../source/nearest.js';

/** Adds one more value of an option that may be given several times. */
export const collect = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];

/** The examples that `--help` ends with; each is a command line without its program. */
export const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  fog-lint ${line}`.trimEnd()).join('\n')}`;

/** Words that a value can be, kept with what reads the value: shells complete them. */
export type Knowing = { readonly words: readonly string[] };

/** The same reader of a value, with the words that it can be. */
export const knowing = <A extends readonly unknown[], T>(
  read: (...given: A) => T,
  words: readonly string[],
): ((...given: A) => T) & Knowing => Object.assign((...given: A): T => read(...given), { words });

/** Reads a value that must be one of a few; an unknown one is an error that names the nearest. */
export const choice = <T extends string>(choices: readonly T[]): ((value: string) => T) & Knowing =>
  knowing((value: string): T => {
    const found = choices.find((known) => known === value);
    if (found !== undefined) return found;
    const guess = nearest(value, choices);
    throw new InvalidArgumentError(
      `${guess === undefined ? '' : `Did you mean "${guess}"? `}Allowed are ${choices.join(', ')}.`,
    );
  }, choices);

/** Reads a whole number that is not negative. */
export const wholeNumber = (value: string): number => {
  if (/^\d+$/.test(value)) return Number(value);
  throw new InvalidArgumentError('It must be a whole number.');
};
