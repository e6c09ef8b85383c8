import { join } from '../source/path.js';

/** Lines, counted from 1, both ends included. */
export type LineRange = { readonly from: number; readonly to: number };

/** The lines that a change has touched or added, by the absolute path of the file. */
export type ChangedLines = ReadonlyMap<string, readonly LineRange[]>;

const ESCAPED: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '"': 34,
  '\\': 92,
};

/** A name as git writes it in a patch: as it is, up to a tab, or in quotes with what is not printable escaped. */
const unquoted = (written: string): string => {
  if (!written.startsWith('"')) return written.split('\t', 1)[0] ?? '';
  const bytes: number[] = [];
  for (const [, octal, letter, plain = ''] of written.slice(1).matchAll(/\\([0-7]{3})|\\(.)|([^\\"]+)/gu)) {
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else if (letter !== undefined) bytes.push(ESCAPED[letter] ?? 0);
    else bytes.push(...new TextEncoder().encode(plain));
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
};

const HUNK = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/**
 * Reads what `git diff --unified=0` prints.
 * @param root Absolute folder that the names in it start from.
 */
export const changedLinesIn = (diff: string, root: string): ChangedLines => {
  const found = new Map<string, LineRange[]>();
  let ranges: LineRange[] = [];
  // Lines of a hunk can look like headers: they are counted off instead.
  let left = 0;
  for (const line of diff.split('\n')) {
    if (left > 0 && /^[-+]/.test(line)) {
      left -= 1;
      continue;
    }
    const hunk = HUNK.exec(line);
    if (hunk) {
      const [, before = '1', start = '1', count = '1'] = hunk;
      left = Number(before) + Number(count);
      if (Number(count) > 0) ranges.push({ from: Number(start), to: Number(start) + Number(count) - 1 });
    } else if (line.startsWith('+++ ')) {
      const name = unquoted(line.slice('+++ '.length));
      ranges = [];
      if (name.startsWith('b/')) found.set(join(root, name.slice(2)), ranges);
    }
  }
  return found;
};

/** Whether a change has touched one of these lines of a file. */
export const isChanged = (changed: ChangedLines, path: string, { from, to }: LineRange): boolean =>
  (changed.get(path) ?? []).some((range) => range.from <= to && from <= range.to);
