import type { ComposePath } from '../model/path.js';
import { type Mapping, type Value, withEntry } from '../model/value.js';
import type { Tagged } from '../parse/tags.js';

/** Whether a path is the one that was tagged. A key called `*` in the tagged path matches every key, as it does upstream. */
const matches = (tagged: ComposePath, path: ComposePath): boolean =>
  tagged.length === path.length &&
  tagged.every((key, i) => key === '*' || (typeof key === 'string' && key === path[i]));

const without = (value: Value, tagged: readonly ComposePath[], path: ComposePath): Value => {
  if (value.kind !== 'mapping') return value;
  let result: Mapping = value;
  for (const [key, entry] of value.entries) {
    const inner = [...path, key];
    if (tagged.some((pattern) => matches(pattern, inner))) {
      result = withEntry(result, key, undefined);
      continue;
    }
    const deeper = tagged.filter((pattern) => pattern.length > inner.length);
    if (deeper.length === 0) continue;
    const kept = without(entry.value, deeper, inner);
    if (kept !== entry.value) result = withEntry(result, key, { ...entry, value: kept });
  }
  return result;
};

/**
 * Takes out of an earlier model what a later document tags `!reset` or `!override`. Items of lists are not reached, and a
 * tagged key below a list form finds nothing, as in docker compose.
 * @see compose-spec 13-merge.md, "Reset value" and "Replace value"; compose-go loader/reset.go
 */
export const applyTags = (model: Mapping, tagged: readonly Tagged[]): Mapping => {
  if (tagged.length === 0) return model;
  const result = without(
    model,
    tagged.map(({ path }) => path),
    [],
  );
  return result.kind === 'mapping' ? result : model;
};
