/**
 * What a run accepts from files nobody trusts. Reaching a bound is a fault at the place where it happened; each is far
 * beyond what real projects hold, and keeps a run on hostile input within seconds and some hundred megabytes.
 */
export const BOUNDS = {
  /** UTF-16 units in one file. */
  fileLength: 8_000_000,
  /** Levels of mappings and sequences. */
  depth: 200,
  /** Values in one file once its aliases and merge keys are expanded. */
  values: 250_000,
  /** UTF-16 units of one text once its variables are put in. */
  interpolatedLength: 1_000_000,
  /** `${A:-${B:-…}}` inside each other. */
  interpolationDepth: 100,
  /** Files loaded for one stack through `include` and `extends`, counting repetitions. */
  loadedFiles: 1_000,
  /** Links of one chain of `extends`, or of `include`. */
  chain: 100,
  /** References to variables in one text, those in defaults included. */
  references: 1_000,
  /** Words that a `command` or `entrypoint` written as one text may be split into. */
  words: 50_000,
  /** Ports that the ranges of one model may expand to. */
  ports: 70_000,
} as const;
