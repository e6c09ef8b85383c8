import { mkdirSync } from 'node:fs';
import type { Consolidation } from '../consolidate/consolidate.js';
import { envPath } from '../consolidate/plan.js';
import { encode } from '../source/encoding.js';
import { freeName } from '../source/free-name.js';
import { basename, dirname, join, relative } from '../source/path.js';
import { type Source, sourceOf } from '../source/source.js';
import { ignoredBelow } from '../workspace/ignored.js';
import { RunError } from '../workspace/run-error.js';
import type { Io } from './io.js';
import type { Replacement } from './replace-files.js';

const bytesAt = (path: string, { fs }: Io): Uint8Array | undefined =>
  fs.kind(path) === 'file' ? fs.read(path) : undefined;

/** The first free name for a backup: `docker-compose.yml.bak`, `docker-compose.yml.bak.2`. */
const backupName = (path: string, { fs }: Io): string =>
  freeName(`${path}.bak`, (name) => fs.kind(name) === undefined, '.');

/** Files whose old content is kept beside them: all that are replaced or go, but for the env file, whose lines all stay. */
const isBackedUp = (path: string): boolean => basename(path) !== '.env';

/**
 * Writes what a plan makes of the files: backups and new texts first, all or none; what has got another name goes last.
 * @throws {RunError} when a file is no longer what was read, before any of them is touched.
 */
export const writePlan = ({ plan, analysis }: Consolidation, io: Io): void => {
  const { root, directory } = analysis.workspace;
  const files: Replacement[] = [];
  const gone: { readonly path: string; readonly before: Uint8Array }[] = [];
  for (const [path, source] of plan.changes) {
    const before = bytesAt(path, io);
    if (before && isBackedUp(path)) files.push({ path: backupName(path, io), before: undefined, after: before, root });
    if (source) files.push({ path, before, after: encode(source.text, source.encoding), root });
    else if (before) gone.push({ path, before });
  }
  io.replaceFiles(files);
  for (const { path, before } of gone) io.removeFile(path, before);
  for (const { path } of files) io.warn(`wrote ${relative(directory, path)}`);
  for (const { path } of gone) io.warn(`removed ${relative(directory, path)}`);
};

/** A `.gitignore` for a folder that gets a `.env` that git would take in there, by its path in the folder of the set. */
const ignoreOfEnv = ({ plan, analysis }: Consolidation, folder: string): Source | undefined => {
  const { directory, root, fs } = analysis.workspace;
  const path = join(directory, '.gitignore');
  if (!plan.changes.has(envPath(directory)) || plan.changes.has(path)) return undefined;
  return ignoredBelow(fs, root)(join(folder, '.env'), false) ? undefined : sourceOf(path, '.env\n');
};

/** All files of the set as they are afterwards, and what the plan makes beside them, below another folder. */
export const writeTo = (consolidation: Consolidation, folder: string, io: Io): void => {
  const { plan, analysis } = consolidation;
  const { directory, files } = analysis.workspace;
  if (folder === directory)
    throw new RunError('bad-usage', {
      message: '--out names the folder of the files themselves',
      hint: 'Use --write.',
    });
  const texts = new Map(files.map((file) => [file.path, file.source]));
  for (const [path, source] of plan.changes) {
    if (source) texts.set(path, source);
    else texts.delete(path);
  }
  const ignore = ignoreOfEnv(consolidation, folder);
  if (ignore) texts.set(ignore.path, ignore);
  const replacements = [...texts].map(([path, source]): Replacement => {
    const target = join(folder, relative(directory, path));
    return { path: target, before: bytesAt(target, io), after: encode(source.text, source.encoding), root: folder };
  });
  const taken = replacements.filter(({ before, after }) => before && !sameBytes(before, after));
  if (taken.length > 0)
    throw new RunError('would-overwrite', {
      message: `${taken.map(({ path }) => relative(io.cwd, path)).join(', ')}: there already, with another content`,
      hint: 'Choose an empty folder.',
    });
  for (const { path } of replacements) mkdirSync(dirname(path), { recursive: true });
  io.replaceFiles(replacements);
  for (const { path } of replacements) io.warn(`wrote ${relative(io.cwd, path)}`);
};

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
