type Schema = { readonly [keyword: string]: unknown };

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const list = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

const target = (root: Schema, reference: string): Schema => {
  let found: unknown = root;
  for (const key of reference.split('/').slice(1)) found = isSchema(found) ? found[key] : undefined;
  if (!isSchema(found)) throw new Error(`${reference} leads to nothing`);
  return found;
};

/** Keywords that say what a value may be, each as a short text. Names of what is required stand at the mapping. */
const statements = (schema: Schema): readonly string[] => [
  ...list(schema['type']).map(String),
  ...list(schema['enum']).map((value) => `=${String(value)}`),
  ...list(schema['required']).map((name) => `+${String(name)}`),
  ...['pattern', 'minimum', 'maximum', 'uniqueItems', 'minLength', 'minItems'].flatMap((keyword) =>
    schema[keyword] === undefined || schema[keyword] === false ? [] : [`${keyword} ${String(schema[keyword])}`],
  ),
  ...(schema['additionalProperties'] === false ? ['closed'] : []),
];

type Found = Map<string, Set<string>>;

const visit = (schema: Schema, path: string, root: Schema, within: readonly string[], found: Found): void => {
  const at = found.get(path) ?? new Set<string>();
  found.set(path, at);
  for (const statement of statements(schema)) at.add(statement);
  const { $ref: reference } = schema;
  if (typeof reference === 'string' && !within.includes(`${path} ${reference}`))
    visit(target(root, reference), path, root, [...within, `${path} ${reference}`], found);
  for (const branch of ['oneOf', 'anyOf', 'allOf'].flatMap((keyword) => list(schema[keyword])))
    if (isSchema(branch)) visit(branch, path, root, within, found);
  const below = (key: string): string => (path === '' ? key : `${path}.${key}`);
  for (const [key, property] of Object.entries((schema['properties'] as Schema | undefined) ?? {}))
    if (isSchema(property)) visit(property, below(key), root, within, found);
  for (const [pattern, property] of Object.entries((schema['patternProperties'] as Schema | undefined) ?? {}))
    if (isSchema(property) && pattern !== '^x-') {
      at.add(`names ${pattern}`);
      visit(property, below('*'), root, within, found);
    }
  const { additionalProperties: others, items } = schema;
  if (isSchema(others)) visit(others, below('*'), root, within, found);
  if (isSchema(items)) visit(items, `${path}[]`, root, within, found);
};

/**
 * A schema as one line for each place of a document, whatever definitions and choices it is made of:
 * `services.*.tty: boolean, string`.
 */
export const flattened = (schema: object): readonly string[] => {
  const root = schema as Schema;
  const found: Found = new Map();
  visit(root, '', root, [], found);
  return [...found].map(([path, said]) => `${path || '.'}: ${[...said].sort().join(', ')}`).sort();
};
