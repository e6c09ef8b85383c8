import type { Budget } from '../model/budget.js';
import type { FaultSink } from '../model/fault.js';
import { part } from '../model/part.js';
import { type ComposePath, formatPath, type PathTable } from '../model/path.js';
import {
  byDefault,
  type Entry,
  type Mapping,
  mapping,
  placeOfValue,
  type Scalar,
  scalar,
  type Value,
} from '../model/value.js';
import { entryOf } from './history.js';
import type { Field } from './volume.js';

/** What bringing a model into its long form may report to. */
export type TransformRun = {
  readonly report: FaultSink;
  /** Whether short forms that cannot be read stay as they are: without interpolation they may hold `${…}`. */
  readonly lenient: boolean;
  /** What the stack has used of its bounds: ranges of ports use up some. */
  readonly budget: Budget;
};

/** Makes the long form of what a path holds. `table` says what to do with what is inside. */
export type Transform = (value: Value, path: ComposePath, run: TransformRun, table: PathTable<Transform>) => Value;

/** Reports that a value is not what its path allows. */
export const refuse = (
  run: TransformRun,
  rule: string,
  value: Value,
  path: ComposePath,
  message: string,
  help?: string,
): void => {
  const at = placeOfValue(value);
  run.report({
    rule,
    severity: 'error',
    message: `${formatPath(path)} ${message}`,
    ...(at ? { at } : {}),
    path,
    ...(help === undefined ? {} : { help }),
  });
};

/** A field that a part of a short form gives. */
export const fieldOf = (value: Scalar, { from, to }: Field): Entry => {
  const field = part(value, from, to);
  return entryOf(field, placeOfValue(field));
};

/** A field that nobody wrote. */
export const implied = (content: Scalar['value'], source: string): Entry => ({
  value: scalar(content, byDefault(source)),
});

/** A text as `{[key]: text}`. */
export const keyed = (key: string, value: Value): Mapping =>
  mapping(new Map([[key, entryOf(value, placeOfValue(value))]]), value.origins);
