import {
  applyBaseline,
  type Baseline,
  type BaselineEntry,
  baselineOf,
  baselineText,
  parseBaseline,
  type Scope,
} from '../lint/baseline.js';
import type { Rule } from '../lint/rule.js';
import type { LintResult, LintTask } from '../lint/run.js';
import { counted } from '../report/counts.js';
import { decode } from '../source/encoding.js';
import { absolute, basename, isInside, join } from '../source/path.js';
import { isComposeFileName } from '../workspace/roles.js';
import { RunError } from '../workspace/run-error.js';
import type { Workspace } from '../workspace/workspace.js';
import type { Io } from './io.js';

export type BaselineOptions = { readonly baseline?: string; readonly updateBaseline?: true };

/** Stale entries that are told one by one; the rest is counted. */
const MOST_STALE = 10;

/**
 * What a run has looked at, in the words of a baseline: the Compose files that it read, the files beside them, and what is
 * no longer there.
 */
const scopeOf = (tasks: readonly LintTask[], rules: readonly Rule[], { fs }: Io): Scope => {
  const workspaces = tasks.map(({ workspace }) => workspace);
  const isLookedAt = ({ root, directory, parsed }: Workspace, file: string): boolean => {
    const path = join(root, file);
    if (parsed.has(path) || fs.kind(path) === undefined) return true;
    return isInside(directory, path) && !isComposeFileName(basename(path));
  };
  const on = new Set(rules.filter((rule) => tasks.some(({ levels }) => levels.isOn(rule))).map(({ meta }) => meta.id));
  const known = new Set(rules.map(({ meta }) => meta.id));
  return {
    hasFile: (file) => file === '' || workspaces.some((workspace) => isLookedAt(workspace, file)),
    hasRule: (rule) => on.has(rule) || !known.has(rule),
  };
};

const readBaseline = (name: string, { fs, cwd }: Io): Baseline | undefined => {
  const path = absolute(cwd, name);
  return fs.kind(path) === undefined ? undefined : parseBaseline(decode(path, fs.read(path)).source.text, name);
};

const staleLines = (name: string, stale: readonly BaselineEntry[]): readonly string[] => {
  if (stale.length === 0) return [];
  const lines = stale.slice(0, MOST_STALE).map(({ file, rule, path, count }) => {
    const where = [file, path].filter(Boolean).join(', ') || 'the project';
    return `${name}: ${where}: ${rule} is found ${count === 1 ? 'once' : `${count} times`} less than the baseline accepts`;
  });
  const more = stale.length - MOST_STALE;
  if (more > 0) lines.push(`${name}: ${more} more entries accept more than is found`);
  return [...lines, 'Run with --update-baseline to bring the baseline up to date.'];
};

/**
 * The results of a run without what the baseline accepts. Writes the baseline first where that is asked for, and tells on
 * standard error what it accepts without need.
 * @throws {RunError} when there is no baseline to read, or it cannot be read.
 */
export const withBaseline = (
  results: readonly LintResult[],
  tasks: readonly LintTask[],
  rules: readonly Rule[],
  { baseline: name, updateBaseline }: BaselineOptions,
  io: Io,
): readonly LintResult[] => {
  if (name === undefined) {
    if (!updateBaseline) return results;
    throw new RunError('no-baseline', {
      message: '--update-baseline has no file to write',
      hint: 'Name it with --baseline, for example --baseline fog-lint-baseline.json.',
    });
  }
  const scope = scopeOf(tasks, rules, io);
  const before = readBaseline(name, io);
  if (updateBaseline) {
    const baseline = baselineOf(results, before ?? [], scope);
    io.writeFile(name, baselineText(baseline));
    const count = baseline.reduce((sum, entry) => sum + entry.count, 0);
    io.warn(`${name} accepts ${counted(count, 'finding')} from now on.`);
    return applyBaseline(results, baseline, scope).results;
  }
  if (!before)
    throw new RunError('no-baseline', {
      message: `${name}: no such baseline`,
      hint: 'Write it with --update-baseline.',
    });
  const applied = applyBaseline(results, before, scope);
  io.warn(...staleLines(name, applied.stale));
  return applied.results;
};
