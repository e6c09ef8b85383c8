import { expect, test } from 'vitest';
import { fitting, SUMMARY_LIMIT } from '../../src/action/summary.js';

const bytes = (text: string): number => Buffer.byteLength(text);
const LINE = '| 数据库 |';
const report = (lines: number): string => `# fog-lint\n${`${LINE}\n`.repeat(lines)}`;

test('a report that fits is whole', () => {
  const text = report(20);
  expect(fitting(text, bytes(text))).toBe(text);
});

test('of a longer one whole lines are kept, and what is left out is counted', () => {
  const text = report(100);
  const limit = bytes(text) - 1;
  const cut = fitting(text, limit);
  expect(bytes(cut)).toBeLessThanOrEqual(limit);
  const kept = cut.split('\n').filter((line) => line === LINE).length;
  expect(kept).toBeGreaterThan(80);
  expect(cut).toBe(
    `${report(kept)}\n> [!NOTE]\n> GitHub shows no summary above 1 MiB: ${100 - kept} more lines of this report are left out. The log and the SARIF file have all of it.\n`,
  );
});

test('a line that is too long by itself is left out', () => {
  expect(fitting(`${'x'.repeat(2_000_000)}\n`, SUMMARY_LIMIT)).toMatch(
    /^\n> \[!NOTE\]\n.* 1 more line of this report is /,
  );
});

test.each([[10], [0], [-5]])('where there is room for %d bytes, nothing is added', (limit) => {
  expect(fitting(report(100), limit)).toBe('');
});
