import type { Environment } from '../model/environment.js';
import type { Fault } from '../model/fault.js';
import { placeOfValue, type Scalar } from '../model/value.js';
import type { ParsedDocument } from '../parse/parse.js';
import { basename } from '../source/path.js';
import type { LoadOptions, ReadFile } from './load.js';
import { substitute } from './template.js';

/** A name as docker compose cleans it: lower case, without other characters, starting with a letter or a digit. */
export const normaliseProjectName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');

/** Whether a name may be given with `-p` or `COMPOSE_PROJECT_NAME`. */
export const isValidProjectName = (name: string): boolean => normaliseProjectName(name) === name;

/** What is wrong with a project name. */
export const invalidProjectName = (name: string): Fault => ({
  rule: 'schema',
  severity: 'error',
  message: `"${name}" is not a project name: lower-case letters, digits, "-" and "_" are allowed, and a letter or a digit first.`,
});

type Named = { readonly name: string; readonly fault?: Fault };

/** The `name:` of a document, when it has one that is not empty. */
const nameIn = (document: ParsedDocument): Scalar | undefined => {
  const value = document.root.kind === 'mapping' ? document.root.entries.get('name')?.value : undefined;
  return value?.kind === 'scalar' && value.value !== null && value.value !== '' ? value : undefined;
};

const interpolated = (value: Scalar, environment: Environment): Named => {
  const done = substitute(String(value.value), (name) => environment.get(name));
  if (!done.fault) return { name: done.text };
  const at = placeOfValue(value);
  const message = 'The project name cannot be interpolated.';
  return { name: '', fault: { rule: 'invalid-interpolation', severity: 'error', message, ...(at ? { at } : {}) } };
};

/** What decides about a project's name. */
export type NameSource = {
  readonly files: readonly string[];
  readonly directory: string;
  readonly environment: Environment;
  readonly projectName: string | undefined;
};

/**
 * The project's name: the one given from outside, else the last `name:` in the files, else the folder's.
 * @see compose-spec 04-version-and-name.md; compose-go loader/loader.go, projectName; cli/options.go
 */
export const projectName = (
  source: NameSource,
  options: Pick<LoadOptions, 'interpolate' | 'normalize'>,
  read: ReadFile,
): Named => {
  const given = source.projectName;
  if (given !== undefined && given !== '')
    return isValidProjectName(given)
      ? { name: given }
      : { name: normaliseProjectName(given), fault: invalidProjectName(given) };
  const documents = source.files.map((path) => read(path, () => undefined)?.documents ?? []);
  const last = documents
    .flat()
    .map(nameIn)
    .findLast((value) => value !== undefined);
  const fromFolder = normaliseProjectName(basename(source.directory));
  if (!last) return { name: fromFolder };
  const written = options.interpolate ? interpolated(last, source.environment) : { name: String(last.value) };
  const name = options.normalize ? normaliseProjectName(written.name) : written.name;
  // Only a name in a first document keeps the folder's from being used.
  const isNamed = documents.some(([first]) => first !== undefined && nameIn(first) !== undefined);
  return { ...written, name: name !== '' || isNamed ? name : fromFolder };
};
