import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.js';
import { nodeFileSystem } from '../../src/cli/node-filesystem.js';
import { openWorkspaces } from '../../src/cli/open.js';
import { assemble, type Changes } from '../../src/fix/assemble.js';
import { type Candidate, type Fixed, fixAll } from '../../src/fix/fix.js';
import { changesOfStacks } from '../../src/fix/prove.js';
import { levelsFor } from '../../src/lint/levels.js';
import { type LintResult, lintAll } from '../../src/lint/run.js';
import { type FileSystem, overlayFileSystem, steadyFileSystem } from '../../src/source/filesystem.js';
import { newMemory } from '../../src/workspace/memory.js';
import { isComposeFileName } from '../../src/workspace/roles.js';
import type { Workspace } from '../../src/workspace/workspace.js';

const ROOT = join(import.meta.dirname, '../..');
const FOLDERS = [join(ROOT, 'fixtures'), join(ROOT, '../shared/corpus/wild')].filter((folder) => existsSync(folder));

/** Folders with Compose files: our fixtures, and the corpus where it is there. */
const folders = [
  ...new Set(
    FOLDERS.flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && isComposeFileName(entry.name))
        .map((entry) => entry.parentPath),
    ),
  ),
].sort();

const unused = (): never => {
  throw new Error('not to be used');
};

/** Opens a folder as the program does when it fixes: what a change leaves alone is neither parsed nor resolved again. */
const openIn = (cwd: string): ((fs: FileSystem, examples: boolean) => readonly Workspace[]) => {
  const options = { stack: [], profile: [], envFile: [], memory: newMemory() };
  return (fs, examples) =>
    openWorkspaces(['.'], { ...options, examples }, [], {
      fs,
      cwd,
      env: {},
      isTerminal: false,
      write: unused,
      warn: unused,
      readInput: unused,
      writeFile: unused,
      replaceFiles: unused,
      removeFile: unused,
      exitCode: 0,
    });
};

const lint = (workspaces: readonly Workspace[]): readonly LintResult[] =>
  lintAll(
    workspaces.map((workspace) => ({
      workspace,
      levels: levelsFor(workspace.settings, { only: new Set(), rules: new Map() }),
    })),
    { rules },
  );

const candidatesIn = (results: readonly LintResult[]): readonly Candidate[] =>
  results.flatMap(({ findings }) => findings.flatMap((finding) => finding.fixes().map((fix) => ({ finding, fix }))));

/** What stands between the places that a fix edits, in each file. */
const untouched = ({ fix }: Candidate): ReadonlyMap<string, readonly string[]> => {
  const files = new Map<string, { text: string; spans: { start: number; end: number }[] }>();
  for (const { at } of fix.edits) {
    const file = files.get(at.source.path) ?? { text: at.source.text, spans: [] };
    file.spans.push(at);
    files.set(at.source.path, file);
  }
  return new Map(
    [...files].map(([path, { text, spans }]) => {
      const sorted = [...spans].sort((a, b) => a.start - b.start);
      const starts = [0, ...sorted.map(({ end }) => end)];
      return [path, starts.map((start, i) => text.slice(start, sorted[i]?.start ?? text.length))];
    }),
  );
};

const textIn = (changes: Changes, path: string): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(changes.get(path)).replace(/^\uFEFF/, '');

/** Whether a text is these pieces in this order, the first and the last at its ends, with something else between them. */
const consistsOf = (text: string, pieces: readonly string[]): boolean => {
  let at = 0;
  for (const [i, piece] of pieces.entries()) {
    const found = i === pieces.length - 1 ? text.length - piece.length : i === 0 ? 0 : text.indexOf(piece, at);
    if (found < at || !text.startsWith(piece, found)) return false;
    at = found + piece.length;
  }
  return true;
};

const told = (fixed: Fixed, folder: string, kind: 'broken' | 'unfit'): readonly string[] =>
  fixed.refused
    .filter((refused) => refused.kind === kind)
    .map(({ finding, fix, why, changes }) =>
      [
        relative(folder, finding.at?.source.path ?? ''),
        finding.rule,
        fix.title,
        why,
        ...changes.flatMap(({ differences, faults }) => [
          ...differences.map(({ kind: what, path }) => `${what} ${path.join('.')}`),
          ...faults.map(({ message }) => message),
        ]),
      ].join(': '),
    );

describe.each(folders.map((folder) => [relative(dirname(ROOT), folder), folder] as const))('%s', (_, folder) => {
  test('each fix alone touches what it says and nothing else, and keeps its promise', () => {
    const [open, fs] = [openIn(folder), steadyFileSystem(nodeFileSystem)];
    const before = open(fs, true);
    for (const candidate of candidatesIn(lint(before))) {
      const assembled = assemble([candidate.fix], fs);
      if (assembled.kind === 'refused') continue;
      for (const [path, pieces] of untouched(candidate))
        expect(consistsOf(textIn(assembled.changes, path), pieces), candidate.fix.title).toBe(true);
      if (candidate.fix.applicability !== 'safe') continue;
      const makesEnv = [...assembled.changes.keys()].some((path) => path.endsWith('/.env') && !existsSync(path));
      const after = open(overlayFileSystem(fs, assembled.changes), !makesEnv);
      const changed = changesOfStacks(makesEnv ? open(fs, false) : before, after);
      expect(
        changed.map(({ stack }) => stack),
        `${candidate.finding.rule}: ${candidate.fix.title}`,
      ).toEqual([]);
    }
  });

  test('all together keep their promises, and a second run changes nothing', () => {
    const [open, fs] = [openIn(folder), steadyFileSystem(nodeFileSystem)];
    const fixed = fixAll({ fs, open, lint, unsafe: true });
    expect(told(fixed, folder, 'broken')).toEqual([]);
    expect(fixed.isStable).toBe(true);
    const again = fixAll({ fs: overlayFileSystem(fs, fixed.changes), open, lint, unsafe: true });
    expect([...again.changes.keys()]).toEqual([]);
  }, 300_000); // Nineteen files with many stacks take half a minute, and more on a busy machine.
});
