import { type Check, checksOf, every, type Inner, type Schema } from './keywords.js';

const PREFIX = '#/definitions/';

/** A schema with the definitions that it refers to. */
export type WholeSchema = Schema & { readonly definitions?: Readonly<Record<string, Schema>> };

/**
 * Makes a check of a whole schema. What stands inside of it is made ready when a value first needs it, as most files use few
 * of the attributes there are.
 */
export const checkOf = (root: WholeSchema): Check => {
  const definitions = new Map<string, Check>();
  const ready = (schema: Schema): Check => every(checksOf(schema, inner));
  const later = (schema: Schema): Check => {
    let check: Check | undefined;
    return (value, path, found) => {
      check ??= ready(schema);
      return check(value, path, found);
    };
  };
  const inner: Inner = (schema) => {
    const { $ref: reference } = schema;
    if (reference === undefined) return later(schema);
    const definition = root.definitions?.[reference.slice(PREFIX.length)];
    if (!definition) throw new Error(`${reference} leads to nothing`);
    const known = definitions.get(reference) ?? later(definition);
    definitions.set(reference, known);
    return known;
  };
  return inner(root);
};
