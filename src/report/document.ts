import type { Severity } from '../lint/rule.js';
import type { Graph } from './graph.js';

/** How something fares: it is shown with a sign of its own in each format. */
export type Mark = 'good' | 'bad' | 'caution' | 'note' | 'none';

/** A piece of running text. In a plain string, words between backticks are code; nothing else in it is markup. */
export type Piece =
  | string
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'mark'; readonly mark: Mark; readonly text: string }
  | { readonly kind: 'rule'; readonly id: string }
  | { readonly kind: 'break' };

export type Phrase = string | readonly Piece[];

/** A file that changes: its text today and afterwards, as they may be shown; undefined where it is not there. */
export type ChangedFile = {
  readonly name: string;
  /** Its name today, where it is another one. */
  readonly formerName: string | undefined;
  readonly before: string | undefined;
  readonly after: string | undefined;
};

/** A part of a report, whatever the format. Texts are as they may be shown: credentials are masked before. */
export type Block =
  /** A heading inside of a section: 3 for its parts, 4 for what belongs to one of these. */
  | { readonly kind: 'heading'; readonly level: 3 | 4; readonly text: string }
  | { readonly kind: 'paragraph'; readonly words: Phrase }
  | { readonly kind: 'list'; readonly items: readonly Phrase[] }
  | {
      readonly kind: 'table';
      /** What the rows are, for those who do not see the table. */
      readonly caption: string;
      readonly head: readonly string[];
      readonly rows: readonly (readonly Phrase[])[];
    }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  /** A part of a section that is read on its own, below its heading; folded where a format can fold. */
  | { readonly kind: 'fold'; readonly title: string; readonly blocks: readonly Block[] }
  | { readonly kind: 'graph'; readonly graph: Graph }
  /** Files before and after, side by side; formats without columns leave this to the patch. */
  | { readonly kind: 'changes'; readonly files: readonly ChangedFile[] };

/** The heading of a section, and what stands below. */
export type Section = { readonly title: string; readonly blocks: readonly Block[] };

/** A report as a whole. */
export type Document = { readonly title: string; readonly sections: readonly Section[] };

export const code = (text: string): Piece => ({ kind: 'code', text });

export const strong = (text: string): Piece => ({ kind: 'strong', text });

export const mark = (kind: Mark, text: string): Piece => ({ kind: 'mark', mark: kind, text });

/** The sign of a severity. */
export const SEVERITY_MARK: Readonly<Record<Severity, Mark>> = { error: 'bad', warning: 'caution', info: 'note' };

/** Pieces with something between each two. */
export const joined = (pieces: readonly Piece[], between: Piece): readonly Piece[] =>
  pieces.flatMap((piece, i) => (i === 0 ? [piece] : [between, piece]));

export const heading = (level: 3 | 4, text: string): Block => ({ kind: 'heading', level, text });

export const fold = (title: string, blocks: readonly Block[]): Block => ({ kind: 'fold', title, blocks });

export const paragraph = (...words: readonly Piece[]): Block => ({ kind: 'paragraph', words });

/** A list; nothing without items. */
export const list = (items: readonly Phrase[]): readonly Block[] =>
  items.length === 0 ? [] : [{ kind: 'list', items }];

/** A table; nothing without rows. */
export const table = (
  caption: string,
  head: readonly string[],
  rows: readonly (readonly Phrase[])[],
): readonly Block[] => (rows.length === 0 ? [] : [{ kind: 'table', caption, head, rows }]);

/** A block of code, such as a part of a file; nothing without text. */
export const listing = (language: string, text: string): readonly Block[] =>
  text === '' ? [] : [{ kind: 'code', language, text }];
