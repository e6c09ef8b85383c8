import { FileError, type FileSystem } from './filesystem.js';
import { answerTo, isQuestion, watched } from './watched.js';

/** A question, the path that it is about, and what tells its answer from others. */
export type Answer = readonly [question: string, path: string, digest: string];

/** Makes a short text of a long one that stands for nothing else. */
export type Digest = (content: string | Uint8Array) => string;

/** What was asked of a file system, with all answers. */
export type Answers = {
  readonly fs: FileSystem;
  /** Every question once, in the order in which they were asked. */
  readonly all: () => readonly Answer[];
  /** Whether a question has had two answers, because somebody changes the files. */
  readonly isTorn: () => boolean;
};

const told = (answer: unknown, digest: Digest): string => {
  if (answer instanceof FileError) return `! ${answer.reason}`;
  return answer instanceof Uint8Array ? digest(answer) : JSON.stringify(answer ?? null);
};

/** Keeps what a file system answers. */
export const answersOf = (fs: FileSystem, digest: Digest): Answers => {
  const known = new Map<string, Answer>();
  let isTorn = false;
  return {
    fs: watched(fs, (question, path, answer) => {
      const key = `${question} ${path}`;
      const now: Answer = [question, path, told(answer, digest)];
      const before = known.get(key) ?? now;
      if (before[2] !== now[2]) isTorn = true;
      known.set(key, before);
    }),
    all: () => [...known.values()],
    isTorn: () => isTorn,
  };
};

/** Whether a file system still answers everything as it did. */
export const stillAnswers = (fs: FileSystem, answers: readonly Answer[], digest: Digest): boolean =>
  answers.every(
    ([question, path, before]) => isQuestion(question) && told(answerTo(fs, question, path), digest) === before,
  );
