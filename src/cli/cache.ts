import { createHash } from 'node:crypto';
import { type Answer, answersOf, type Digest, stillAnswers } from '../source/answers.js';
import { FileError } from '../source/filesystem.js';
import { absolute, dirname, join } from '../source/path.js';
import type { Io } from './io.js';

/**
 * Runs that are remembered. A run is a function of its options, the version, the few variables that it may see, and what the
 * file system answers; all of it is kept with what the run has printed, and only when all of it is the same is that printed
 * again. There is nothing that could go stale, and nothing is lost with the folder.
 */

/** Variables that a remembered run may see; it cannot depend on others, for it does not get them. */
const VISIBLE =
  /^(?:HOME|USER|PWD|COMPOSE_.*|NO_COLOR|FORCE_COLOR|FORCE_HYPERLINK|CI|TERM|TERM_PROGRAM|VTE_VERSION|KONSOLE_VERSION|WT_SESSION|DOMTERM)$/;

const digest: Digest = (content) => createHash('sha256').update(content).digest('hex');

/** Something that a run has done, in its order. */
type Deed =
  | readonly ['write' | 'painted', text: string]
  | readonly ['warn', ...lines: readonly string[]]
  | readonly ['file', path: string, text: string];

/** A run as it is kept. */
type Kept = { readonly answers: readonly Answer[]; readonly deeds: readonly Deed[]; readonly exitCode: number };

/** Where runs are kept unless somebody says otherwise: never in the project, which others may write. */
const standardLocation = ({ env, cwd }: Io): string => {
  const base = env['XDG_CACHE_HOME'] || join(env['HOME'] ?? cwd, '.cache');
  return join(base, 'fog-lint');
};

const isText = (value: unknown): value is string => typeof value === 'string';
const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);

const isKept = (value: unknown): value is Kept => {
  if (typeof value !== 'object' || value === null) return false;
  const { answers, deeds, exitCode } = value as Readonly<Record<string, unknown>>;
  const areTexts = (list: unknown): boolean => Array.isArray(list) && list.every(isTexts);
  return areTexts(answers) && areTexts(deeds) && typeof exitCode === 'number';
};

/** A run that was kept in a file; undefined for what is not there, or not as it was written. */
const keptIn = (path: string, { fs }: Io): Kept | undefined => {
  try {
    const text = new TextDecoder().decode(fs.read(path));
    const [head = '', body = ''] = [text.slice(0, 64), text.slice(65)];
    if (digest(body) !== head) return undefined;
    const value: unknown = JSON.parse(body);
    return isKept(value) ? value : undefined;
  } catch (error) {
    if (error instanceof FileError || error instanceof SyntaxError) return undefined;
    throw error;
  }
};

const doAgain = ([kind, ...texts]: Deed, io: Io): void => {
  const [first = '', second = ''] = texts;
  if (kind === 'warn') io.warn(...texts);
  else if (kind === 'file') io.writeFile(first, second);
  else io.write(first, kind === 'painted');
};

/** The program itself: builds can differ that call themselves the same version. */
const programDigest = ({ fs }: Io): string => {
  const program = fs.real(process.argv[1] ?? '');
  const bundle = join(dirname(program ?? '/'), 'main.cjs');
  const file = fs.kind(bundle) === 'file' ? bundle : program;
  return file === undefined ? '' : digest(fs.read(file));
};

/** What tells one run from another before any file of the project is looked at. */
const keyOf = (request: unknown, env: Io['env'], io: Io): string => {
  const program = [FOG_LINT_VERSION, programDigest(io), process.version, process.platform];
  return digest(JSON.stringify([program, io.cwd, io.isTerminal, env, request]));
};

/**
 * Does what a run does, or what it did when everything was the same.
 * @param request What the run was asked for: arguments and options.
 * @param location Folder that runs are kept in, unless it is the usual one.
 * @param run Does it. What it may use of the world is narrowed to what is remembered.
 */
export const remembered = async (
  request: unknown,
  location: string | undefined,
  io: Io,
  run: (narrowed: Io) => Promise<void>,
): Promise<void> => {
  const env = Object.fromEntries(
    Object.entries(io.env)
      .filter(([name]) => VISIBLE.test(name))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const folder = location === undefined ? standardLocation(io) : absolute(io.cwd, location);
  const path = join(folder, `${keyOf(request, env, io)}.json`);
  const kept = keptIn(path, io);
  if (kept && stillAnswers(io.fs, kept.answers, digest)) {
    for (const deed of kept.deeds) doAgain(deed, io);
    io.exitCode = kept.exitCode;
    return;
  }
  const deeds: Deed[] = [];
  const doing = (deed: Deed): void => {
    deeds.push(deed);
    doAgain(deed, io);
  };
  const { fs, all, isTorn } = answersOf(io.fs, digest);
  const { git: _, ask: __, ...rest } = io;
  const narrowed: Io = {
    ...rest,
    fs,
    env,
    write: (text, isPainted) => doing([isPainted ? 'painted' : 'write', text]),
    warn: (...lines) => doing(['warn', ...lines]),
    writeFile: (name, text) => doing(['file', name, text]),
    exitCode: io.exitCode,
  };
  await run(narrowed);
  io.exitCode = narrowed.exitCode;
  if (isTorn()) return;
  const body = JSON.stringify({ answers: all(), deeds, exitCode: narrowed.exitCode } satisfies Kept);
  io.writeFile(path, `${digest(body)}\n${body}`);
};
