/** What other linters of Compose files get wrong or are asked for, and the right answer to it. */
export type Row = {
  /** Number or letter of the entry. */
  readonly entry: string;
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** Rules that are asked; all of the `recommended` preset where none are given. */
  readonly only?: readonly string[];
  readonly args?: readonly string[];
  /** Lines of the compact report without its last, or of the patch. */
  readonly expected: readonly string[];
};

export const WEB = 'services:\n  web:\n    image: nginx:1.27\n';
export const SELF_CHECKING = 'FROM node:22-alpine\nUSER node\nHEALTHCHECK CMD wget -qO- http://localhost:3000/\n';
