import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Answer, difference, ourAnswer } from './answer.js';
import { type Case, casesIn, FIXTURES } from './case.js';

/** What docker compose said when it was asked; the words are ours, and a snapshot. */
const recorded = ({ folder }: Case): Answer => {
  const model = join(folder, 'expected.json');
  if (existsSync(model)) return { kind: 'model', model: JSON.parse(readFileSync(model, 'utf8')), text: '' };
  return { kind: 'refused', text: readFileSync(join(folder, 'expected-error.txt'), 'utf8') };
};

test.each(casesIn(FIXTURES))('$name', async (one) => {
  const [theirs, ours] = [recorded(one), await ourAnswer(one)];
  expect(difference(theirs, ours)).toBeUndefined();
  const words = join(one.folder, theirs.kind === 'model' ? 'expected-warnings.txt' : 'expected-error.txt');
  if (ours.text !== '' || existsSync(words)) await expect(ours.text).toMatchFileSnapshot(words);
});
