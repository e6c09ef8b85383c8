import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readInputs } from '../../src/action/inputs.js';
import { ACTION_BUNDLE, actionBundle } from '../../src/dev/action-bundle.js';

const ROOT = join(import.meta.dirname, '..', '..');

test('the committed bundle is what its sources make, byte for byte', async () => {
  const committed = readFileSync(join(ROOT, ACTION_BUNDLE), 'utf8');
  expect((await actionBundle(ROOT)) === committed, 'run `npm run generate`').toBe(true);
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
