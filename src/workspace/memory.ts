import type { ParsedFile } from '../parse/parse.js';
import type { ReadFile } from '../resolve/load.js';
import { FileError, type FileSystem } from '../source/filesystem.js';
import { answerTo, watched } from '../source/watched.js';

/** Something that the loading of a stack asked, and what it was told: bytes, parsed files and kinds by identity. */
type Asked = { readonly ask: (fs: FileSystem, read: ReadFile) => unknown; readonly answer: unknown };

type Remembered = { readonly questions: readonly Asked[]; readonly result: unknown };

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

/** An answer as it can be told from others: lists and errors are made anew each time. */
const toldApart = (answer: unknown): unknown => {
  if (answer instanceof FileError) return answer.reason;
  return Array.isArray(answer) ? answer.join('\n') : answer;
};

/** A file system and a reader that write down what they are asked. */
const asked = (
  fs: FileSystem,
  read: ReadFile,
): { readonly fs: FileSystem; readonly read: ReadFile; readonly questions: () => readonly Asked[] } => {
  const questions = new Map<string, Asked>();
  return {
    questions: () => [...questions.values()],
    fs: watched(fs, (question, path, answer) =>
      questions.set(`${question} ${path}`, {
        ask: (now) => toldApart(answerTo(now, question, path)),
        answer: toldApart(answer),
      }),
    ),
    read: (path, report) => {
      const answer = read(path, report);
      questions.set(`parsed ${path}`, { ask: (_, now) => now(path, () => undefined), answer });
      return answer;
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
  const same = known.find(({ questions }) => questions.every(({ ask, answer }) => Object.is(ask(fs, read), answer)));
  if (same) return same.result as T;
  const watch = asked(fs, read);
  const result = load(watch.fs, watch.read);
  memory.stacks.set(key, [{ questions: watch.questions(), result }, ...known].slice(0, MOST_KEPT));
  return result;
};
