import { FileError, type FileSystem } from './filesystem.js';

const QUESTIONS = ['kind', 'read', 'list', 'real', 'isLink', 'isOpenToAll'] as const satisfies (keyof FileSystem)[];

/** What a file system can be asked about a path. */
export type Question = (typeof QUESTIONS)[number];

/** Whether a text names a question. */
export const isQuestion = (text: string): text is Question => QUESTIONS.some((question) => question === text);

/** What a file system answers: a value, or the error of a file that cannot be read. */
export const answerTo = (fs: FileSystem, question: Question, path: string): unknown => {
  try {
    return fs[question](path);
  } catch (error) {
    if (error instanceof FileError) return error;
    throw error;
  }
};

/**
 * A file system whose answers somebody sees.
 * @param note Is given each question with its path and its answer, as `answerTo` would give it.
 */
export const watched = (
  fs: FileSystem,
  note: (question: Question, path: string, answer: unknown) => void,
): FileSystem => {
  const asking =
    <T>(question: Question, ask: (path: string) => T) =>
    (path: string): T => {
      try {
        const answer = ask(path);
        note(question, path, answer);
        return answer;
      } catch (error) {
        if (error instanceof FileError) note(question, path, error);
        throw error;
      }
    };
  return {
    kind: asking('kind', fs.kind),
    read: asking('read', fs.read),
    list: asking('list', fs.list),
    real: asking('real', fs.real),
    isLink: asking('isLink', fs.isLink),
    isOpenToAll: asking('isOpenToAll', fs.isOpenToAll),
  };
};
