import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { currentComposeSchema } from '../../src/dev/schema-modules.js';
import { writable, written } from './coverage.js';
import { composeSets } from './generator.js';

type Schema = Parameters<typeof writable>[0];

/** What the generator does not write, and why. */
const LEFT_OUT: readonly { readonly start: string; readonly why: string }[] = [
  { start: 'services.*.pre_start', why: 'newer than docker compose 2.40, which refuses it' },
  { start: 'services.*.build.no_cache_filter', why: 'newer than docker compose 2.40, which refuses it' },
];

/** Schemas as they were published; they are not part of the project and may be absent. */
const PUBLISHED = new URL('../../../shared/schema', import.meta.url).pathname;

const published = existsSync(PUBLISHED)
  ? readdirSync(PUBLISHED)
      .filter((name) => name.endsWith('.json'))
      .map((name): readonly [string, Schema] => [name, JSON.parse(readFileSync(join(PUBLISHED, name), 'utf8'))])
  : [];

const sets = fc.sample(composeSets, { numRuns: 4000, seed: 1 });

test.each<readonly [string, Schema]>([['our schema', currentComposeSchema() as Schema], ...published])(
  'the generator writes every attribute of the schema in every kind that it may have: %s',
  (_, schema) => {
    const known = writable(schema);
    expect(known.size).toBeGreaterThan(500);
    const made = written(sets, known);
    const missing = [...known].filter((line) => !made.has(line));
    expect(missing.filter((line) => !LEFT_OUT.some(({ start }) => line.startsWith(start)))).toEqual([]);
  },
);

test('everything that is left out is in our schema', () => {
  const known = [...writable(currentComposeSchema() as Schema)];
  expect(LEFT_OUT.filter(({ start }) => !known.some((line) => line.startsWith(start)))).toEqual([]);
});
