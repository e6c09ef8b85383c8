import { isNull, type Value } from '../model/value.js';
import type { ParsedFile } from '../parse/parse.js';
import type { Workspace } from '../workspace/workspace.js';

const isEmptied = (before: Value, after: Value | undefined): boolean => {
  if (!after || before === after || before.kind === 'scalar') return false;
  if (isNull(after)) return (before.kind === 'mapping' ? before.entries.size : before.items.length) > 0;
  if (before.kind === 'mapping')
    return (
      after.kind === 'mapping' &&
      [...before.entries].some(([key, { value }]) => isEmptied(value, after.entries.get(key)?.value))
    );
  return (
    after.kind === 'sequence' &&
    after.items.length === before.items.length &&
    before.items.some((item, i) => isEmptied(item, after.items[i]))
  );
};

const isEmptiedIn = (before: ParsedFile, after: ParsedFile | undefined): boolean =>
  after?.documents.length === before.documents.length &&
  before.documents.some(({ root }, i) => isEmptied(root, after.documents[i]?.root));

/**
 * Whether a key that had entries below it stands in a file with nothing below it: each of several fixes has taken away one
 * entry and left the key to those that it knew of. docker compose takes that, as a rule, but nobody would write it.
 */
export const leavesEmptied = (before: readonly Workspace[], after: readonly Workspace[]): boolean => {
  const later = new Map(after.flatMap(({ parsed }) => [...parsed]));
  return before.some(({ parsed }) => [...parsed].some(([path, file]) => isEmptiedIn(file, later.get(path))));
};
