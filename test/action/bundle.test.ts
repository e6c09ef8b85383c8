import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readInputs } from '../../src/action/inputs.js';
import { ACTION_BUNDLE, actionFiles } from '../../src/dev/action-bundle.js';
import { staleFiles } from '../../src/dev/generate.js';

const ROOT = join(import.meta.dirname, '..', '..');

test('what is committed is what its sources make, byte for byte', async () => {
  const files = await actionFiles(ROOT);
  expect(files.has(ACTION_BUNDLE)).toBe(true);
  expect(staleFiles(ROOT, files), 'run `npm run generate`').toEqual([]);
});

const { inputs, runs } = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: object;
};

test('action.yml runs the bundle, and has the inputs that it reads', () => {
  expect(runs).toEqual({ using: 'node24', main: ACTION_BUNDLE });
  const asked = new Set<string>();
  readInputs(new Proxy<Record<string, string>>({}, { get: (_, name) => void asked.add(String(name)) }));
  expect([...asked].sort()).toEqual(
    Object.keys(inputs)
      .map((name) => `INPUT_${name.toUpperCase()}`)
      .sort(),
  );
});

test('the defaults of action.yml are what an input that is not given means', () => {
  const given = Object.entries(inputs).map(([name, { default: text }]) => [`INPUT_${name.toUpperCase()}`, text]);
  expect(readInputs(Object.fromEntries(given))).toEqual(readInputs({}));
});
