import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Variable } from '../../src/model/environment.js';
import { get } from '../../src/model/value.js';
import { parse } from '../../src/parse/parse.js';
import { parseDotenv } from '../../src/resolve/dotenv.js';
import { formatDuration, parseDuration } from '../../src/resolve/duration.js';
import { readBoolean } from '../../src/resolve/interpolate.js';
import { parseFloatText, parseInteger } from '../../src/resolve/number.js';
import { splitWords } from '../../src/resolve/shell-words.js';
import { parseSize } from '../../src/resolve/size.js';
import { sprint } from '../../src/resolve/sprint.js';
import { substitute } from '../../src/resolve/template.js';
import { clean } from '../../src/source/path.js';
import { sourceOf } from '../../src/source/source.js';
import { configArguments } from '../oracle/answer.js';
import { type ComposeSet, composeSets, filesOf } from '../oracle/generator.js';
import { type Files, isPlace, type Node, nodesOf, type Place, type Step, type Told, textAt } from '../origins.js';
import { run } from '../run.js';

const placesOf = (step: Step): readonly Place[] =>
  [
    step,
    step.lost,
    step.source,
    ...(step.variables ?? []),
    ...(step.variables ?? []).map(({ source }) => source),
  ].filter(isPlace);

/** What docker compose may make of a text or a number that was written, as texts. */
const CONVERSIONS: readonly ((text: string) => unknown)[] = [
  (text) => text,
  (text) => (/^name:|\n *name:/.test(text) ? true : undefined),
  (text) => readBoolean(text)?.value,
  (text) => parseInteger(text),
  (text) => parseFloatText(text),
  (text) => Math.fround(Number(text)),
  (text) => Math.trunc(Number(text)),
  (text) => parseSize(text),
  (text) => {
    const nanoseconds = parseDuration(text);
    return nanoseconds === undefined ? undefined : formatDuration(nanoseconds);
  },
  (text) => (/^\d+$/.test(text) ? `0${Number(text).toString(8)}` : undefined),
  (text) => (/^[0-7]+$/.test(text) ? `0${BigInt(`0o${text}`).toString(8)}` : undefined),
  (text) => clean(text),
  (text) => text.toLowerCase().replace(/[^a-z0-9_-]/g, ''),
  (text) => (text === 'if_not_present' ? 'missing' : undefined),
  (text) => (text.toLowerCase() === 'all' ? -1 : undefined),
  (text) => (['ro', 'nocopy'].includes(text) ? true : undefined),
];

/** Whether a written text, its variables put in, gives a value, or holds it as a part. */
const gives = (written: string, value: unknown): boolean => {
  const text = String(value);
  const words = splitWords(written)?.map((word) => word.text) ?? [];
  if ([written, ...words].some((part) => CONVERSIONS.some((convert) => String(convert(part)) === text))) return true;
  if (written.includes(text)) return true;
  // A path starts in another folder than the text; a host's address is printed behind its name.
  const tail = clean(written.replace(/^~/, '.')).replace(/^(\.\.?\/)+/, '');
  if (text.endsWith(`/${tail}`) || (text.startsWith('/') && (tail === '.' || tail === '..'))) return true;
  if (text.endsWith(`=${written.replace(/^\[|\]$/g, '')}`)) return true;
  const [low, high] = written.split('-').map(Number);
  return low !== undefined && high !== undefined && Number(value) >= low && Number(value) <= high;
};

const lookupIn =
  (environment: Files) =>
  (name: string): Variable | undefined => {
    const value = environment[name];
    return value === undefined ? undefined : { value, source: { kind: 'process' } };
  };

/** What a text of a Compose file says by itself; undefined for a mapping or a list. */
const parsedYaml = (text: string): string | undefined => {
  const document = parse(sourceOf('part.yml', `value: ${text}\n`)).documents[0];
  const value = get(document?.root, 'value');
  return value?.kind === 'scalar' ? sprint(value) : undefined;
};

/** What a value of an env file says by itself. Its variables may be those of the file, which are not known here. */
const parsedDotenv = (text: string, environment: Files): string =>
  parseDotenv(sourceOf('part.env', `X=${text}`), lookupIn(environment), new Map()).assignments[0]?.value ?? text;

/** What the text at a place may say by itself, for each of the environments that its file may be loaded with. */
const saidBy = (text: string, isRead: boolean, environments: readonly Files[]): readonly string[] => {
  if (isRead) return [text, ...environments.map((environment) => parsedDotenv(text, environment))];
  const template = parsedYaml(text) ?? text;
  return [text, ...environments.map((environment) => substitute(template, lookupIn(environment)).text)];
};

const wrongIn = (
  { path, value, node: { steps } }: Told,
  files: Files,
  environments: readonly Files[],
): readonly string[] => {
  if (steps.length === 0) return [`${path}: nobody gave it`];
  const outside = steps.flatMap(placesOf).find((place) => textAt(place, files) === undefined);
  if (outside) return [`${path}: ${JSON.stringify(outside)} is no place in its file`];
  const last = steps.findLast(({ kind }) => kind === 'written' || kind === 'read');
  const isWhole = typeof value === 'object' || value === '' || path.includes('#extensions');
  if (!isPlace(last) || isWhole) return [];
  const text = (textAt(last, files) ?? '').trim();
  // Variables of an env file may be those of the service; only the place of their value is looked at then.
  if (last.kind === 'read' && text.includes('$')) return [];
  // A key of `build.ssh` without a path is printed alone.
  if (path.includes('/ssh/') && parsedYaml(text) === '<nil>') return [];
  const isTaken = steps.some(({ kind }) => kind === 'environment');
  const said = isTaken
    ? environments.flatMap((environment) => Object.values(environment))
    : saidBy(text, last.kind === 'read', environments);
  const shown = typeof value === 'string' ? value.replaceAll('$$', '$') : value;
  if (said.some((one) => gives(one, shown))) return [];
  return [
    `${path}: ${last.file}:${last.line}:${last.column} has ${JSON.stringify(text)}, not ${JSON.stringify(shown)}`,
  ];
};

/** What is wrong with the origins of a set's values; nothing for a set that is refused. */
const wrongPlaces = async (set: ComposeSet): Promise<readonly string[]> => {
  const files = filesOf(set);
  const { args } = set;
  const { code, out, err } = await run(configArguments(args, ['--origins', '--format', 'json']), files, {
    env: { HOME: '/home/user', ...args.env },
  });
  if (code === 1) return [];
  if (code !== 0) return [`exit status ${code}: ${err}`];
  const { model, origins } = JSON.parse(out) as { readonly model: unknown; readonly origins: Node };
  const environments = Object.entries(files)
    .filter(([path]) => path.endsWith('.env'))
    .map(([path, text]) => {
      const { assignments } = parseDotenv(sourceOf(path, text.replace(/^\ufeff/, '')), lookupIn(args.env), new Map());
      return { ...Object.fromEntries(assignments.map(({ name, value }) => [name, value])), ...args.env };
    });
  return [...nodesOf(model, origins, '')].flatMap((told) => wrongIn(told, files, [args.env, ...environments]));
};

/** How many sets are tried, always the same; both can be given for a longer search. */
const { ORIGINS_RUNS: runs = '60', ORIGINS_SEED: seed = '1' } = process.env;
const RUNS = { numRuns: Number(runs), seed: Number(seed) };

test('the text at the place of a value gives the value or the part of it', async () => {
  await fc.assert(
    fc.asyncProperty(composeSets, async (set) => {
      expect(await wrongPlaces(set)).toEqual([]);
    }),
    RUNS,
  );
}, 600_000);
