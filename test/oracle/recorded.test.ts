import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Answer, difference, ourAnswer, placedErrors } from './answer.js';
import { type Case, casesIn, FIXTURES } from './case.js';

/** Answers of docker compose that were recorded outside of the project; they are not part of it and may be absent. */
const RECORDED = new URL('../../../shared/oracle/cases', import.meta.url).pathname;

const theirAnswer = ({ folder }: Case): Answer => {
  const expected = join(folder, 'expected.json');
  if (existsSync(expected)) return { kind: 'model', model: JSON.parse(readFileSync(expected, 'utf8')), text: '' };
  const { exitCode, stderr } = JSON.parse(readFileSync(join(folder, 'expected-error.json'), 'utf8')) as {
    readonly exitCode: number;
    readonly stderr: string;
  };
  return { kind: exitCode === 1 ? 'refused' : 'failed', text: stderr };
};

/** Cases whose fault is not in a file but in the command line or the environment. */
const WITHOUT_PLACE: readonly string[] = [
  'cli/compose-file-variable-empty',
  'errors/directory-as-file',
  'naming/flag-upper-case',
];

if (existsSync(RECORDED)) {
  const cases = casesIn(RECORDED);
  describe('recorded answers of docker compose', () => {
    test.each(cases)('$name', async (one) => {
      const [theirs, ours] = [theirAnswer(one), await ourAnswer(one)];
      expect(difference(theirs, ours)).toBeUndefined();
      if (theirs.kind === 'refused')
        expect(placedErrors(ours.text).length > 0, ours.text).toBe(!WITHOUT_PLACE.includes(one.name));
    });
  });
} else
  test('recorded answers of docker compose are absent: fixtures/resolve stands in for them', () => {
    expect(casesIn(FIXTURES).length).toBeGreaterThan(100);
  });
