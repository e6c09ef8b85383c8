import type { ComposeSet } from './generator.js';
import { type Data, RawData, TaggedData } from './yaml-text.js';

type Schema = { readonly [keyword: string]: unknown };

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const schemasIn = (value: unknown): readonly (readonly [string, Schema])[] =>
  isSchema(value) ? Object.entries(value).filter((entry): entry is [string, Schema] => isSchema(entry[1])) : [];

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

const targetOf = (root: Schema, reference: unknown): Schema | undefined => {
  const target = String(reference)
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => (isSchema(at) ? at[key] : undefined), root);
  return typeof reference === 'string' && isSchema(target) ? target : undefined;
};

/**
 * Everything that a schema lets a user write, one line a place and a kind of value there: `services.*.ports.[] string`.
 * Kinds are those of JSON Schema, with `number` for whole numbers too.
 */
export const writable = (root: Schema): ReadonlySet<string> => {
  const found = new Set<string>();
  const visit = (schema: Schema, path: readonly string[], within: readonly string[]): void => {
    const { $ref: reference, type, properties, patternProperties, items } = schema;
    const target = targetOf(root, reference);
    if (target && !within.includes(String(reference))) visit(target, path, [...within, String(reference)]);
    for (const kind of listOf(type)) found.add(`${path.join('.')} ${kind === 'integer' ? 'number' : kind}`);
    for (const branch of [...listOf(schema['oneOf']), ...listOf(schema['anyOf'])])
      if (isSchema(branch)) visit(branch, path, within);
    for (const [name, property] of schemasIn(properties)) visit(property, [...path, name], within);
    for (const [pattern, value] of schemasIn(patternProperties))
      if (pattern !== '^x-') visit(value, [...path, '*'], within);
    if (isSchema(schema['additionalProperties'])) visit(schema['additionalProperties'], [...path, '*'], within);
    if (isSchema(items)) visit(items, [...path, '[]'], within);
  };
  visit(root, [], []);
  return found;
};

const kindOf = (data: Data): string => {
  if (data === null) return 'null';
  if (Array.isArray(data)) return 'array';
  return typeof data;
};

/** What of a schema's places and kinds some sets have, in the lines of `writable`; names that the user chooses are `*`. */
export const written = (sets: readonly ComposeSet[], known: ReadonlySet<string>): ReadonlySet<string> => {
  const places = new Set([...known].map((line) => line.slice(0, line.indexOf(' '))));
  for (const place of [...places])
    for (let at = place; at.includes('.'); at = at.slice(0, at.lastIndexOf('.'))) places.add(at);
  const found = new Set<string>();
  const visit = (data: Data, path: string): void => {
    if (data instanceof RawData) return;
    if (data instanceof TaggedData) {
      visit(data.data, path);
      return;
    }
    found.add(`${path} ${kindOf(data)}`);
    if (typeof data !== 'object' || data === null) return;
    const start = path === '' ? '' : `${path}.`;
    for (const [key, value] of Object.entries(data)) {
      const exact = Array.isArray(data) ? `${start}[]` : `${start}${key}`;
      visit(value as Data, places.has(exact) ? exact : `${start}*`);
    }
  };
  for (const { files } of sets)
    for (const documents of Object.values(files)) for (const document of documents) visit(document, '');
  return found;
};
