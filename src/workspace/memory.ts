import type { ParsedFile } from '../parse/parse.js';
import type { ReadFile } from '../resolve/load.js';
import { FileError, type FileSystem } from '../source/filesystem.js';

/** What the loading of a stack asked of the files, and what it was told: bytes, parsed files and kinds by identity. */
type Questions = ReadonlyMap<
  string,
  { readonly ask: (fs: FileSystem, read: ReadFile) => unknown; readonly answer: unknown }
>;

type Remembered = { readonly questions: Questions; readonly result: unknown };

/**
 * What several openings of one run share: files that they parse, and stacks that they load. Most of what fixes try out
 * changes one file of many.
 */
export type Memory = {
  /** Parsed files by their bytes: the same bytes are parsed once. */
  readonly parsed: WeakMap<Uint8Array, ParsedFile>;
  /** Stacks by what they are loaded with. */
  readonly stacks: Map<string, readonly Remembered[]>;
};

export const newMemory = (): Memory => ({ parsed: new WeakMap(), stacks: new Map() });

/** The bytes of a file, or why there are none. */
const bytesOrReason = (fs: FileSystem, path: string): unknown => {
  try {
    return fs.read(path);
  } catch (error) {
    if (error instanceof FileError) return error.reason;
    throw error;
  }
};

/** A file system and a reader that write down what they are asked. */
const watched = (
  fs: FileSystem,
  read: ReadFile,
): { readonly fs: FileSystem; readonly read: ReadFile; readonly questions: Questions } => {
  const questions = new Map<string, { ask: (fs: FileSystem, read: ReadFile) => unknown; answer: unknown }>();
  const noted = <T>(key: string, ask: (fs: FileSystem, read: ReadFile) => T): T => {
    const answer = ask(fs, read);
    questions.set(key, { ask, answer });
    return answer;
  };
  return {
    questions,
    fs: {
      kind: (path) => noted(`kind ${path}`, (now) => now.kind(path)),
      read: (path) => {
        noted(`read ${path}`, (now) => bytesOrReason(now, path));
        return fs.read(path);
      },
      list: (path) => {
        noted(`list ${path}`, (now) => now.list(path).join('\n'));
        return fs.list(path);
      },
      real: (path) => noted(`real ${path}`, (now) => now.real(path)),
      isLink: (path) => noted(`link ${path}`, (now) => now.isLink(path)),
      isOpenToAll: (path) => noted(`open ${path}`, (now) => now.isOpenToAll(path)),
    },
    read: (path, report) => {
      noted(`parsed ${path}`, (_, now) => now(path, () => undefined));
      return read(path, report);
    },
  };
};

/** Results that are kept for one key: those with and without the change that is tried. */
const MOST_KEPT = 4;

/**
 * Loads something, or gives what was loaded before with the same answers to all that was asked.
 * @param key All that decides on the result besides the files.
 */
export const rememberedIn = <T>(
  memory: Memory | undefined,
  key: string,
  fs: FileSystem,
  read: ReadFile,
  load: (fs: FileSystem, read: ReadFile) => T,
): T => {
  if (!memory) return load(fs, read);
  const known = memory.stacks.get(key) ?? [];
  const same = known.find(({ questions }) =>
    [...questions.values()].every(({ ask, answer }) => Object.is(ask(fs, read), answer)),
  );
  if (same) return same.result as T;
  const watch = watched(fs, read);
  const result = load(watch.fs, watch.read);
  memory.stacks.set(key, [{ questions: watch.questions, result }, ...known].slice(0, MOST_KEPT));
  return result;
};
