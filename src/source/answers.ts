import { FileError, type FileSystem } from './filesystem.js';

/** Questions about files; each has an answer that can be told from others by a text. */
const QUESTIONS = ['kind', 'read', 'list', 'real', 'isLink', 'isOpenToAll'] as const;
type Question = (typeof QUESTIONS)[number];

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

const digestOf = (fs: FileSystem, question: Question, path: string, digest: Digest): string => {
  if (question !== 'read') return JSON.stringify(fs[question](path) ?? null);
  try {
    return digest(fs.read(path));
  } catch (error) {
    if (error instanceof FileError) return `! ${error.reason}`;
    throw error;
  }
};

/** Keeps what a file system answers. */
export const answersOf = (fs: FileSystem, digest: Digest): Answers => {
  const known = new Map<string, Answer>();
  let isTorn = false;
  const note = (question: Question, path: string, told: string): void => {
    const key = `${question} ${path}`;
    const before = known.get(key);
    if (before && before[2] !== told) isTorn = true;
    known.set(key, before ?? [question, path, told]);
  };
  const asking =
    <T>(question: Question, ask: (path: string) => T) =>
    (path: string): T => {
      const answer = ask(path);
      note(question, path, JSON.stringify(answer ?? null));
      return answer;
    };
  return {
    fs: {
      kind: asking('kind', fs.kind),
      list: asking('list', fs.list),
      real: asking('real', fs.real),
      isLink: asking('isLink', fs.isLink),
      isOpenToAll: asking('isOpenToAll', fs.isOpenToAll),
      read: (path) => {
        try {
          const bytes = fs.read(path);
          note('read', path, digest(bytes));
          return bytes;
        } catch (error) {
          if (error instanceof FileError) note('read', path, `! ${error.reason}`);
          throw error;
        }
      },
    },
    all: () => [...known.values()],
    isTorn: () => isTorn,
  };
};

/** Whether a file system still answers everything as it did. */
export const stillAnswers = (fs: FileSystem, answers: readonly Answer[], digest: Digest): boolean =>
  answers.every(([question, path, told]) => {
    const known = QUESTIONS.find((one) => one === question);
    return known !== undefined && digestOf(fs, known, path, digest) === told;
  });
