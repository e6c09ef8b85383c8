import type { FileSystem } from '../source/filesystem.js';
import type { Replacement } from './replace-files.js';

/** Exit statuses. Findings in Compose files are no failure of the run. */
export const EXIT = { clean: 0, findings: 1, failed: 2, fault: 3 } as const;

/** Everything that a command may use of the world around it. */
export type Io = {
  readonly fs: FileSystem;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean;
  /**
   * Writes to standard output: the result, and nothing else. A terminal gets nothing that steers it.
   * @param isPainted Whether the text has colours and links of fog-lint's own.
   */
  readonly write: (text: string, isPainted?: boolean) => void;
  /** Writes lines to standard error, without their ends. Each stays one line, whatever it quotes, and no longer than a message. */
  readonly warn: (...lines: readonly string[]) => void;
  /** Bytes of standard input. */
  readonly readInput: () => Uint8Array;
  /** Writes a file of the user's choice. */
  readonly writeFile: (path: string, text: string) => void;
  /**
   * Replaces files of the project that belong together, or makes them.
   * @throws {RunError} before any of them is touched, when one cannot be replaced or is not what was read.
   */
  readonly replaceFiles: (files: readonly Replacement[]) => void;
  /** Milliseconds since some moment; absent where time is not to be measured. */
  readonly clock?: () => number;
  /** Writes over the last line of whoever watches at a terminal, and does nothing where nobody does. */
  readonly progress?: (text: string) => void;
  /** Asks whoever sits at the terminal, and gives the line that is answered; absent where nobody does. */
  readonly ask?: ((question: string) => string) | undefined;
  /**
   * Runs git on the repository that has its root in a folder, and gives what it prints; undefined when it fails or there is
   * none. It neither changes anything nor reaches for the network. Absent where no program is to be run.
   */
  readonly git?: (args: readonly string[], root: string) => string | undefined;
  /**
   * Removes a file of the project.
   * @throws {RunError} when it is not what was read.
   */
  readonly removeFile: (path: string, before: Uint8Array) => void;
  exitCode: number;
};
