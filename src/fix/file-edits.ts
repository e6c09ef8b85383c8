import type { Fix } from '../lint/rule.js';
import type { TextEdit } from '../source/edit.js';
import type { Source } from '../source/source.js';

/** The edits of one file. */
export type FileEdits = { readonly source: Source; readonly edits: readonly TextEdit[] };

/** Whether an edit takes nothing away. */
export const isInsertion = ({ at }: TextEdit): boolean => at.start === at.end;

/** Whether an insertion adds whole lines: with a line break at its end, or in front of it at the end of a text without one. */
export const addsLines = ({ text }: TextEdit): boolean => /^\r?\n/.test(text) || /\n$/.test(text);

/** Column of the first line that is added, and the key that it starts with. */
const beginning = ({ text }: TextEdit): { readonly column: number; readonly key: string | undefined } => {
  const [, indent = '', key] = /^(?:\r?\n)*( *)(?:((?!- )[^\s#][^\r\n]*?):(?:\s|$))?/.exec(text) ?? [];
  return { column: indent.length, key };
};

/** What no two insertions at one place may begin with: a key at a column; undefined where there is no key. */
export const beginningKey = (edit: TextEdit): string | undefined => {
  const { column, key } = beginning(edit);
  return key === undefined ? undefined : `${column} ${key}`;
};

/**
 * Insertions at one place as one. Where several collections end, the deepest one ends first, so that its lines come first.
 * @returns The insertions as they are, where they cannot be put together.
 */
const together = (insertions: readonly TextEdit[]): readonly TextEdit[] => {
  const [first, ...others] = insertions;
  if (!first || others.length === 0) return insertions;
  const keys = insertions.flatMap((edit) => beginningKey(edit) ?? []);
  if (!insertions.every(addsLines) || new Set(keys).size < keys.length) return insertions;
  const columns = new Map(insertions.map((edit) => [edit, beginning(edit).column]));
  const sorted = [...insertions].sort((a, b) => (columns.get(b) ?? 0) - (columns.get(a) ?? 0));
  return [{ at: first.at, text: sorted.map(({ text }) => text).join('') }];
};

/** The edits of one file, each replacement once and insertions at the same place put together. */
const settled = (edits: readonly TextEdit[]): readonly TextEdit[] => {
  const replacements = new Map<string, TextEdit>();
  const insertions = new Map<number, TextEdit[]>();
  for (const edit of edits) {
    const { start, end } = edit.at;
    if (isInsertion(edit)) {
      const known = insertions.get(start) ?? [];
      known.push(edit);
      insertions.set(start, known);
    } else replacements.set(JSON.stringify([start, end, edit.text]), edit);
  }
  return [...replacements.values(), ...[...insertions.values()].flatMap(together)];
};

/** The edits of fixes by the file that they are in. */
export const editsByFile = (fixes: readonly Fix[]): ReadonlyMap<string, FileEdits> => {
  const files = new Map<string, { source: Source; edits: TextEdit[] }>();
  for (const edit of fixes.flatMap(({ edits }) => edits)) {
    const { source } = edit.at;
    const file = files.get(source.path) ?? { source, edits: [] };
    file.edits.push(edit);
    files.set(source.path, file);
  }
  return new Map([...files].map(([path, { source, edits }]) => [path, { source, edits: settled(edits) }]));
};
