import { safePart } from '../consolidate/consolidate.js';
import type { Changes } from '../fix/assemble.js';
import { type Fixed, type FixInput, fixAll, type RefusedFix } from '../fix/fix.js';
import { groupsOf } from '../fix/groups.js';
import { patchOf } from '../fix/patch.js';
import type { LintResult } from '../lint/run.js';
import { counted } from '../report/counts.js';
import { differenceLine } from '../report/differences.js';
import { encode } from '../source/encoding.js';
import { type FileSystem, overlayFileSystem, steadyFileSystem } from '../source/filesystem.js';
import { relative } from '../source/path.js';
import { projectRoot } from '../workspace/project-root.js';
import { RunError } from '../workspace/run-error.js';
import type { Workspace } from '../workspace/workspace.js';
import type { FixOptions } from './fix-options.js';
import { EXIT, type Io } from './io.js';

const refusedLines = ({ finding, fix, kind, why, changes }: RefusedFix, cwd: string): readonly string[] => {
  const where = finding.at ? `${relative(cwd, finding.at.source.path)}: ` : '';
  const lines = changes.flatMap(({ stack, differences, faults }) => [
    ...differences.map((difference) => `  stack "${stack}": ${differenceLine(difference)}`),
    ...faults.map(({ rule, message }) => `  stack "${stack}": ${message} [${rule}]`),
  ]);
  const what =
    kind === 'broken'
      ? 'was to leave stacks as they are and does not, so that it was not applied. This is a fault of fog-lint; please report it'
      : 'was not applied';
  return [`${where}"${fix.title}" ${what}: ${why}. [${finding.rule}]`, ...lines];
};

/**
 * Writes the files, group by group.
 * @param fs The files as they were read; one that is another one by now is not written.
 * @returns Those that were written.
 */
const write = (changes: Changes, applied: Fixed['applied'], fs: FileSystem, io: Io): ReadonlySet<string> => {
  const written = new Set<string>();
  for (const group of groupsOf(applied.map(({ fix }) => fix))) {
    const files = group.flatMap((path) => {
      const after = changes.get(path);
      const before = fs.kind(path) === undefined ? undefined : fs.read(path);
      return after ? [{ path, before, after, root: projectRoot(io.fs, io.cwd, io.cwd) }] : [];
    });
    try {
      io.replaceFiles(files);
      for (const { path } of files) written.add(path);
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      io.warn(`fog-lint: ${error.message}`);
      io.exitCode = EXIT.failed;
    }
  }
  return written;
};

/** Whether a patch shows values that move into an env file. */
const holdsValues = ({ applied }: Fixed): boolean => applied.some(({ fix }) => (fix.variables ?? []).length > 0);

/** The safe part of the plans for all workspaces, on top of what is fixed. */
const planSafely = (workspaces: readonly Workspace[]): Changes =>
  new Map(
    workspaces.flatMap((workspace) =>
      [...(safePart(workspace)?.changes ?? [])].flatMap(([path, source]): readonly (readonly [string, Uint8Array])[] =>
        source ? [[path, encode(source.text, source.encoding)]] : [],
      ),
    ),
  );

/** Writes what the plans change, if all that they build on was written. */
const writePlanned = (
  planned: Changes,
  fixed: Fixed,
  written: ReadonlySet<string>,
  fs: FileSystem,
  io: Io,
): boolean => {
  if (planned.size === 0 || [...fixed.changes.keys()].some((path) => !written.has(path))) return false;
  const root = projectRoot(io.fs, io.cwd, io.cwd);
  const files = [...planned].map(([path, after]) => {
    const before = fixed.changes.get(path) ?? (fs.kind(path) === undefined ? undefined : fs.read(path));
    return { path, before, after, root };
  });
  io.replaceFiles(files);
  io.warn(`Consolidated ${counted(files.length, 'file')}; no stack changes.`);
  return true;
};

const printPatch = (fixed: Fixed, planned: Changes, io: Io, print: (text: string) => void): void => {
  const { text, directory, omitted } = patchOf(new Map([...fixed.changes, ...planned]), io.fs, io.cwd);
  for (const path of omitted) io.warn(`${relative(io.cwd, path)} is in UTF-16 and not part of the patch.`);
  if (text !== '' && directory !== io.cwd) io.warn(`The names in this patch start from ${directory}.`);
  if (text !== '' && holdsValues(fixed)) io.warn('The patch holds values for env files, which may be secret.');
  print(text);
  if (text !== '' && io.exitCode === EXIT.clean) io.exitCode = EXIT.findings;
};

/**
 * Fixes what is found: prints the patch with `--diff`, writes the files with `--fix`.
 * @returns What is found afterwards; undefined after a patch, which stands alone on standard output.
 */
export const fixFindings = (
  input: Omit<FixInput, 'fs' | 'unsafe'>,
  options: FixOptions,
  io: Io,
  print: (text: string) => void,
): readonly LintResult[] | undefined => {
  const fs = steadyFileSystem(io.fs);
  const fixed = fixAll({ ...input, fs, unsafe: options.unsafeFixes ?? false });
  const onFixed = (more: Changes): readonly Workspace[] =>
    input.open(overlayFileSystem(fs, new Map([...fixed.changes, ...more])), true);
  const planned = options.consolidates ? planSafely(onFixed(new Map())) : new Map<string, Uint8Array>();
  for (const refused of fixed.refused) io.warn(...refusedLines(refused, io.cwd));
  if (fixed.refused.some(({ kind }) => kind === 'broken')) io.exitCode = EXIT.failed;
  if (!fixed.isStable) io.warn('Fixes gave rise to further ones again and again; run once more to go on.');
  if (options.diff) {
    printPatch(fixed, planned, io, print);
    return undefined;
  }
  const written = write(fixed.changes, fixed.applied, fs, io);
  const done = fixed.applied.filter(({ fix }) =>
    groupsOf([fix])
      .flat()
      .every((path) => written.has(path) || !fixed.changes.has(path)),
  );
  if (written.size > 0) io.warn(`Fixed ${counted(done.length, 'finding')} in ${counted(written.size, 'file')}.`);
  if (writePlanned(planned, fixed, written, fs, io)) return input.lint(onFixed(planned));
  return done.length === fixed.applied.length ? fixed.results : input.lint(input.open(io.fs, true));
};
