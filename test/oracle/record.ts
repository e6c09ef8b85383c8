import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { difference, ourAnswer } from './answer.js';
import { casesIn, FIXTURES } from './case.js';
import { demandDockerCompose, theirAnswer } from './docker-compose.js';

/**
 * `npm run oracle:record [part of a name]`: asks docker compose about our fixtures and writes what it answers beside them:
 * `expected.json` with the model, or `expected-error.txt` with our own faults where it refuses; `expected-warnings.txt` with
 * our own where it accepts and there is something to say. A case on which we disagree is printed and not recorded.
 */

const compose = demandDockerCompose();
const [, , wanted = ''] = process.argv;
const cases = casesIn(FIXTURES).filter(({ name }) => name.includes(wanted));
const disagreements: string[] = [];
for (const one of cases) {
  const [theirs, ours] = [await theirAnswer(one, compose), await ourAnswer(one)];
  const different = difference(theirs, ours);
  if (different !== undefined) {
    disagreements.push(`${one.name}: ${different}\n`);
    continue;
  }
  const write = (name: string, text: string): void => {
    if (text === '') rmSync(join(one.folder, name), { force: true });
    else writeFileSync(join(one.folder, name), text);
  };
  const isModel = theirs.kind === 'model';
  write('expected.json', isModel ? `${JSON.stringify(theirs.model, undefined, 2)}\n` : '');
  write('expected-warnings.txt', isModel ? ours.text : '');
  write('expected-error.txt', isModel ? '' : ours.text);
}
process.stdout.write(disagreements.join(''));
process.stdout.write(`${cases.length - disagreements.length} of ${cases.length} cases recorded\n`);
if (disagreements.length > 0 || cases.length === 0) process.exitCode = 1;
