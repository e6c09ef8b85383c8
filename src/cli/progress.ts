import type { Io } from './io.js';

/** Tells whoever waits at a terminal how far a long run is, on one line that is written over. */
export type Progress = {
  /** What is being done now; told only when the run has taken long enough for somebody to wonder. */
  readonly step: (what: string) => void;
  /** Takes the line away. */
  readonly end: () => void;
};

/** Milliseconds after which a run is long, and between two changes of the line. */
const LONG = 1000;
const PACE = 100;

/** The progress of a run that begins now. Without a clock, or somebody to look at it, nothing is told. */
export const progressFrom = ({ clock, progress }: Pick<Io, 'clock' | 'progress'>): Progress => {
  if (!clock || !progress) return { step: () => undefined, end: () => undefined };
  let next = clock() + LONG;
  let isShown = false;
  return {
    step: (what) => {
      const now = clock();
      if (now < next) return;
      next = now + PACE;
      isShown = true;
      progress(what);
    },
    end: () => {
      if (isShown) progress('');
      isShown = false;
    },
  };
};
