import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { difference, ourAnswer } from './answer.js';
import { casesIn, DEFAULT_ARGS, FIXTURES } from './case.js';
import { type DockerCompose, demandDockerCompose, theirAnswer } from './docker-compose.js';
import { type ComposeSet, composeSets, filesOf } from './generator.js';
import { SURPRISES } from './surprises/index.js';
import { argsOfSurprise, filesOfSurprise } from './surprises/surprise.js';
import { writeFiles } from './write-files.js';

/**
 * `npm run test:oracle -- [--runs 200] [--seed N] [--no-fixtures]`: compares fog-lint with a real docker compose, on our
 * fixtures, on the surprises and on random sets. A set on which the two disagree is made as small as it can be and printed as the files of a
 * fixture. Ends with 1 when there is a disagreement, 2 when there is no docker compose.
 */

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    seed: { type: 'string' },
    'no-fixtures': { type: 'boolean', default: false },
  },
});

const compareFixtures = async (compose: DockerCompose): Promise<boolean> => {
  const cases = casesIn(FIXTURES);
  let agreed = 0;
  for (const one of cases) {
    const different = difference(await theirAnswer(one, compose), await ourAnswer(one));
    if (different === undefined) agreed += 1;
    else process.stdout.write(`${one.name}: ${different}\n`);
  }
  process.stdout.write(`fixtures: ${agreed}/${cases.length} agree\n`);
  return agreed === cases.length && cases.length > 0;
};

const compareSurprises = async (compose: DockerCompose): Promise<boolean> => {
  const folder = join(realpathSync(mkdtempSync(join(tmpdir(), 'fog-lint-oracle-'))), 'case');
  let agreed = 0;
  try {
    for (const surprise of SURPRISES) {
      writeFiles(folder, filesOfSurprise(surprise));
      const one = { folder, args: { ...DEFAULT_ARGS, ...argsOfSurprise(surprise) } };
      const different = difference(await theirAnswer(one, compose), await ourAnswer(one));
      if (different === undefined) agreed += 1;
      else process.stdout.write(`${surprise.says}: ${different}\n`);
    }
  } finally {
    rmSync(dirname(folder), { recursive: true, force: true });
  }
  process.stdout.write(`surprises: ${agreed}/${SURPRISES.length} agree\n`);
  return agreed === SURPRISES.length;
};

const shownAsFixture = (set: ComposeSet): string =>
  Object.entries({ ...filesOf(set), 'case.json': `${JSON.stringify({ args: set.args }, undefined, 2)}\n` })
    .map(([path, text]) => `--- ${path}\n${text}`)
    .join('');

/** Decisions of docker compose on the sets so far: a generator whose sets are all refused compares nothing. */
type Decisions = { accepted: number; refused: number };

const compareRandomSets = async (compose: DockerCompose, runs: number, seed: number): Promise<boolean> => {
  const folder = join(realpathSync(mkdtempSync(join(tmpdir(), 'fog-lint-oracle-'))), 'case');
  const decisions: Decisions = { accepted: 0, refused: 0 };
  const compare = async (set: ComposeSet): Promise<string | undefined> => {
    writeFiles(folder, filesOf(set));
    const theirs = await theirAnswer({ folder, args: set.args }, compose);
    decisions[theirs.kind === 'model' ? 'accepted' : 'refused'] += 1;
    return difference(theirs, await ourAnswer({ folder, args: set.args }));
  };
  const agrees = fc.asyncProperty(composeSets, async (set) => (await compare(set)) === undefined);
  try {
    const { counterexample, numShrinks } = await fc.check(agrees, { numRuns: runs, seed });
    if (counterexample) {
      const [set] = counterexample;
      process.stdout.write(`disagreement, after ${numShrinks} steps of shrinking: ${await compare(set)}\n`);
      process.stdout.write(shownAsFixture(set));
    } else
      process.stdout.write(
        `random sets: ${runs}/${runs} agree (seed ${seed}; ${decisions.accepted} accepted, ${decisions.refused} refused)\n`,
      );
    return counterexample === null;
  } finally {
    rmSync(dirname(folder), { recursive: true, force: true });
  }
};

const compose = demandDockerCompose();
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const fixturesAgree = values['no-fixtures'] || ((await compareFixtures(compose)) && (await compareSurprises(compose)));
const setsAgree = await compareRandomSets(compose, Number(values.runs), seed);
if (!fixturesAgree || !setsAgree) process.exitCode = 1;
