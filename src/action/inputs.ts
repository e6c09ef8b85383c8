import { FORMATS, type Format } from '../cli/render.js';
import { listed } from '../source/listed.js';

/** What a workflow asks of the Action; `action.yml` describes each. */
export type Inputs = {
  /** Files, folders and patterns; none for the whole folder. */
  readonly files: readonly string[];
  readonly config: string | undefined;
  readonly failOn: string;
  /** Format of what is written to the log. */
  readonly format: Format;
  readonly sarifFile: string | undefined;
  readonly fixDiff: boolean;
  readonly workingDirectory: string;
  readonly allowNoFiles: boolean;
};

/** An input that cannot be understood; the message says which and why. */
export class InputError extends Error {
  constructor(name: string, message: string) {
    super(`input "${name}": ${message}`);
    this.name = 'InputError';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** An input as the runner hands it over. @see github.com/actions/toolkit, packages/core, getInput */
const input = (env: Environment, name: string): string => (env[`INPUT_${name.toUpperCase()}`] ?? '').trim();

/** What YAML 1.2 takes for true and false. @see github.com/actions/toolkit, packages/core, getBooleanInput */
const BOOLEANS: Readonly<Record<string, boolean>> = {
  true: true,
  True: true,
  TRUE: true,
  false: false,
  False: false,
  FALSE: false,
  '': false,
};

const booleanInput = (env: Environment, name: string): boolean => {
  const text = input(env, name);
  const value = Object.hasOwn(BOOLEANS, text) ? BOOLEANS[text] : undefined;
  if (value === undefined) throw new InputError(name, `"${text}" is neither true nor false`);
  return value;
};

const choiceInput = <T extends string>(env: Environment, name: string, choices: readonly T[], standard: T): T => {
  const text = input(env, name);
  if (text === '') return standard;
  const value = choices.find((choice) => choice === text);
  if (value === undefined) throw new InputError(name, `"${text}" is none of ${listed(choices)}`);
  return value;
};

/**
 * Reads the inputs of the Action.
 * @throws {InputError} for one that cannot be understood.
 */
export const readInputs = (env: Environment): Inputs => {
  const files = input(env, 'files')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (files.includes('-')) throw new InputError('files', 'there is no standard input to read');
  return {
    files,
    config: input(env, 'config') || undefined,
    failOn: choiceInput(env, 'fail-on', ['error', 'warning', 'info', 'never'], 'error'),
    format: choiceInput(env, 'format', FORMATS, 'pretty'),
    sarifFile: input(env, 'sarif-file') || undefined,
    fixDiff: booleanInput(env, 'fix-diff'),
    workingDirectory: input(env, 'working-directory') || '.',
    allowNoFiles: booleanInput(env, 'allow-no-files'),
  };
};
