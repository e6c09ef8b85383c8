import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import fc, { type Arbitrary } from 'fast-check';
import { type RunResult, runIn } from '../run.js';
import { isObject, modelDifference } from './answer.js';
import { DEFAULT_ARGS, HOME } from './case.js';
import { demandDockerCompose, theirAnswer } from './docker-compose.js';
import { type GrownSet, grownSets } from './generate/grown.js';
import { VARIABLES } from './generate/names.js';
import { composeSets } from './generator.js';
import { styledYaml } from './styled-yaml.js';
import { writeFiles } from './write-files.js';

/**
 * `npm run test:oracle:fix -- [--runs 200] [--seed N] [--no-fixtures] [--unsafe]`: runs `--fix` on the inputs of all rules and
 * on random sets, most of them such as grow in a team, with a real docker compose as the judge. Each stack that docker compose
 * takes has to load to the same model as before; no fix may turn out to do what it must not; no comment may be lost; and a
 * second run must find nothing more to mend. With `--unsafe`, which changes what runs, a stack has to load at all. A set on
 * which one of these fails is made as small as it can be and printed. Ends with 1 when there is one, 2 when there is no docker
 * compose.
 */

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    seed: { type: 'string' },
    'no-fixtures': { type: 'boolean', default: false },
    unsafe: { type: 'boolean', default: false },
  },
});

// Reports name the version, which is put in when the program is built.
Object.assign(globalThis, { FOG_LINT_VERSION: 'test' });

const RULES = new URL('../../fixtures/rules', import.meta.url).pathname;

const compose = demandDockerCompose();

/** Stacks that were compared, those of them in whose files something was mended, and files that were written. */
const counts = { stacks: 0, mended: 0, files: 0 };

const env = { PATH: '/usr/bin:/bin', HOME, ...VARIABLES };

const lint = (folder: string, ...options: readonly string[]): Promise<RunResult> =>
  runIn(folder, ['--recursive', '--format', 'json', ...options], { env });

/** Runs `--fix` in a folder, and does there what it wanted to be done. */
const fix = async (folder: string): Promise<RunResult> => {
  const result = await lint(folder, '--fix', ...(values.unsafe ? ['--unsafe-fixes'] : []));
  for (const [path, text] of result.written) writeFileSync(path, text);
  for (const path of result.removed) rmSync(path);
  return result;
};

type Stack = { readonly name: string; readonly files: readonly string[] };

/** The stacks that fog-lint sees in a folder. */
const stacksIn = async (folder: string): Promise<readonly Stack[]> => {
  const { out } = await lint(folder);
  // Where the settings are not valid, which is what some inputs are for, nothing is printed.
  if (out === '') return [];
  const { workspaces } = JSON.parse(out) as { readonly workspaces: readonly { readonly stacks: readonly Stack[] }[] };
  return workspaces.flatMap(({ stacks }) => stacks);
};

/**
 * What of a model runs, with volumes called what Docker calls them: a fix that gives the key of a volume another name leaves
 * the volume as it is. Extensions only hold what is written once for several places, where the name is changed, too.
 */
const whatRuns = (model: unknown): unknown => {
  if (!isObject(model)) return model;
  const run = Object.fromEntries(Object.entries(model).filter(([key]) => !key.startsWith('x-')));
  const volumes: unknown = run['volumes'];
  if (!isObject(volumes)) return run;
  const names = new Map(Object.entries(volumes).map(([key, volume]) => [key, isObject(volume) ? volume['name'] : key]));
  const named = (mount: unknown): unknown =>
    isObject(mount) && mount['type'] === 'volume' && names.has(String(mount['source']))
      ? { ...mount, source: names.get(String(mount['source'])) }
      : mount;
  const services = Object.entries(isObject(run['services']) ? run['services'] : {}).map(([name, service]) => {
    const mounts: unknown = isObject(service) ? service['volumes'] : undefined;
    return [name, isObject(service) && Array.isArray(mounts) ? { ...service, volumes: mounts.map(named) } : service];
  });
  return {
    ...run,
    services: Object.fromEntries(services),
    volumes: Object.fromEntries(Object.entries(volumes).map(([key, volume]) => [names.get(key), volume])),
  };
};

const loaded = (folder: string, { files }: Stack) =>
  theirAnswer({ folder, args: { ...DEFAULT_ARGS, files, env: VARIABLES, profiles: ['*'] } }, compose);

/** The Compose files of a folder and those below it. */
const textsIn = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.yml'))
      .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
  );

const NOTE = /# note \d+\.\d+/;

const codeOf = (line: string): string => line.replace(NOTE, '').trim();

/** For each line its code behind that of the lines it belongs to; nothing for a line without code. */
const addressesIn = (lines: readonly string[]): readonly string[] => {
  const above: { readonly column: number; readonly code: string }[] = [];
  return lines.map((line) => {
    const code = codeOf(line);
    if (code === '') return '';
    // A list may stand as far left as its key.
    const column = line.search(/\S/) + (code.startsWith('-') ? 0.5 : 0);
    while ((above.at(-1)?.column ?? -1) >= column) above.pop();
    above.push({ column, code });
    return above.map((one) => one.code).join(' / ');
  });
};

/** The comments of a text, each with the address of the line that it is about: its own, or the next one that has code. */
const notesIn = (text: string): ReadonlyMap<string, string> => {
  const lines = text.split(/\r?\n/);
  const addresses = addressesIn(lines);
  return new Map(
    lines.flatMap((line, i) => {
      const [note] = NOTE.exec(line) ?? [];
      const about = addresses.slice(i).find((address) => address !== '') ?? '';
      return note === undefined ? [] : [[note, about] as const];
    }),
  );
};

/**
 * A comment that is gone although what it is about is there, or a line break of another kind than the others of its file;
 * undefined where there is neither.
 */
const lostIn = (before: ReadonlyMap<string, string>, folder: string): string | undefined => {
  const after = textsIn(folder);
  const kept = new Set([...after.values()].flatMap((text) => [...notesIn(text).keys()]));
  for (const [path, text] of before) {
    const now = after.get(path) ?? '';
    const left = new Set(addressesIn(now.split(/\r?\n/)));
    for (const [note, about] of notesIn(text))
      if (!kept.has(note) && left.has(about)) return `${path} has lost the comment "${note}" of "${about}"`;
    if (text.includes('\r\n') && /(?<!\r)\n/.test(now)) return `${path} has two kinds of line breaks`;
  }
  return undefined;
};

/** Of what was and what is. */
const WORDS = ['it had', 'it has'] as const;

/** What is wrong with mending the files of a folder, or undefined. */
const problemIn = async (folder: string): Promise<string | undefined> => {
  const texts = textsIn(folder);
  const stacks = await stacksIn(folder);
  const before = await Promise.all(stacks.map((stack) => loaded(folder, stack)));
  const { written, err, code } = await fix(folder);
  if (code > 1 || err.includes('fault of fog-lint')) return `--fix ended with ${code}: ${err.trim()}`;
  counts.stacks += stacks.length;
  counts.files += written.size;
  if (written.size === 0) return undefined;
  const lost = values.unsafe ? undefined : lostIn(texts, folder);
  if (lost !== undefined) return lost;
  for (const [i, stack] of stacks.entries()) {
    const [then, now] = [before[i], await loaded(folder, stack)];
    if (then?.kind !== 'model') continue;
    counts.mended += 1;
    if (now.kind !== 'model') return `docker compose no longer loads the stack "${stack.name}": ${now.text.trim()}`;
    const changed = values.unsafe ? undefined : modelDifference(whatRuns(then.model), whatRuns(now.model), '', WORDS);
    if (changed !== undefined) return `the stack "${stack.name}" is another one: ${changed}`;
  }
  const again = await fix(folder);
  return again.written.size > 0 ? `a second --fix changes ${[...again.written.keys()].join(', ')}` : undefined;
};

const foldersIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));

const mendFixtures = async (folder: string): Promise<boolean> => {
  let isRight = true;
  for (const input of foldersIn(RULES).flatMap(foldersIn)) {
    rmSync(folder, { recursive: true, force: true });
    cpSync(input, folder, { recursive: true });
    const problem = await problemIn(folder);
    if (problem === undefined) continue;
    isRight = false;
    process.stdout.write(`${input}: ${problem}\n`);
  }
  return isRight;
};

/** The names that files of random sets have here: those of the roles that fog-lint knows. */
const NAMES: Readonly<Record<string, string>> = {
  'override0.yml': 'compose.dev.yml',
  'override1.yml': 'compose.prod.yml',
};

/** A set, and what decides on the style that its files are written in. */
type StyledSet = readonly [set: GrownSet, seed: number];

const styledSets: Arbitrary<StyledSet> = fc.tuple(
  fc.oneof({ weight: 2, arbitrary: grownSets }, { weight: 1, arbitrary: composeSets }),
  fc.nat(1_000_000),
);

const filesToMend = ([set, seed]: StyledSet): Readonly<Record<string, string>> =>
  Object.fromEntries([
    ...Object.entries(set.texts),
    ...Object.entries(set.files).map(([path, documents], i) => [NAMES[path] ?? path, styledYaml(documents, seed + i)]),
  ]);

const mendRandomSets = async (folder: string, runs: number, seed: number): Promise<boolean> => {
  const problemOf = (set: StyledSet): Promise<string | undefined> => {
    writeFiles(folder, filesToMend(set));
    return problemIn(folder);
  };
  const property = fc.asyncProperty(styledSets, async (set) => (await problemOf(set)) === undefined);
  const { counterexample, numRuns, numShrinks } = await fc.check(property, { numRuns: runs, seed });
  if (!counterexample) return true;
  const [set] = counterexample;
  process.stdout.write(`set ${numRuns}, after ${numShrinks} steps of shrinking: ${await problemOf(set)}\n`);
  for (const [path, text] of Object.entries(filesToMend(set))) process.stdout.write(`--- ${path}\n${text}`);
  return false;
};

const told = (what: string, isRight: boolean): void => {
  const { stacks, mended, files } = counts;
  const kept = values.unsafe ? 'still load' : 'load as before';
  process.stdout.write(
    `${what}: ${isRight ? `${mended} stacks of mended files ${kept}` : 'WRONG'} (${stacks} stacks, ${files} files written)\n`,
  );
  Object.assign(counts, { stacks: 0, mended: 0, files: 0 });
};

const folder = join(realpathSync(mkdtempSync(join(tmpdir(), 'fog-lint-fix-'))), 'case');
try {
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
  const fixturesRight = values['no-fixtures'] || (await mendFixtures(folder));
  if (!values['no-fixtures']) told('inputs of rules', fixturesRight);
  const setsRight = await mendRandomSets(folder, Number(values.runs), seed);
  told(`${values.runs} random sets (seed ${seed})`, setsRight);
  if (!fixturesRight || !setsRight) process.exitCode = 1;
} finally {
  rmSync(dirname(folder), { recursive: true, force: true });
}
