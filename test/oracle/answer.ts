import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type RunResult, runIn } from '../run.js';
import { type Case, type CaseArgs, HOME } from './case.js';

/**
 * What a program says to a case: the model that it prints, with the case's folder as `$DIR` and the one above it as `$UP`, or a
 * refusal. `text` is what it said on standard error: errors and warnings. `failed` is a fault of fog-lint itself.
 */
export type Answer =
  | { readonly kind: 'model'; readonly model: unknown; readonly text: string }
  | { readonly kind: 'refused'; readonly text: string }
  | { readonly kind: 'failed'; readonly text: string };

const each = (flag: string, values: readonly string[]): readonly string[] => values.flatMap((value) => [flag, value]);

/** Makes an answer of how a run ended. */
export const answerOf = (code: number | null, out: string, err: string, folder: string): Answer => {
  const withoutPlace = (said: string): string => said.replaceAll(folder, '$DIR').replaceAll(dirname(folder), '$UP');
  const text = withoutPlace(err);
  if (code === 0) return { kind: 'model', model: JSON.parse(withoutPlace(out)), text };
  return { kind: code === 1 ? 'refused' : 'failed', text };
};

/** Arguments of fog-lint that ask for something of a case. */
export const configArguments = (args: CaseArgs, request: readonly string[]): readonly string[] => [
  'config',
  ...request,
  ...(args.projectName === null ? [] : ['--project-name', args.projectName]),
  ...(args.projectDirectory === null ? [] : ['--project-directory', args.projectDirectory]),
  ...each('--profile', args.profiles),
  ...each('--env-file', args.envFiles),
  ...(args.allResources ? ['--all-resources'] : []),
  ...args.configFlags,
  ...each('--service', args.services),
  ...args.files,
];

/** What `fog-lint config` does when it is asked for something of a case, in this process. */
export const askUs = (
  { folder, args }: Pick<Case, 'folder' | 'args'>,
  request: readonly string[],
): Promise<RunResult> =>
  runIn(folder, configArguments(args, request), { env: { PATH: '/usr/bin:/bin', HOME, ...args.env } });

/** What `fog-lint config` says to a case. */
export const ourAnswer = async (one: Pick<Case, 'folder' | 'args'>): Promise<Answer> => {
  const { code, out, err } = await askUs(one, ['--format', 'json']);
  return answerOf(code, out, err, one.folder);
};

const shown = (value: unknown): string => JSON.stringify(value)?.slice(0, 200) ?? 'nothing';

/** Whether a value of JSON has entries or items. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The first place at which two models differ, and what the two have there. */
export const modelDifference = (
  theirs: unknown,
  ours: unknown,
  path: string,
  [they, we]: readonly [string, string] = ['docker compose has', 'fog-lint'],
): string | undefined => {
  if (isDeepStrictEqual(theirs, ours)) return undefined;
  if (isObject(theirs) && isObject(ours) && Array.isArray(theirs) === Array.isArray(ours))
    for (const key of new Set([...Object.keys(theirs), ...Object.keys(ours)])) {
      const found = modelDifference(theirs[key], ours[key], `${path}/${key}`, [they, we]);
      if (found !== undefined) return found;
    }
  return `${path}: ${they} ${shown(theirs)}, ${we} ${shown(ours)}`;
};

/**
 * The first thing in which fog-lint's answer is not docker compose's, or undefined when both are equal: the same decision,
 * and the same model in every detail.
 */
export const difference = (theirs: Answer, ours: Answer): string | undefined => {
  if (ours.kind === 'failed') return `fog-lint fails: ${ours.text}`;
  if (theirs.kind === 'model' && ours.kind === 'model') return modelDifference(theirs.model, ours.model, '');
  if (theirs.kind !== 'model' && ours.kind !== 'model') return undefined;
  if (theirs.kind === 'model') return `docker compose accepts, fog-lint refuses: ${ours.text.trim()}`;
  return `fog-lint accepts, docker compose refuses: ${theirs.text.trim()}`;
};

/** The faults of an answer's text that name a file, a line and a column. */
export const placedErrors = (text: string): readonly string[] =>
  text.split('\n').filter((line) => /^[^\s:][^:]*:[1-9]\d*:[1-9]\d*: error: /.test(line));
