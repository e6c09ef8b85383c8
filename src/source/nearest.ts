/** Edits that turn one text into another: insertions, deletions, replacements, swaps of neighbours. */
const distance = (a: string, b: string): number => {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
};

/** Letters beyond which a name is not one that somebody mistyped. */
const LONGEST = 64;

/** Letters from which on the beginning of a name stands for the whole. */
const BEGINNING = 3;

/** The known name that was probably meant, or undefined when none is close: a few letters differ, or the end is missing. */
export const nearest = (name: string, known: readonly string[]): string | undefined => {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 3)) + 0.5;
  if (name.length > LONGEST) return undefined;
  const given = name.toLowerCase().replaceAll('-', '_');
  for (const candidate of known) {
    const full = candidate.toLowerCase().replaceAll('-', '_');
    const isBeginning = given.length >= BEGINNING && full.startsWith(given);
    // As many letters as the lengths differ by must be inserted or left out.
    if (!isBeginning && Math.abs(full.length - given.length) >= least) continue;
    const found = isBeginning ? Math.min(1, distance(given, full)) : distance(given, full);
    if (found < least) {
      best = candidate;
      least = found;
    }
  }
  return best;
};
