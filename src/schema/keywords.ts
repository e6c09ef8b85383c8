import type { Value } from '../model/value.js';
import { duplicateIn } from './duplicate-items.js';
import { toPlain } from './plain.js';

/** JSON types of values, one bit each: a number without a fraction is of two. */
const TYPES = { string: 1, number: 2, integer: 4, boolean: 8, object: 16, array: 32, null: 64 } as const;

type TypeName = keyof typeof TYPES;

/** A JSON Schema of draft 07, as far as the schemas of fog-lint use it. */
export type Schema = {
  /** `#/definitions/<name>`, with nothing beside it. */
  readonly $ref?: string;
  readonly type?: TypeName | readonly TypeName[];
  readonly const?: string | boolean;
  readonly enum?: readonly (string | boolean)[];
  readonly oneOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: false | Schema;
  readonly items?: Schema;
  readonly uniqueItems?: boolean;
};

/** A keyword that a value does not satisfy, with the names and parameters that ajv gives to it. */
export type SchemaError = {
  /** JSON Pointer of the value. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: { readonly [name: string]: unknown };
};

/**
 * Whether a value is what a schema, or one keyword of it, says.
 * @param path JSON Pointer of the value, for errors.
 * @param found Is given every error; without it the first one ends the check.
 */
export type Check = (value: Value, path: string, found: SchemaError[] | undefined) => boolean;

/** The check of a schema inside of another one. */
export type Inner = (schema: Schema) => Check;

const below = (path: string, key: string | number, found: SchemaError[] | undefined): string =>
  found ? `${path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}` : path;

/** All of several checks. */
export const every =
  (checks: readonly Check[]): Check =>
  (value, path, found) => {
    let isFine = true;
    for (const check of checks) {
      if (check(value, path, found)) continue;
      if (!found) return false;
      isFine = false;
    }
    return isFine;
  };

/** A check that needs the value only. */
const fact =
  (keyword: string, params: SchemaError['params'], isFine: (value: Value) => boolean): Check =>
  (value, path, found) => {
    if (isFine(value)) return true;
    found?.push({ instancePath: path, keyword, params });
    return false;
  };

/** A check of texts; everything else is fine. */
const textFact = (keyword: string, params: SchemaError['params'], isFine: (text: string) => boolean): Check =>
  fact(
    keyword,
    params,
    (value) =>
      value.kind !== 'scalar' || typeof value.value !== 'string' || value.form === 'timestamp' || isFine(value.value),
  );

/** A check of numbers; everything else is fine. */
const numberFact = (keyword: string, params: SchemaError['params'], isFine: (number: number) => boolean): Check =>
  fact(
    keyword,
    params,
    (value) =>
      value.kind !== 'scalar' ||
      (typeof value.value !== 'number' && typeof value.value !== 'bigint') ||
      isFine(Number(value.value)),
  );

const typesOf = (value: Value): number => {
  if (value.kind === 'mapping') return TYPES.object;
  if (value.kind === 'sequence') return TYPES.array;
  const { value: content, form } = value;
  // A bare date is of no type that JSON has.
  if (form === 'timestamp') return 0;
  if (content === null) return TYPES.null;
  if (typeof content === 'string') return TYPES.string;
  if (typeof content === 'boolean') return TYPES.boolean;
  const isWhole = typeof content === 'bigint' || Number.isInteger(content);
  return isWhole ? TYPES.number | TYPES.integer : TYPES.number;
};

const ofType = (type: TypeName | readonly TypeName[]): Check => {
  const names: readonly TypeName[] = typeof type === 'string' ? [type] : type;
  const allowed = names.reduce((bits, name) => bits | TYPES[name], 0);
  return fact('type', { type }, (value) => (typesOf(value) & allowed) !== 0);
};

const isOneOf = (value: Value, allowed: readonly (string | boolean)[]): boolean =>
  value.kind === 'scalar' && value.form !== 'timestamp' && allowed.some((content) => content === value.value);

const exactlyOne =
  (branches: readonly Check[]): Check =>
  (value, path, found) => {
    const errors: SchemaError[] | undefined = found && [];
    const passing: number[] = [];
    for (let i = 0; i < branches.length && passing.length < 2; i += 1)
      if (branches[i]?.(value, path, errors)) passing.push(i);
    if (passing.length === 1) return true;
    const params = { passingSchemas: passing.length > 0 ? passing : null };
    found?.push(...(errors ?? []), { instancePath: path, keyword: 'oneOf', params });
    return false;
  };

const requiring =
  (names: readonly string[]): Check =>
  (value, path, found) => {
    if (value.kind !== 'mapping') return true;
    const missing = names.filter((name) => !value.entries.has(name));
    for (const name of missing)
      found?.push({ instancePath: path, keyword: 'required', params: { missingProperty: name } });
    return missing.length === 0;
  };

/** A key that a mapping may not have. */
const unknownKey = (key: string, path: string, found: SchemaError[] | undefined): boolean => {
  found?.push({ instancePath: path, keyword: 'additionalProperties', params: { additionalProperty: key } });
  return false;
};

/** What is said of the entries of a mapping, by their keys. */
const members = ({ properties, patternProperties, additionalProperties }: Schema, inner: Inner): Check => {
  const named = new Map(Object.entries(properties ?? {}).map(([name, schema]) => [name, inner(schema)]));
  const patterns = Object.entries(patternProperties ?? {}).map(([pattern, schema]) => ({
    pattern: new RegExp(pattern, 'u'),
    check: inner(schema),
  }));
  const others = additionalProperties ? inner(additionalProperties) : undefined;
  const isClosed = additionalProperties === false;
  const member = (key: string, value: Value, path: string, found: SchemaError[] | undefined): boolean => {
    const own = named.get(key);
    let isKnown = own !== undefined;
    let isFine = !own || own(value, below(path, key, found), found);
    for (const { pattern, check } of patterns) {
      if (!pattern.test(key)) continue;
      isKnown = true;
      isFine = check(value, below(path, key, found), found) && isFine;
    }
    if (isKnown) return isFine;
    if (isClosed) return unknownKey(key, path, found);
    return !others || others(value, below(path, key, found), found);
  };
  return (value, path, found) => {
    if (value.kind !== 'mapping') return true;
    let isFine = true;
    for (const [key, entry] of value.entries) {
      if (member(key, entry.value, path, found)) continue;
      if (!found) return false;
      isFine = false;
    }
    return isFine;
  };
};

const eachItem =
  (check: Check): Check =>
  (value, path, found) => {
    if (value.kind !== 'sequence') return true;
    let isFine = true;
    for (const [i, item] of value.items.entries()) {
      if (check(item, below(path, i, found), found)) continue;
      if (!found) return false;
      isFine = false;
    }
    return isFine;
  };

const distinct: Check = (value, path, found) => {
  if (value.kind !== 'sequence' || value.items.length < 2) return true;
  const duplicate = duplicateIn(value.items.map(toPlain));
  if (duplicate) found?.push({ instancePath: path, keyword: 'uniqueItems', params: duplicate });
  return duplicate === undefined;
};

/** The checks that a schema asks for, each keyword in one row, in the order of ajv. A reference is not followed. */
export const checksOf = (schema: Schema, inner: Inner): readonly Check[] => {
  const { type, const: constant, minimum, maximum, minLength, pattern, items } = schema;
  const regExp = pattern === undefined ? undefined : new RegExp(pattern, 'u');
  const hasMembers = schema.properties || schema.patternProperties || schema.additionalProperties !== undefined;
  return [
    type !== undefined && ofType(type),
    constant !== undefined && fact('const', { allowedValue: constant }, (value) => isOneOf(value, [constant])),
    schema.enum && fact('enum', { allowedValues: schema.enum }, (value) => isOneOf(value, schema.enum ?? [])),
    schema.oneOf && exactlyOne(schema.oneOf.map(inner)),
    maximum !== undefined && numberFact('maximum', { comparison: '<=', limit: maximum }, (number) => number <= maximum),
    minimum !== undefined && numberFact('minimum', { comparison: '>=', limit: minimum }, (number) => number >= minimum),
    minLength !== undefined && textFact('minLength', { limit: minLength }, (text) => [...text].length >= minLength),
    regExp && textFact('pattern', { pattern }, (text) => regExp.test(text)),
    schema.required && requiring(schema.required),
    hasMembers && members(schema, inner),
    items && eachItem(inner(items)),
    schema.uniqueItems === true && distinct,
  ].filter((check) => typeof check === 'function');
};
