import type { WidthOf } from './width.js';

/** A cell of a table: its text, and how it is set off. */
export type Cell = { readonly text: string; readonly paint?: (text: string) => string };

/** Between two columns. */
const GAP = '  ';

/** Rows as lines without borders: the first column is aligned to the left, the others to the right. */
export const alignedRows = (rows: readonly (readonly Cell[])[], widthOf: WidthOf): readonly string[] => {
  const widths: number[] = [];
  for (const row of rows)
    for (const [i, { text }] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, widthOf(text));
  return rows.map((row) =>
    row
      .map(({ text, paint = (plain) => plain }, i) => {
        const space = ' '.repeat((widths[i] ?? 0) - widthOf(text));
        return i === 0 ? `${paint(text)}${space}` : `${space}${paint(text)}`;
      })
      .join(GAP)
      .trimEnd(),
  );
};
