import type { LintResult } from '../lint/run.js';
import { counted } from '../report/counts.js';

type Results = readonly LintResult[];

/** Measures the two halves of a run, each as often as it takes place. Without a clock it only lets them happen. */
export type Stopwatch = {
  readonly opening: <T>(work: () => T) => T;
  readonly linting: (work: () => Results) => Results;
  /** How long it all took: the halves, then the rules that looked at something, the slowest first. */
  readonly lines: () => readonly string[];
};

const inMilliseconds = (time: number): string => `${time.toFixed(1).padStart(9)} ms`;

const statsLines = (results: Results, halves: readonly (readonly [string, number])[], byRule: Map<string, number>) => {
  const slowest = [...byRule].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const files = results.reduce((sum, { workspace }) => sum + workspace.files.length, 0);
  const stacks = results.reduce((sum, { workspace }) => sum + workspace.stacks.length, 0);
  const rows = [...halves, ...slowest];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, time]) => `${name.padEnd(width)} ${inMilliseconds(time)}`);
  return [`${counted(files, 'file')}, ${counted(stacks, 'stack')}, ${counted(slowest.length, 'rule')}`, ...lines];
};

/** A stopwatch that looks at a clock, which counts milliseconds. */
export const stopwatch = (clock: (() => number) | undefined): Stopwatch => {
  const now = clock ?? (() => 0);
  const byRule = new Map<string, number>();
  let [opening, linting] = [0, 0];
  let last: Results = [];
  return {
    opening: (work) => {
      const start = now();
      const done = work();
      opening += now() - start;
      return done;
    },
    linting: (work) => {
      const start = now();
      last = work();
      linting += now() - start;
      for (const { timings } of last) for (const [id, time] of timings) byRule.set(id, (byRule.get(id) ?? 0) + time);
      return last;
    },
    lines: () =>
      statsLines(
        last,
        [
          ['reading and resolving', opening],
          ['linting', linting],
        ],
        byRule,
      ),
  };
};
