import { spawnSync } from 'node:child_process';

/** The middle one of some numbers, or the mean of the two in the middle. */
export const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
};

/** Milliseconds that something takes. */
export const timed = (run: () => void): number => {
  const start = performance.now();
  run();
  return performance.now() - start;
};

/** Median times of two subjects in milliseconds, and how many times as long as the second the first takes. */
export type Comparison = { readonly first: number; readonly second: number; readonly ratio: number };

/**
 * Compares two subjects that are run by turns, so that whatever else the machine does meets both.
 * @param rounds How often each is run; one more run of each goes ahead and does not count.
 */
export const sideBySide = (first: () => number, second: () => number, rounds: number): Comparison => {
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round += 1) {
    const [a, b] = round % 2 === 0 ? [first(), second()] : [second(), first()].reverse();
    if (round === 0) continue;
    ours.push(a ?? Number.NaN);
    theirs.push(b ?? Number.NaN);
  }
  return { first: median(ours), second: median(theirs), ratio: median(ours) / median(theirs) };
};

/** A program with its arguments, run in a folder; milliseconds from start to end. It must end with one of the statuses. */
export const processTime =
  (command: string, args: readonly string[], folder: string, statuses: readonly number[]): (() => number) =>
  () =>
    timed(() => {
      const { status, stderr, error } = spawnSync(command, [...args], {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: Number.POSITIVE_INFINITY,
      });
      if (error) throw error;
      if (status === null || !statuses.includes(status))
        throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stderr}`);
    });
