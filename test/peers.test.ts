import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { COMPLAINTS } from './peers/complaints.js';
import { CRAFTED } from './peers/crafted.js';
import { FALSE_POSITIVES } from './peers/false-positives.js';
import type { Row } from './peers/row.js';
import { run } from './run.js';

/** The report of a row's files, its patch or what its command prints, line by line. */
const answerTo = async (row: Row): Promise<readonly string[]> => {
  const { out, err, code } = await run(commandOf(row), row.files);
  if (code > 1) throw new Error(err);
  const shown = 'command' in row ? out : out.replace(SUMMARY, '');
  return shown.split('\n').slice(0, -1);
};

/** The last line of a report, with the empty one that sets it apart. */
const SUMMARY = /(?:^\n)?^(?:Found|No) .*problem.*\n/m;

const commandOf = (row: Row): readonly string[] => {
  if ('command' in row) return row.command;
  const { only = [], args = [], format = 'compact' } = row;
  return [...only.flatMap((id) => ['--only', id]), '--format', format, ...args];
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

const numbersOf = (rows: readonly Row[]): readonly number[] =>
  [...new Set(rows.flatMap(({ entry }) => entry.split(', ').map(Number)))].sort((a, b) => a - b);

const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_, index) => index + 1);

test('every entry has a row', () => {
  expect(numbersOf(FALSE_POSITIVES)).toEqual(upTo(22));
  expect(numbersOf(COMPLAINTS)).toEqual(upTo(32));
  expect([...new Set(CRAFTED.map(({ entry }) => entry))]).toEqual(['comments', ...'abcdefgi']);
});

/** What was found out about peers; it stands beside the project, not in it. */
const RESEARCH = new URL('../../shared/research/peers.md', import.meta.url);

/** The numbers of the rows of a section's table. */
const numbersIn = (section: string): readonly number[] => {
  const [, after = ''] = readFileSync(RESEARCH, 'utf8').split(`\n## ${section}. `);
  const [text = ''] = after.split('\n## ');
  return [...text.matchAll(/^\| (\d+) \|/gm)].map(([, number]) => Number(number));
};

test.skipIf(!existsSync(RESEARCH))('every entry of what was found out has a row', () => {
  expect(numbersOf(COMPLAINTS)).toEqual(numbersIn('3'));
  expect(numbersOf(FALSE_POSITIVES)).toEqual(numbersIn('4'));
});

test('h: nothing to lint is no success', async () => {
  const { code, err } = await run(['.'], { 'README.md': '# nothing\n' });
  expect(code).toBe(2);
  expect(err).toContain('no Compose file');
});
