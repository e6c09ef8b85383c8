/** What other linters of Compose files get wrong or are asked for, and the right answer to it. */
export type Row = {
  /** Number or letter of the entry; several with commas between them. */
  readonly entry: string;
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
} & (Linted | Answered);

type Linted = {
  /** Rules that are asked; all of the `recommended` preset where none are given. */
  readonly only?: readonly string[];
  readonly args?: readonly string[];
  /** The report, where it is not the compact one: with the advice and the places. */
  readonly format?: 'pretty';
  /** Lines of the report without its last, or of the patch. */
  readonly expected: readonly string[];
};

type Answered = {
  /** Why no rule can answer it. */
  readonly noRule: string;
  /** The command that answers it instead. */
  readonly command: readonly string[];
  /** All lines that the command prints. */
  readonly expected: readonly string[];
};

export const WEB = 'services:\n  web:\n    image: nginx:1.27\n';
export const SELF_CHECKING = 'FROM node:22-alpine\nUSER node\nHEALTHCHECK CMD wget -qO- http://localhost:3000/\n';
