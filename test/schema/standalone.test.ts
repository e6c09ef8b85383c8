import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = new URL('../../', import.meta.url).pathname;

const modulesOf = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
    .map((entry) => join(entry.parentPath, entry.name));

/** Names of methods that only the compiler of schemas has, and no bundler renames; and imports of it. */
const COMPILER = /addMetaSchema|_compileSchemaEnv|\bfrom\s*["']ajv|\b(?:import|require)\(["']ajv/;

test('the compiler of schemas is known by what is looked for', () => {
  expect(readFileSync(join(ROOT, 'node_modules/ajv/dist/core.js'), 'utf8')).toMatch(COMPILER);
});

test('no published module has the compiler of schemas in it, which the tests alone need', () => {
  const modules = modulesOf(join(ROOT, 'dist'));
  expect(modules).not.toEqual([]);
  expect(modules.filter((path) => COMPILER.test(readFileSync(path, 'utf8')))).toEqual([]);
});
