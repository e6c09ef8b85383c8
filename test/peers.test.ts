import { describe, expect, test } from 'vitest';
import { COMPLAINTS } from './peers/complaints.js';
import { CRAFTED } from './peers/crafted.js';
import { FALSE_POSITIVES } from './peers/false-positives.js';
import type { Row } from './peers/row.js';
import { run } from './run.js';

/** The report of a row's files, or its patch, line by line. */
const answerTo = async ({ files, only = [], args = [] }: Row): Promise<readonly string[]> => {
  const asked = only.flatMap((id) => ['--only', id]);
  const { out } = await run([...asked, '--format', 'compact', ...args], files);
  const lines = out.split('\n').filter((line) => !/^(?:Found|No) .*problem/.test(line));
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
};

const tables = {
  'findings of peers that are wrong': FALSE_POSITIVES,
  'files that peers fail on': CRAFTED,
  complaints: COMPLAINTS,
};

describe.each(Object.entries(tables))('%s', (_, rows) => {
  test.each(rows)('$entry: $name', async (row) => {
    expect(await answerTo(row)).toEqual(row.expected);
  });
});

test('every entry has a row', () => {
  const numbers = FALSE_POSITIVES.map(({ entry }) => Number(entry));
  expect(numbers).toEqual(Array.from({ length: 22 }, (_, i) => i + 1));
  expect([...new Set(CRAFTED.map(({ entry }) => entry))]).toEqual(['comments', ...'abcdefgi']);
});

test('h: nothing to lint is no success', async () => {
  const { code, err } = await run(['.'], { 'README.md': '# nothing\n' });
  expect(code).toBe(2);
  expect(err).toContain('no Compose file');
});
