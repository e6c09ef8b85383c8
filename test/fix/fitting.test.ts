import { expect, test } from 'vitest';
import { editsByFile } from '../../src/fix/file-edits.js';
import { fitting } from '../../src/fix/fitting.js';
import type { Fix } from '../../src/lint/rule.js';
import { compatible } from '../../src/source/edit.js';
import { sourceOf } from '../../src/source/source.js';

const SOURCES = [sourceOf('/a.yml', 'a: 1\n'.repeat(8)), sourceOf('/b.yml', 'b: 1\n'.repeat(8))];
const TEXTS = ['', 'x', 'k: 1\n', '  k: 1\n', 'l: 2\n', '- m\n', '\nk: 3'];

/** Numbers from 0 to below a bound, the same ones in every run. */
const numbers = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
};

const fixesOf = (seed: number): readonly Fix[] => {
  const below = numbers(seed);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const edit = (): Fix['edits'][number] => {
    const start = below(16);
    return { at: { source: pick(SOURCES), start, end: start + pick([0, 0, 1, 4]) }, text: pick(TEXTS) };
  };
  return Array.from({ length: 12 }, () => ({
    title: 'fix',
    applicability: 'safe',
    edits: Array.from({ length: 1 + below(2) }, edit),
    variables:
      below(4) > 0
        ? []
        : [{ file: '/.env', example: '/.env.example', name: pick(['A', 'B']), value: pick(['1', '2']) }],
    files: below(6) > 0 ? [] : [{ path: '/new.yml', text: pick(['1', '2']) }],
  }));
};

/** Whether all of some fixes can be made at once, looked at as a whole. */
const areTogether = (fixes: readonly Fix[]): boolean => {
  const wanted = fixes.flatMap(({ variables = [], files = [] }) => [
    ...variables.map(({ name, value }) => [name, value] as const),
    ...files.map(({ path, text }) => [path, text] as const),
  ]);
  return (
    [...editsByFile(fixes).values()].every(({ edits }) => compatible(edits)) &&
    wanted.every(([key, value]) => new Map(wanted).get(key) === value)
  );
};

test('of many fixes those are chosen that go together with the ones before', () => {
  for (let seed = 1; seed <= 2000; seed += 1) {
    const fixes = fixesOf(seed);
    const chosen: Fix[] = [];
    for (const fix of fixes) if (areTogether([...chosen, fix])) chosen.push(fix);
    expect(fixes.filter(fitting()), `seed ${seed}`).toEqual(chosen);
  }
});
