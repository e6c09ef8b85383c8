import type { Environment, Variable } from '../model/environment.js';
import { decode } from '../source/encoding.js';
import type { Span } from '../source/source.js';
import { type Assignment, parseDotenv } from './dotenv.js';
import { bytesOf, type FileContext } from './named-file.js';
import type { Lookup } from './template.js';

/**
 * Reads one env file and reports everything wrong with it.
 * @param earlier Variables of files read before; those of this file are added.
 * @returns Its assignments in order; undefined, with a fault, when it cannot be read.
 */
export const readEnvFile = (
  path: string,
  lookup: Lookup,
  earlier: Map<string, string>,
  context: FileContext,
  from: Span | undefined,
): readonly Assignment[] | undefined => {
  const bytes = bytesOf(path, `The env file ${path}`, from, context);
  if (!bytes) return undefined;
  const { source } = decode(path, bytes);
  const { assignments, faults, unset } = parseDotenv(source, lookup, earlier);
  for (const fault of faults) context.report({ ...fault, severity: 'error' });
  for (const { name, at: place } of unset) {
    const message = `The variable ${name} is not set and becomes an empty text.`;
    context.report({ rule: 'unset-variable', severity: 'warning', message, at: place, about: name });
  }
  return assignments;
};

/** The variables that a list of `.env` files sets, in order; references in them see `environment` first. */
export const readEnvFiles = (
  paths: readonly string[],
  environment: Environment,
  context: FileContext,
  from: Span | undefined,
): Map<string, Variable> => {
  const earlier = new Map<string, string>();
  const variables = new Map<string, Variable>();
  for (const path of paths) {
    const assignments = readEnvFile(path, (name) => environment.get(name), earlier, context, from);
    for (const { name, value, at } of assignments ?? [])
      variables.set(name, { value, source: { kind: 'env-file', at } });
  }
  return variables;
};
