import type { SchemaError } from '../validate.js';

/** Written by `npm run build` from the schema: ajv's validator, compiled ahead of time. */
export declare const validate: {
  (data: unknown): boolean;
  errors?: readonly SchemaError[] | null;
};

/** Known property names by the schema path of an `additionalProperties` error. */
export declare const keysAt: Readonly<Record<string, readonly string[]>>;
