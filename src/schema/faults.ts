import { BOUNDS } from '../model/bounds.js';
import type { Fault } from '../model/fault.js';
import { type ComposePath, formatPath } from '../model/path.js';
import { get, placeOfValue, type Value } from '../model/value.js';
import { listed } from '../source/listed.js';
import { nearest } from '../source/nearest.js';
import type { Span } from '../source/source.js';
import { checkOf, type WholeSchema } from './check.js';
import { type KeyTree, keyTree, knownKeys } from './key-tree.js';
import type { Check, SchemaError } from './keywords.js';

/** A schema made ready, and what its files are called in messages. */
export type CheckedSchema = {
  readonly check: Check;
  /** Known property names by place; asked for only when one is not known. */
  readonly keys: () => KeyTree;
  /** A whole file, at the start of a sentence: `A Compose file`. */
  readonly what: string;
};

/** Makes a schema ready to look for faults. */
export const checkedSchema = (schema: WholeSchema, what: string): CheckedSchema => {
  let keys: KeyTree | undefined;
  return {
    check: checkOf(schema),
    keys: () => {
      keys ??= keyTree(schema);
      return keys;
    },
    what,
  };
};

const pathOf = (instancePath: string): readonly string[] =>
  instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

/** List positions of a JSON pointer as numbers, so that the path finds its way through a Value. */
const located = (
  root: Value,
  parts: readonly string[],
): { readonly path: ComposePath; readonly value: Value | undefined } => {
  const path: (string | number)[] = [];
  let value: Value | undefined = root;
  for (const part of parts) {
    const key: string | number = value?.kind === 'sequence' ? Number(part) : part;
    path.push(key);
    value = get(value, key);
  }
  return { path, value };
};

const TYPE_NAMES: Readonly<Record<string, string | readonly string[]>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: ['true', 'false'],
  object: 'a mapping',
  array: 'a list',
  null: 'empty',
};

const typesOf = (error: SchemaError): readonly string[] => {
  const { type } = error.params;
  return Array.isArray(type) ? type.map(String) : String(type).split(',');
};

/** Whether an error is about a value's type alone, so that another branch of a choice may be the one that was meant. */
const isTypeError = (error: SchemaError): boolean => error.keyword === 'type';

const depth = (error: SchemaError): number => error.instancePath.split('/').length;

/** Errors without those that ask for one of a few texts where there is none: that the type is wrong is said, too. */
const ofRightType = (errors: readonly SchemaError[], root: Value): readonly SchemaError[] => {
  const mistyped = new Set(errors.filter(isTypeError).map(({ instancePath }) => instancePath));
  return errors.filter(({ keyword, instancePath }) => {
    if (keyword !== 'enum' || !mistyped.has(instancePath)) return true;
    const { value } = located(root, pathOf(instancePath));
    return value?.kind === 'scalar' && typeof value.value === 'string';
  });
};

/**
 * Errors worth showing: of a choice, those of the branch that the value was written for, or the types that all branches
 * together would take.
 */
const relevant = (errors: readonly SchemaError[], root: Value): readonly SchemaError[] => {
  const choices = new Set(errors.filter(({ keyword }) => keyword === 'oneOf').map(({ instancePath }) => instancePath));
  const kept = ofRightType(
    errors.filter(({ keyword }) => keyword !== 'oneOf'),
    root,
  );
  // Places that have an error inside of them, or one that is not about their own type.
  const entered = new Set<string>();
  for (const error of kept) {
    const { instancePath } = error;
    if (!isTypeError(error)) entered.add(instancePath);
    if (instancePath !== '') entered.add('');
    for (let end = instancePath.lastIndexOf('/'); end > 0; end = instancePath.lastIndexOf('/', end - 1))
      entered.add(instancePath.slice(0, end));
  }
  return kept.filter(
    (error) => !isTypeError(error) || !choices.has(error.instancePath) || !entered.has(error.instancePath),
  );
};

/** The section or service that an error is in. */
const areaOf = ({ instancePath }: SchemaError): string => instancePath.split('/', 3).join('/');

/** Errors up to the bound, those of one service together, so that what is said about a choice is the whole of it. */
const withinBound = (errors: readonly SchemaError[]): readonly SchemaError[] => {
  const last = errors[BOUNDS.faults - 1];
  const next = errors[BOUNDS.faults];
  if (!last || !next) return errors;
  if (areaOf(last) !== areaOf(next)) return errors.slice(0, BOUNDS.faults);
  const start = errors.findIndex((error) => areaOf(error) === areaOf(last));
  return errors.slice(0, start > 0 ? start : BOUNDS.faults);
};

const keyAt = (value: Value | undefined, key: string): Span | undefined =>
  value?.kind === 'mapping' ? value.entries.get(key)?.key : undefined;

/** The known key that was meant by an unknown one, among those that are not given. */
const guessFor = (error: SchemaError, root: Value, { keys }: CheckedSchema): string | undefined => {
  const { path, value } = located(root, pathOf(error.instancePath));
  const isGiven = (name: string): boolean => value?.kind === 'mapping' && value.entries.has(name);
  return nearest(
    String(error.params['additionalProperty']),
    knownKeys(keys(), path).filter((name) => !isGiven(name)),
  );
};

const unknownKey = (error: SchemaError, root: Value, schema: CheckedSchema): Fault => {
  const { keys, what } = schema;
  const { path, value } = located(root, pathOf(error.instancePath));
  const key = String(error.params['additionalProperty']);
  const at = keyAt(value, key) ?? (value && placeOfValue(value));
  const known = knownKeys(keys(), path);
  const guess = guessFor(error, root, schema);
  const where = path.length === 0 ? what : formatPath(path);
  const isName = known.length === 0;
  return {
    rule: 'schema',
    severity: 'error',
    message: isName ? `"${key}" is not allowed as a name in ${formatPath(path)}.` : `${where} has no key "${key}".`,
    ...(at ? { at } : {}),
    path: [...path, key],
    ...(guess === undefined ? {} : { help: `Did you mean "${guess}"?`, meant: [...path, guess] }),
  };
};

const describe = ([error, ...more]: readonly [SchemaError, ...SchemaError[]]): string => {
  const { params } = error;
  switch (error.keyword) {
    case 'required':
      return `must have ${listed(
        [error, ...more].map((missing) => `"${String(missing.params['missingProperty'])}"`),
        'and',
      )}.`;
    case 'enum':
      return `must be ${listed(
        (params['allowedValues'] as readonly unknown[]).map((value) => `"${String(value)}"`),
        'or',
      )}.`;
    case 'uniqueItems':
      return `gives the same item twice, at ${String(params['j'])} and ${String(params['i'])}.`;
    case 'pattern':
      return `does not match ${String(params['pattern'])}.`;
    case 'minimum':
      return `must not be below ${String(params['limit'])}.`;
    case 'minLength':
      return 'must not be empty.';
    case 'maximum':
      return `must not be above ${String(params['limit'])}.`;
    default:
      return `is not valid (${error.keyword}).`;
  }
};

const invalid = (errors: readonly [SchemaError, ...SchemaError[]], root: Value, whole: string): Fault => {
  const [first] = errors;
  const { path, value } = located(root, pathOf(first.instancePath));
  const types = [...new Set(errors.filter(isTypeError).flatMap(typesOf))].filter(
    (type) => type !== 'null' || errors.length === 1,
  );
  const what = isTypeError(first)
    ? `must be ${listed(
        types.flatMap((type) => TYPE_NAMES[type] ?? type),
        'or',
      )}.`
    : describe(errors);
  const item = first.keyword === 'uniqueItems' ? get(value, Number(first.params['i'])) : undefined;
  const parent = located(root, pathOf(first.instancePath).slice(0, -1)).value;
  const isEmpty = value?.kind === 'scalar' && value.value === null;
  const key = isEmpty || first.keyword === 'required' ? keyAt(parent, String(path.at(-1))) : undefined;
  const at = key ?? placeOfValue(item ?? value ?? root);
  return {
    rule: 'schema',
    severity: 'error',
    message: `${path.length === 0 ? whole : formatPath(path)} ${what}`,
    ...(at ? { at } : {}),
    path,
  };
};

const leftOut = (count: number, first: SchemaError | undefined, root: Value): Fault => {
  const value = located(root, pathOf(first?.instancePath ?? '')).value ?? root;
  const at = placeOfValue(value);
  const message = `The file does not follow the schema in ${count} more places, which are left out.`;
  return { rule: 'too-large', severity: 'error', message, ...(at ? { at } : {}) };
};

/** Every fault that a schema finds in a value, at the key or value concerned. */
export const faultsBy = (schema: CheckedSchema, root: Value): readonly Fault[] => {
  // Nearly every value is fine, and that is seen sooner than what is wrong with one.
  if (schema.check(root, '', undefined)) return [];
  const found: SchemaError[] = [];
  schema.check(root, '', found);
  const all = withinBound(found);
  const faults: Fault[] = [];
  // A key that is missing because it is misspelled is one fault, not two.
  const meant = new Set<string>();
  for (const error of all)
    if (error.keyword === 'additionalProperties') meant.add(`${error.instancePath} ${guessFor(error, root, schema)}`);
  const errors = relevant(all, root).filter(
    ({ keyword, instancePath, params }) =>
      keyword !== 'required' || !meant.has(`${instancePath} ${String(params['missingProperty'])}`),
  );
  const places = new Map<string, [SchemaError, ...SchemaError[]]>();
  for (const error of errors) {
    if (error.keyword === 'additionalProperties') {
      faults.push(unknownKey(error, root, schema));
      continue;
    }
    const key = isTypeError(error)
      ? error.instancePath
      : `${error.instancePath} ${error.keyword} ${error.keyword === 'required' ? '' : JSON.stringify(error.params)}`;
    const known = places.get(key);
    if (known) known.push(error);
    else places.set(key, [error]);
  }
  for (const group of [...places.values()].sort((a, b) => depth(a[0]) - depth(b[0])))
    faults.push(invalid(group, root, schema.what));
  if (all.length < found.length) faults.push(leftOut(found.length - all.length, found[all.length], root));
  return faults;
};
