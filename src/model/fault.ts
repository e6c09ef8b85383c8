import type { Span } from '../source/source.js';
import type { ComposePath } from './path.js';

/** A second place that belongs to a fault or finding, with what it has to do with it. */
export type Note = { readonly at: Span; readonly message: string };

/**
 * Something wrong in the user's files, found while reading or resolving them. `error`: docker compose refuses to load;
 * `warning`: it warns, or would do something silently that is hardly meant.
 */
export type Fault = {
  /** Id of the rule it is reported under: `yaml-syntax`, `schema`, `invalid-port` … */
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** One or two plain sentences, without the place. Never a secret's value. */
  readonly message: string;
  /** The place, when there is one: a missing file named on the command line has none. */
  readonly at?: Span;
  readonly path?: ComposePath;
  /** For a misspelled key, the path with the key that was meant: it is not missing. */
  readonly meant?: ComposePath;
  readonly help?: string;
  readonly notes?: readonly Note[];
  /**
   * What the user must act on once, where faults of one rule in several places have one cause: the name of a variable that is not
   * set, the absolute path of a file that is not there.
   */
  readonly about?: string;
};

/** Collects faults; each step of the pipeline is given one. */
export type FaultSink = (fault: Fault) => void;
