import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { currentComposeSchema } from '../../src/dev/schema-modules.js';
import { composeSchema } from '../../src/schema/compose-schema.js';
import { flattened } from './flatten.js';

const ROOT = new URL('../../', import.meta.url).pathname;

/** Published schemas, where they lie beside the project. */
const PUBLISHED = join(ROOT, '..', 'shared', 'schema');

/** Places that a published schema does not have, or has in another way, and why ours has them so. */
const DIFFERENCES: Readonly<Record<string, readonly (readonly [place: RegExp, why: string])[]>> = {
  'compose-spec.schema.compose-go-2026-07-21.json': [],
  'compose-spec.schema.2025-10-28.json': [
    [/^services\.\*\.pre_start\b/, 'compose-go has hooks that run before the start'],
    [/^services\.\*\.build\.no_cache_filter\b/, 'compose-go has stages that are built anew'],
    [/^services\.\*\.models\.\*: /, 'compose-go lets a model without settings be empty'],
  ],
};

const ours = flattened(currentComposeSchema());

test('the schema is what it was, place by place', async () => {
  await expect(`${ours.join('\n')}\n`).toMatchFileSnapshot(join(ROOT, 'fixtures/schema/places.txt'));
});

test.each(Object.entries(DIFFERENCES))('base and overlay together say what %s says', (name, differences) => {
  const file = join(PUBLISHED, name);
  // Without the published schemas the list above still has to hold: its places are places of our schema.
  for (const [place] of differences) expect(ours.filter((line) => place.test(line))).not.toEqual([]);
  if (!existsSync(file)) return;
  const theirs = flattened(JSON.parse(readFileSync(file, 'utf8')) as object);
  const isExplained = (line: string): boolean => differences.some(([place]) => place.test(line));
  expect(ours.filter((line) => !isExplained(line))).toEqual(theirs.filter((line) => !isExplained(line)));
  for (const [place] of differences)
    expect(ours.filter((line) => place.test(line))).not.toEqual(theirs.filter((line) => place.test(line)));
});

test('a patch at a place that the base does not have is an error', () => {
  expect(() => composeSchema({ definitions: {} })).toThrow('the base schema has no "');
});

test.each([
  [{ type: 'string' }, ['.: string']],
  [
    {
      properties: { a: { $ref: '#/definitions/b' } },
      definitions: { b: { oneOf: [{ type: 'integer' }, { enum: ['x'] }] } },
    },
    ['.: ', 'a: =x, integer'],
  ],
  [
    { patternProperties: { '^x-': {}, '^a$': { items: { type: ['string', 'null'] } } }, additionalProperties: false },
    ['*: ', '*[]: null, string', '.: closed, names ^a$'],
  ],
])('flattens %j', (schema, places) => {
  expect(flattened(schema)).toEqual(places);
});
