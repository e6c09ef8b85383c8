import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from '../../src/parse/parse.js';
import { schemaFaults } from '../../src/schema/validate.js';
import { decode } from '../../src/source/encoding.js';
import { faultLines } from '../parse/rendering.js';

const FIXTURES = new URL('../../fixtures/schema/', import.meta.url).pathname;

const cases = readdirSync(FIXTURES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test.each(cases)('%s', async (name) => {
  const path = join(FIXTURES, name, 'compose.yml');
  const { documents, faults } = parse(decode(path, readFileSync(path)).source);
  expect(faults).toEqual([]);
  const [root] = documents.map((document) => document.root);
  if (root?.kind !== 'mapping') throw new Error('the fixture is no mapping');
  const found = [...schemaFaults(root)].sort((a, b) => (a.at?.start ?? 0) - (b.at?.start ?? 0));
  await expect(`${found.flatMap(faultLines).join('\n')}\n`).toMatchFileSnapshot(join(FIXTURES, name, 'expected.txt'));
});
