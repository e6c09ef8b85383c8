import picomatch from 'picomatch';
import type { FileSystem } from '../source/filesystem.js';
import { absolute, basename, dirname, join } from '../source/path.js';
import { ignoredBelow, isSkippedFolder } from './ignored.js';
import { confined, projectRoot } from './project-root.js';
import { isComposeFileName } from './roles.js';

/** What was asked for on the command line. */
export type Request = {
  /** Files, folders and patterns; none for the current folder. */
  readonly paths: readonly string[];
  /** Whether folders are searched below, too. */
  readonly recursive: boolean;
  readonly cwd: string;
  /** Files that docker compose would load here; they count even where their names are unusual. */
  readonly standard: readonly string[];
};

/** The files found, by the folder they stand in, and the paths that led to nothing. */
export type Discovered = {
  readonly folders: ReadonlyMap<string, readonly string[]>;
  /** Those of the files that were named, rather than found. */
  readonly named: ReadonlySet<string>;
  readonly missing: readonly string[];
  /** Compose files that nobody named, and that lie outside of the project: links that lead there, what its `.env` names. */
  readonly outside: readonly string[];
};

/** Whether a path is a pattern for others, unless there is a file of that name. */
export const hasPattern = (path: string): boolean => /[*?{}[\]!()]/.test(path);

/** Compose files in a folder, and below it where asked for, without what git ignores. */
const filesIn = (fs: FileSystem, folder: string, recursive: boolean, outside: string[]): string[] => {
  const root = projectRoot(fs, folder, folder);
  const isIgnored = ignoredBelow(fs, root);
  const project = confined(fs, root);
  const found: string[] = [];
  const search = (directory: string): void => {
    for (const name of fs.list(directory)) {
      const path = join(directory, name);
      const kind = fs.kind(path);
      if (kind === 'file' && isComposeFileName(name) && !isIgnored(path, false))
        (project.kind(path) === 'outside' ? outside : found).push(path);
      if (kind !== 'directory' || !recursive || isSkippedFolder(path) || fs.isLink(path)) continue;
      if (!isIgnored(path, true)) search(path);
    }
  };
  search(folder);
  return found;
};

/** Files that a pattern matches. Folders without a pattern in them are entered directly. */
const matching = (fs: FileSystem, pattern: string, cwd: string): string[] => {
  const full = absolute(cwd, pattern);
  const parts = full.split('/');
  const fixed = parts.findIndex(hasPattern);
  const start = parts.slice(0, fixed).join('/') || '/';
  const isMatch = picomatch(full, { dot: true });
  const deep = pattern.includes('**') ? Number.POSITIVE_INFINITY : parts.length - fixed;
  const found: string[] = [];
  const search = (folder: string, depth: number): void => {
    for (const name of fs.list(folder)) {
      const path = join(folder, name);
      const kind = fs.kind(path);
      if (kind === 'file' && isMatch(path)) found.push(path);
      if (kind === 'directory' && depth > 1 && !isSkippedFolder(path) && !fs.isLink(path)) search(path, depth - 1);
    }
  };
  search(start, deep);
  return found;
};

/** Finds the Compose files that are asked for. A file that is named is taken whatever its name is. */
export const discover = (fs: FileSystem, request: Request): Discovered => {
  const { cwd, recursive } = request;
  const found: string[] = [];
  const missing: string[] = [];
  const named = new Set<string>();
  const outside: string[] = [];
  if (request.paths.length === 0) found.push(...request.standard, ...filesIn(fs, cwd, recursive, outside));
  for (const path of request.paths) {
    const full = absolute(cwd, path);
    const kind = fs.kind(full);
    let files: readonly string[];
    if (kind === 'directory') files = filesIn(fs, full, recursive, outside);
    else if (kind !== undefined) files = [full];
    else files = hasPattern(path) ? matching(fs, path, cwd) : [];
    if (files.length === 0) missing.push(path);
    if (kind !== 'directory' && kind !== undefined) for (const file of files) named.add(file);
    found.push(...files);
  }
  const folders = new Map<string, string[]>();
  for (const file of new Set(found)) {
    const folder = dirname(file);
    const others = folders.get(folder);
    if (others) others.push(file);
    else folders.set(folder, [file]);
  }
  for (const files of folders.values()) files.sort((a, b) => (basename(a) < basename(b) ? -1 : 1));
  const inOrder = [...folders].sort(([a], [b]) => (a < b ? -1 : 1));
  return { folders: new Map(inOrder), named, missing, outside };
};
