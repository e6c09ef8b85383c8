import fc from 'fast-check';
import { expect, test } from 'vitest';
import { currentComposeSchema } from '../../src/dev/schema-modules.js';
import { writable, written } from './coverage.js';
import { composeSets } from './generator.js';

/** What the generator does not write, and why. */
const LEFT_OUT: readonly { readonly start: string; readonly why: string }[] = [
  { start: 'services.*.pre_start', why: 'newer than docker compose 2.40, which refuses it' },
  { start: 'services.*.build.no_cache_filter', why: 'newer than docker compose 2.40, which refuses it' },
  { start: 'services.*.build.ssh.* string', why: 'docker compose cannot print a path as JSON' },
  { start: 'services.*.build.ssh.* number', why: 'docker compose cannot print it as JSON' },
  { start: 'services.*.build.ssh.* boolean', why: 'docker compose cannot print it as JSON' },
];

test('the generator writes every attribute of the schema in every kind that it may have', () => {
  const known = writable(currentComposeSchema() as Record<string, unknown>);
  expect(known.size).toBeGreaterThan(500);
  const made = written(fc.sample(composeSets, { numRuns: 4000, seed: 1 }), known);
  const missing = [...known].filter((line) => !made.has(line));
  expect(missing.filter((line) => !LEFT_OUT.some(({ start }) => line.startsWith(start)))).toEqual([]);
  expect(LEFT_OUT.filter(({ start }) => !missing.some((line) => line.startsWith(start)))).toEqual([]);
});
