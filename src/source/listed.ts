/** Items in a sentence: `a, b and c`. */
export const listed = (items: readonly string[], joint: 'or' | 'and' = 'and'): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${joint} ${items.at(-1)}`;

/** The first of some names, and how many more there are as the last item. */
export const firstOf = (names: readonly string[], most: number): readonly string[] =>
  names.length > most ? [...names.slice(0, most), `${names.length - most} more`] : names;
