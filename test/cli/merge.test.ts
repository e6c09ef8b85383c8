import { describe, expect, test } from 'vitest';
import { sharded } from '../../src/cli/shard.js';
import { run } from '../run.js';

const SECRET = 'POSTGRES_PASSWORD: Xq7fTz0vLw2m';

/** Folders of a repository; some have a fault of their own, all have one in common. */
const FILES: Readonly<Record<string, string>> = {
  'a/compose.yml': 'services: {web: {image: nginx}}\n',
  'b/compose.yml': 'version: "3"\nservices: {web: {image: nginx}}\n',
  'b/deep/compose.yml': `services: {db: {image: postgres, environment: {${SECRET}}}}\n`,
  'c/compose.yml': 'services: {web: {image: "nginx:1.27"}}\n',
  'd/compose.yml':
    'services:\n  # fog-lint-disable-next-line latest-tag -- not yet\n  web: {image: nginx}\n  api: {image: nginx}\n',
};

const OPTIONS = ['-r', '--no-config', '--fail-on', 'never'];

const partsOf = async (format: string, of: number): Promise<Readonly<Record<string, string>>> => {
  const parts: Record<string, string> = {};
  for (let number = 1; number <= of; number += 1) {
    const { out, err } = await run([...OPTIONS, '-f', format, '--shard', `${number}/${of}`], FILES);
    expect(err).toBe('');
    parts[`part-${number}.${format}`] = out;
  }
  return parts;
};

describe.each(['json', 'sarif'])('%s', (format) => {
  test.each([1, 2, 3, 7])('%s parts of a run give the report of the whole', async (of) => {
    const whole = await run([...OPTIONS, '-f', format], FILES);
    const parts = await partsOf(format, of);
    // As a shell lists them, or in any order.
    const merged = await run(['merge', '--fail-on', 'never', ...Object.keys(parts).reverse()], parts);
    expect({ code: merged.code, err: merged.err }).toEqual({ code: 0, err: '' });
    expect(merged.out).toBe(whole.out);
  });

  test('a part that is missing, or there twice, is told', async () => {
    const parts = await partsOf(format, 3);
    const names = Object.keys(parts);
    expect(await run(['merge', ...names.slice(0, 2)], parts)).toMatchObject({
      code: 2,
      out: '',
      err: 'fog-lint: part 3 of 3 is missing\n',
    });
    expect(await run(['merge', ...names, names[0] ?? ''], parts)).toMatchObject({
      code: 2,
      err: `fog-lint: part-1.${format}: part 1 of 3 is there twice\n`,
    });
  });

  test('the exit status is that of the findings', async () => {
    const parts = await partsOf(format, 2);
    const names = Object.keys(parts);
    expect((await run(['merge', ...names], parts)).code).toBe(1);
    expect((await run(['merge', '--fail-on', 'never', ...names], parts)).code).toBe(0);
    expect((await run(['merge', '--fail-on', 'never', '--max-warnings', '0', ...names], parts)).code).toBe(1);
  });

  test('reports of several repositories are joined in their order', async () => {
    const { out } = await run(['--no-config', '-f', format, 'a'], FILES);
    const merged = await run(['merge', '-o', 'all', 'x', 'y'], { x: out, y: out });
    expect(merged.out).toBe('');
    const text = merged.written.get('/project/all') ?? '';
    expect(text.split('"latest-tag"').length - 1).toBeGreaterThan(out.split('"latest-tag"').length - 1);
  });
});

test.each([
  ['what is no JSON', { a: 'services: {}\n' }, 'a: it is no report in JSON or SARIF'],
  ['what is no report', { a: '{"a": 1}' }, 'a: it has no list of findings'],
  [
    'two formats',
    { a: '{"version": "1", "findings": [], "workspaces": [], "summary": {}}', b: '{"runs": []}' },
    'b: its format is SARIF, that of the others is JSON',
  ],
  [
    'two versions',
    {
      a: '{"version": "1", "findings": [], "workspaces": [], "summary": {}}',
      b: '{"version": "2", "findings": [], "workspaces": [], "summary": {}}',
    },
    'b: its version is 2, that of the others is 1',
  ],
])('refuses %s', async (_, files, why) => {
  const { code, out, err } = await run(['merge', ...Object.keys(files)], { ...files });
  expect({ code, out, err }).toEqual({ code: 2, out: '', err: `fog-lint: ${why}\n` });
});

test.each(['0/2', '3/2', '1', '1/0', 'a/b', '-1/2'])('--shard %s is refused', async (shard) => {
  expect(await run(['--shard', shard], FILES)).toMatchObject({ code: 2, out: '' });
});

test('every item is in one shard, and shards are as large as each other', () => {
  for (let count = 0; count <= 20; count += 1)
    for (let of = 1; of <= 9; of += 1) {
      const items = Array.from({ length: count }, (_, i) => i);
      const shards = Array.from({ length: of }, (_, i) => sharded(items, { number: i + 1, of }));
      expect(shards.flat()).toEqual(items);
      const sizes = shards.map(({ length }) => length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }
});
