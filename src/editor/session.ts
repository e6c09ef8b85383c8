import type { LintResult } from '../lint/run.js';
import { encode } from '../source/encoding.js';
import { type FileSystem, overlayFileSystem } from '../source/filesystem.js';
import { basename, dirname, isInside, join } from '../source/path.js';
import { concerns, recorded, type Seen } from '../source/recorded.js';
import { projectRoot } from '../workspace/project-root.js';
import { isComposeFileName } from '../workspace/roles.js';
import { RunError } from '../workspace/run-error.js';
import type { Workspace } from '../workspace/workspace.js';
import {
  type DiagnosticStyle,
  type DiagnosticsByFile,
  diagnosticsOf,
  failureDiagnostics,
  joined,
} from './diagnostics.js';

/** A text that is open in the editor. */
export type OpenFile = {
  readonly text: string;
  /** The editor's count of its changes. */
  readonly version: number;
  /** Whether the editor says that it is a Compose file, whatever its name. */
  readonly isCompose: boolean;
};

/** What a session needs of the world around it. */
export type SessionInput = {
  /** The disk. */
  readonly fs: FileSystem;
  /** Folders that the editor has opened, absolute. */
  readonly roots: readonly string[];
  /**
   * Opens the workspaces that some folders and files lead to, as a run started in `cwd` would.
   * @throws {RunError} when settings are not valid, or there is nothing to open.
   */
  readonly open: (
    paths: readonly string[],
    examples: boolean,
    surroundings: { readonly fs: FileSystem; readonly cwd: string },
  ) => readonly Workspace[];
  readonly lint: (workspaces: readonly Workspace[], fs: FileSystem, cwd: string) => readonly LintResult[];
  readonly style: DiagnosticStyle;
  /** Told of a fault of fog-lint itself; the session goes on. */
  readonly report: (error: unknown) => void;
};

/** A folder with Compose files, as it was when it was last looked at. */
export type Analysis = {
  readonly folder: string;
  /** Folder that a run would have been started in. */
  readonly cwd: string;
  /** The files as the editor has them, those that are not open as they are on the disk. */
  readonly fs: FileSystem;
  readonly results: readonly LintResult[];
  readonly open: (fs: FileSystem, examples: boolean) => readonly Workspace[];
  readonly lint: (workspaces: readonly Workspace[]) => readonly LintResult[];
};

type Known = {
  readonly analysis: Analysis;
  readonly paths: readonly string[];
  readonly diagnostics: DiagnosticsByFile;
  readonly seen: Seen;
};

/** What an editor is told about, and can ask about, its Compose files. */
export type Session = {
  readonly openFile: (path: string, file: OpenFile) => void;
  readonly closeFile: (path: string) => void;
  /** Takes note of a file that has changed, come or gone on the disk. */
  readonly changedOnDisk: (path: string) => void;
  /** Trusts nothing that was read before. */
  readonly lookAgain: () => void;
  /** Looks at everything that is out of date. @returns What is to be said of the files about which something else was said before. */
  readonly refresh: () => DiagnosticsByFile;
  /** The folders that a file has to do with, brought up to date. */
  readonly analysesOf: (path: string) => readonly Analysis[];
  readonly fileAt: (path: string) => OpenFile | undefined;
  /** Files that were read from outside of a few well-known names, so that the editor can be asked to watch them. */
  readonly filesRead: () => readonly string[];
};

const hasComposeFiles = (fs: FileSystem, folder: string): boolean =>
  fs.list(folder).some((name) => isComposeFileName(name) && fs.kind(join(folder, name)) === 'file');

const NOTHING: DiagnosticsByFile = new Map();

const sameDiagnostics = (a: DiagnosticsByFile, b: DiagnosticsByFile, file: string): boolean =>
  JSON.stringify(a.get(file) ?? []) === JSON.stringify(b.get(file) ?? []);

/**
 * The state behind a language server: the open texts, and what is found in the folders that they belong to. Texts lie over the
 * disk, so that an edit of one file counts for all that are loaded with it before anything is saved.
 */
export const editorSession = (input: SessionInput): Session => {
  const files = new Map<string, OpenFile>();
  const known = new Map<string, Known>();
  const stale = new Set<string>();
  let told: DiagnosticsByFile = NOTHING;

  const disk = (): FileSystem =>
    overlayFileSystem(input.fs, new Map([...files].map(([path, { text }]) => [path, encode(text, 'utf-8')])));

  const cwdOf = (folder: string): string =>
    [...input.roots].sort((a, b) => b.length - a.length).find((root) => isInside(root, folder)) ?? folder;

  /** The nearest folder with Compose files that a file lies in; undefined when it has to do with none. */
  const folderOf = (path: string, { isCompose }: OpenFile, fs: FileSystem): string | undefined => {
    const start = dirname(path);
    if (isCompose || isComposeFileName(basename(path))) return start;
    const root = projectRoot(fs, start, cwdOf(start));
    for (let folder = start; ; folder = dirname(folder)) {
      if (hasComposeFiles(fs, folder)) return folder;
      if (folder === root || folder === '/') return undefined;
    }
  };

  const openFolders = (): ReadonlyMap<string, readonly string[]> => {
    const folders = new Map<string, readonly string[]>();
    const fs = disk();
    for (const [path, file] of files) {
      const folder = folderOf(path, file, fs);
      if (folder !== undefined) folders.set(folder, [...(folders.get(folder) ?? []), path]);
    }
    return folders;
  };

  /** What is looked at in a folder: its Compose files, and those that only the editor knows to be some. */
  const pathsFor = (folder: string, open: readonly string[], fs: FileSystem): readonly string[] => {
    const own = open.filter((path) => files.get(path)?.isCompose && !isComposeFileName(basename(path)));
    return [...(hasComposeFiles(fs, folder) ? [folder] : []), ...own];
  };

  const analyse = (folder: string, open: readonly string[], paths: readonly string[]): Known => {
    const { fs, seen } = recorded(disk());
    const cwd = cwdOf(folder);
    const analysis = {
      folder,
      cwd,
      fs,
      open: (other: FileSystem, examples: boolean) => input.open(paths, examples, { fs: other, cwd }),
      lint: (workspaces: readonly Workspace[]) => input.lint(workspaces, fs, cwd),
    };
    try {
      const results = analysis.lint(analysis.open(fs, true));
      return { analysis: { ...analysis, results }, paths, diagnostics: diagnosticsOf(results, input.style), seen };
    } catch (error) {
      if (!(error instanceof RunError)) input.report(error);
      const isTold = error instanceof RunError && error.code !== 'nothing-to-lint';
      const before = known.get(folder);
      const kept = error instanceof RunError ? NOTHING : (before?.diagnostics ?? NOTHING);
      const diagnostics = isTold ? failureDiagnostics(error.message, error.faults, open) : kept;
      return { analysis: { ...analysis, results: [] }, paths, diagnostics, seen };
    }
  };

  const bringUpToDate = (): void => {
    const folders = openFolders();
    for (const folder of [...known.keys()]) if (!folders.has(folder)) known.delete(folder);
    for (const [folder, open] of folders) {
      const paths = pathsFor(folder, open, disk());
      const isCurrent = !stale.has(folder) && known.get(folder)?.paths.join('\n') === paths.join('\n');
      if (!isCurrent) known.set(folder, analyse(folder, open, paths));
    }
    stale.clear();
  };

  const touch = (path: string): void => {
    for (const [folder, { seen }] of known) if (concerns(seen, path)) stale.add(folder);
  };

  return {
    openFile: (path, file) => {
      const isSame = files.get(path)?.text === file.text;
      files.set(path, file);
      if (!isSame) touch(path);
    },
    closeFile: (path) => {
      files.delete(path);
      touch(path);
    },
    changedOnDisk: (path) => {
      if (!files.has(path)) touch(path);
    },
    lookAgain: () => {
      for (const folder of known.keys()) stale.add(folder);
    },
    refresh: () => {
      bringUpToDate();
      const now = joined([...known.values()].map(({ diagnostics }) => diagnostics));
      const before = told;
      told = now;
      const other = [...new Set([...before.keys(), ...now.keys()])].filter(
        (file) => !sameDiagnostics(before, now, file),
      );
      return new Map(other.map((file) => [file, now.get(file) ?? []]));
    },
    analysesOf: (path) => {
      bringUpToDate();
      return [...known.values()].filter(({ seen }) => seen.paths.has(path)).map(({ analysis }) => analysis);
    },
    fileAt: (path) => files.get(path),
    filesRead: () => [...new Set([...known.values()].flatMap(({ seen }) => [...seen.paths]))].sort(),
  };
};
