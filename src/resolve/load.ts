import type { Budget } from '../model/budget.js';
import type { Environment } from '../model/environment.js';
import type { FaultSink } from '../model/fault.js';
import type { ParsedFile } from '../parse/parse.js';
import type { FileSystem } from '../source/filesystem.js';
import type { Span } from '../source/source.js';
import type { Removal } from './reset.js';

/** Gives the path of a file that stands in for an env file that is not there. */
export type StandIn = (path: string) => string | undefined;

/** Reads and parses a file, once per run. Undefined, with a fault, when it cannot be read. */
export type ReadFile = (path: string, report: FaultSink) => ParsedFile | undefined;

/** Reads a file that is named at a place: that it cannot be read is said there. */
export const readNamedAt =
  (read: ReadFile, at: Span | undefined): ReadFile =>
  (path, report) =>
    read(path, (fault) => report(fault.at || !at ? fault : { ...fault, at }));

/** What one `docker compose config` may be told about how to load. */
export type LoadOptions = {
  readonly interpolate: boolean;
  readonly normalize: boolean;
  readonly resolvePaths: boolean;
  readonly consistency: boolean;
};

/** What loading a set of files needs; `include` changes a few of these for the files it brings in. */
export type LoadContext = {
  readonly fs: FileSystem;
  readonly read: ReadFile;
  readonly report: FaultSink;
  /** Begins the next step: what it says of a value that an earlier one refused is not said. */
  readonly nextStep: () => void;
  readonly options: LoadOptions;
  readonly environment: Environment;
  /** The user's home, for paths that start with `~`. */
  readonly home: string | undefined;
  /** Absolute folder that docker compose would have been started in. */
  readonly cwd: string;
  /** Absolute folder that names of other files start from. */
  readonly folder: string;
  /** Folder that paths in the model are joined to; relative below `include`, until the outermost project joins them again. */
  readonly base: string;
  /** Files whose `include` led here, outermost first. */
  readonly including: readonly string[];
  /** What the stack has used of its bounds. */
  readonly budget: Budget;
  /** What tags took out of earlier documents, in order. */
  readonly removals: Removal[];
  /** Files read, for whoever wants to watch or to show them. */
  readonly files: Set<string>;
  /** The file to read instead of an env file that is not there, if any; docker compose knows none. */
  readonly standIn?: StandIn;
};
