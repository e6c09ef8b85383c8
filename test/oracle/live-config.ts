import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { askUs } from './answer.js';
import { type Case, casesIn, FIXTURES } from './case.js';
import { answerText, outputOf, REQUESTS } from './config-cases.js';
import { askCompose, demandDockerCompose } from './docker-compose.js';
import { type ComposeSet, composeSets, filesOf } from './generator.js';
import { writeFiles } from './write-files.js';

/**
 * `npm run test:oracle:config -- [--runs 500] [--seed N] [--no-fixtures]`: compares what `fog-lint config` prints with what a
 * real docker compose does, byte for byte: the YAML, the lists, the hashes, files that are written, with every option. Each
 * set is asked for a few things. An answer that docker compose gives otherwise
 * when it is asked again (it walks Go maps) is compared line by line, in no order, with all that it gave. Ends with 1 when there is a disagreement,
 * 2 when there is no docker compose.
 */

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '500' },
    seed: { type: 'string' },
    'no-fixtures': { type: 'boolean', default: false },
  },
});

type Subject = Pick<Case, 'folder' | 'args'>;
type Request = readonly string[];

const compose = demandDockerCompose();

/** What was asked, what was answered with success, and what only agrees in no order. */
const counts = { asked: 0, answered: 0, unordered: 0 };

/** The file that docker compose wrote, which is taken away again. */
const taken = (folder: string, request: Request): string | undefined => {
  const name = outputOf(request);
  const path = name === undefined ? undefined : join(folder, name);
  if (path === undefined || !existsSync(path)) return undefined;
  const text = readFileSync(path, 'utf8');
  rmSync(path);
  return text;
};

const theirText = async (subject: Subject, request: Request): Promise<string> => {
  const { code, out } = await askCompose(subject, request, compose);
  // A crash is a refusal.
  return answerText(
    request,
    { code: code === 0 ? 0 : 1, out, written: taken(subject.folder, request) },
    subject.folder,
  );
};

const ourText = async (subject: Subject, request: Request): Promise<string> => {
  const { code, out, written } = await askUs(subject, request);
  return answerText(request, { code, out, written: [...written.values()][0] }, subject.folder);
};

/** How often docker compose is asked once more, to see whether it says the same. */
const REPETITIONS = 12;

/** Whether docker compose's answer varies, and each of our lines is one that it gives, with as many lines in all. */
const agreesInNoOrder = async (subject: Subject, request: Request, theirs: string, ours: string): Promise<boolean> => {
  const known = new Set(theirs.split('\n'));
  let varies = false;
  for (let i = 0; i < REPETITIONS; i += 1) {
    const again = await theirText(subject, request);
    varies ||= again !== theirs;
    for (const line of again.split('\n')) known.add(line);
  }
  const lines = ours.split('\n');
  return varies && lines.length === theirs.split('\n').length && lines.every((line) => known.has(line));
};

const firstDifference = (theirs: string, ours: string): string => {
  const [left, right] = [theirs.split('\n'), ours.split('\n')];
  const at = left.findIndex((line, i) => line !== right[i]);
  const shown = (lines: readonly string[]): string =>
    JSON.stringify(lines[at < 0 ? left.length : at] ?? 'nothing more');
  return `line ${at + 1}: docker compose has ${shown(left)}, fog-lint ${shown(right)}`;
};

/** The first thing in which both differ, or undefined. */
const difference = async (subject: Subject, request: Request): Promise<string | undefined> => {
  const [theirs, ours] = [await theirText(subject, request), await ourText(subject, request)];
  counts.asked += 1;
  if (theirs.includes('\n[0]\n')) counts.answered += 1;
  if (theirs === ours) return undefined;
  if (await agreesInNoOrder(subject, request, theirs, ours)) {
    counts.unordered += 1;
    return undefined;
  }
  return `config ${request.join(' ')}: ${firstDifference(theirs, ours)}`;
};

/** What the set at a position is asked for: the YAML, and four of all requests in turn. */
const requestsFor = (position: number): readonly Request[] => [
  [],
  ...[0, 1, 2, 3].map((i) => REQUESTS[(position * 4 + i) % REQUESTS.length] ?? []),
];

const compareFixtures = async (): Promise<boolean> => {
  let agrees = true;
  for (const [i, one] of casesIn(FIXTURES).entries())
    for (const request of requestsFor(i)) {
      const found = await difference(one, request);
      if (found === undefined) continue;
      agrees = false;
      process.stdout.write(`${one.name}: ${found}\n`);
    }
  return agrees;
};

const compareRandomSets = async (runs: number, seed: number): Promise<boolean> => {
  const folder = join(realpathSync(mkdtempSync(join(tmpdir(), 'fog-lint-config-'))), 'case');
  const asked = fc.tuple(composeSets, fc.shuffledSubarray([...REQUESTS], { minLength: 3, maxLength: 3 }));
  const found = async ([set, requests]: readonly [ComposeSet, readonly Request[]]): Promise<readonly string[]> => {
    writeFiles(folder, filesOf(set));
    const differences: string[] = [];
    for (const request of requests) differences.push((await difference({ folder, args: set.args }, request)) ?? '');
    return differences.filter((text) => text !== '');
  };
  try {
    const property = fc.asyncProperty(asked, async (one) => (await found(one)).length === 0);
    const { counterexample } = await fc.check(property, { numRuns: runs, seed });
    if (!counterexample) return true;
    const [one] = counterexample;
    const [set] = one;
    process.stdout.write(`${(await found(one)).join('\n')}\n`);
    for (const [path, text] of Object.entries(filesOf(set))) process.stdout.write(`--- ${path}\n${text}`);
    process.stdout.write(`--- case.json\n${JSON.stringify({ args: set.args }, undefined, 2)}\n`);
    return false;
  } finally {
    rmSync(dirname(folder), { recursive: true, force: true });
  }
};

const told = (what: string): void => {
  const { asked, answered, unordered } = counts;
  process.stdout.write(
    `${what}: ${asked} answers compared, ${answered} of them no refusals, ${unordered} in no order\n`,
  );
  Object.assign(counts, { asked: 0, answered: 0, unordered: 0 });
};

const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const fixturesAgree = values['no-fixtures'] || (await compareFixtures());
if (!values['no-fixtures']) told(`fixtures ${fixturesAgree ? 'agree' : 'DISAGREE'}`);
const setsAgree = await compareRandomSets(Number(values.runs), seed);
told(`${values.runs} random sets (seed ${seed}) ${setsAgree ? 'agree' : 'DISAGREE'}`);
if (!fixturesAgree || !setsAgree) process.exitCode = 1;
