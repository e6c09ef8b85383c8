import type { ComposePath } from '../model/path.js';

/** Property names that a schema knows, by place. All branches of a choice count. */
export type KeyTree = {
  /** Known names with what is below them, in the order of the schema. */
  readonly keys: Readonly<Record<string, KeyTree>>;
  /** Below names that the user chooses. */
  readonly any?: KeyTree;
  /** Below the positions of a list. */
  readonly items?: KeyTree;
};

type Draft = { keys: Record<string, Draft>; any?: Draft; items?: Draft };

type Schema = { readonly [keyword: string]: unknown };

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schema that a local reference such as `#/definitions/service` leads to. */
const target = (root: Schema, reference: string): unknown =>
  reference
    .split('/')
    .slice(1)
    .reduce<unknown>((schema, key) => (isSchema(schema) ? schema[key] : undefined), root);

const fill = (tree: Draft, schema: unknown, root: Schema, within: readonly string[]): void => {
  if (!isSchema(schema)) return;
  const { $ref: reference } = schema;
  if (typeof reference === 'string' && !within.includes(reference))
    fill(tree, target(root, reference), root, [...within, reference]);
  for (const branches of [schema['oneOf'], schema['anyOf'], schema['allOf']])
    if (Array.isArray(branches)) for (const branch of branches) fill(tree, branch, root, within);
  for (const [name, property] of Object.entries((schema['properties'] as Schema | undefined) ?? {})) {
    tree.keys[name] ??= { keys: {} };
    fill(tree.keys[name], property, root, within);
  }
  const named = Object.values((schema['patternProperties'] as Schema | undefined) ?? {});
  for (const below of [...named, schema['additionalProperties']]) {
    if (!isSchema(below) || Object.keys(below).length === 0) continue;
    tree.any ??= { keys: {} };
    fill(tree.any, below, root, within);
  }
  if (isSchema(schema['items'])) {
    tree.items ??= { keys: {} };
    fill(tree.items, schema['items'], root, within);
  }
};

/** The tree of the names that a schema knows. A schema that contains itself is followed once. */
export const keyTree = (schema: object): KeyTree => {
  const tree: Draft = { keys: {} };
  fill(tree, schema, schema as Schema, []);
  return tree;
};

/** Names that a schema knows at a path, in its order. */
export const knownKeys = (tree: KeyTree, path: ComposePath): readonly string[] => {
  let node: KeyTree | undefined = tree;
  for (const key of path) {
    const own: KeyTree | undefined =
      typeof key === 'string' && Object.hasOwn(node.keys, key) ? node.keys[key] : undefined;
    node = typeof key === 'number' ? node.items : (own ?? node.any);
    if (!node) return [];
  }
  return Object.keys(node.keys);
};
