import { parseDotenv } from '../resolve/dotenv.js';
import { sourceOf } from '../source/source.js';

/** What an env file assigns to a name, if it says anything. */
export const assignedIn = (text: string, name: string): string | undefined =>
  parseDotenv(sourceOf('.env', text), () => undefined, new Map()).assignments.findLast(
    (assignment) => assignment.name === name,
  )?.value;

const inDouble = (value: string): string =>
  `"${value
    .replace(/["\\$]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')}"`;

/** Ways to write a value, the plainest first. */
const NOTATIONS: readonly ((value: string) => string)[] = [(value) => value, (value) => `'${value}'`, inDouble];

/**
 * `NAME=value` as docker compose reads it back, to the character.
 * @returns undefined where no notation holds the value.
 */
export const assignmentText = (name: string, value: string): string | undefined => {
  // A plain value that a shell would read otherwise is quoted, although docker compose would not need it.
  const notations = /^[\w./:@%+,=-]*$/.test(value) ? NOTATIONS : NOTATIONS.slice(1);
  return notations
    .map((notation) => `${name}=${notation(value)}`)
    .find((line) => assignedIn(`${line}\nFOG_LINT_END=1\n`, name) === value);
};
