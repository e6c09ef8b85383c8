/** Text that two items of plain data share only when they are equal, whatever the order of their keys. */
const identity = (item: unknown): string => {
  if (Array.isArray(item)) return `[${item.map(identity).join()}]`;
  if (typeof item !== 'object' || item === null) return typeof item === 'string' ? JSON.stringify(item) : String(item);
  const entries = Object.entries(item).map(([key, value]) => `${JSON.stringify(key)}:${identity(value)}`);
  return `{${entries.sort().join()}}`;
};

/** Positions of two equal items, the later one first. */
export type Duplicate = { readonly i: number; readonly j: number };

/** The last item of a list that an earlier one equals, and the nearest such one. */
export const duplicateIn = (items: readonly unknown[]): Duplicate | undefined => {
  const positions = new Map<string, number>();
  let found: Duplicate | undefined;
  for (const [i, item] of items.entries()) {
    const key = identity(item);
    const j = positions.get(key);
    if (j !== undefined) found = { i, j };
    positions.set(key, i);
  }
  return found;
};
