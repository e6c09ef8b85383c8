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

/** What fixes change, and what the plans change on top of that. */
type Round = {
  /** The files before it. */
  readonly fs: FileSystem;
  readonly fixed: Fixed;
  readonly planned: Changes;
};

/** The safe part of the plans for all workspaces. */
const planSafely = (workspaces: readonly Workspace[]): Changes =>
  new Map(
    workspaces.flatMap((workspace) =>
      [...(safePart(workspace)?.changes ?? [])].flatMap(([path, source]): readonly (readonly [string, Uint8Array])[] =>
        source ? [[path, encode(source.text, source.encoding)]] : [],
      ),
    ),
  );

/** How often plans may give rise to further fixes, and these to further plans. */
const MOST_ROUNDS = 4;

const changesOf = ({ fixed, planned }: Round): Changes => new Map([...fixed.changes, ...planned]);

/** Fixes and plans by turns, until neither has anything left to do: what a plan takes away may have stood in a fix's way. */
const roundsOf = (input: FixInput, consolidates: boolean): readonly [Round, ...Round[]] => {
  const round = (fs: FileSystem, isFirst: boolean): Round => {
    const fixed = fixAll({ ...input, fs });
    const plans = consolidates && (isFirst || fixed.changes.size > 0);
    return {
      fs,
      fixed,
      planned: plans ? planSafely(input.open(overlayFileSystem(fs, fixed.changes), true)) : new Map(),
    };
  };
  const rounds: [Round, ...Round[]] = [round(input.fs, true)];
  for (let last = rounds[0]; last.planned.size > 0 && rounds.length < MOST_ROUNDS; ) {
    last = round(overlayFileSystem(last.fs, changesOf(last)), false);
    rounds.push(last);
  }
  return rounds;
};

/** Whether a patch shows values that move into an env file. */
const holdsValues = ({ fixed }: Round): boolean => fixed.applied.some(({ fix }) => (fix.variables ?? []).length > 0);

/** Writes what fixes change. @returns Whether all of it was written. */
const writeFixed = ({ fixed, fs }: Round, io: Io): boolean => {
  const written = write(fixed.changes, fixed.applied, fs, io);
  const done = fixed.applied.filter(({ fix }) =>
    groupsOf([fix])
      .flat()
      .every((path) => written.has(path) || !fixed.changes.has(path)),
  );
  if (written.size > 0) io.warn(`Fixed ${counted(done.length, 'finding')} in ${counted(written.size, 'file')}.`);
  return [...fixed.changes.keys()].every((path) => written.has(path));
};

/** Writes what plans change, on top of what is fixed. */
const writePlanned = ({ planned, fixed, fs }: Round, io: Io): void => {
  if (planned.size === 0) return;
  const root = projectRoot(io.fs, io.cwd, io.cwd);
  const files = [...planned].map(([path, after]) => {
    const before = fixed.changes.get(path) ?? (fs.kind(path) === undefined ? undefined : fs.read(path));
    return { path, before, after, root };
  });
  io.replaceFiles(files);
  io.warn(`Consolidated ${counted(files.length, 'file')}; no stack changes.`);
};

const printPatch = (rounds: readonly Round[], io: Io, print: (text: string) => void): void => {
  const changes = new Map(rounds.flatMap((round) => [...changesOf(round)]));
  const { text, directory, omitted } = patchOf(changes, io.fs, io.cwd);
  for (const path of omitted) io.warn(`${relative(io.cwd, path)} is in UTF-16 and not part of the patch.`);
  if (text !== '' && directory !== io.cwd) io.warn(`The names in this patch start from ${directory}.`);
  if (text !== '' && rounds.some(holdsValues)) io.warn('The patch holds values for env files, which may be secret.');
  print(text);
  if (text !== '' && io.exitCode === EXIT.clean) io.exitCode = EXIT.findings;
};

/** Says once what was not applied, and why. */
const tellRefused = (rounds: readonly Round[], io: Io): void => {
  const refused = rounds.flatMap(({ fixed }) => fixed.refused);
  const told = new Map(
    refused.map((one) => {
      const lines = refusedLines(one, io.cwd);
      return [JSON.stringify(lines), lines];
    }),
  );
  for (const lines of told.values()) io.warn(...lines);
  if (refused.some(({ kind }) => kind === 'broken')) io.exitCode = EXIT.failed;
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
  const rounds = roundsOf({ ...input, fs, unsafe: options.unsafeFixes ?? false }, options.consolidates ?? false);
  const last = rounds.at(-1) ?? rounds[0];
  tellRefused(rounds, io);
  if (!last.fixed.isStable || last.planned.size > 0)
    io.warn('Fixes gave rise to further ones again and again; run once more to go on.');
  if (options.diff) {
    printPatch(rounds, io, print);
    return undefined;
  }
  for (const round of rounds) {
    // What comes next builds on what was written.
    if (!writeFixed(round, io)) return input.lint(input.open(io.fs, true));
    writePlanned(round, io);
  }
  return last.planned.size === 0
    ? last.fixed.results
    : input.lint(input.open(overlayFileSystem(last.fs, changesOf(last)), true));
};
