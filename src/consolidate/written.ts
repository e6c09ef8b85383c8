import { get, type Mapping, type Value } from '../model/value.js';
import { oncePer } from '../source/once.js';
import type { Span } from '../source/source.js';
import type { WorkspaceFile } from '../workspace/workspace.js';

/** Roots of the documents of a file that are mappings, as they are written. */
export const rootsOf = (file: WorkspaceFile): readonly Mapping[] =>
  file.parsed.documents.flatMap(({ root }) => (root.kind === 'mapping' ? [root] : []));

/** A named entry of a section as a file writes it. */
export type Written = { readonly name: string; readonly value: Value; readonly key: Span | undefined };

const sectionsOf = oncePer((_: WorkspaceFile): Map<string, readonly Written[]> => new Map());

/** Entries of a top-level section of a file: services, networks, volumes. */
export const writtenIn = (file: WorkspaceFile, section: string): readonly Written[] => {
  const known = sectionsOf(file).get(section);
  if (known) return known;
  const found = rootsOf(file).flatMap((root) => {
    const entries = get(root, section);
    if (entries?.kind !== 'mapping') return [];
    return [...entries.entries].map(([name, { key, value }]) => ({ name, value, key }));
  });
  sectionsOf(file).set(section, found);
  return found;
};

const servicesByName = oncePer((file: WorkspaceFile): ReadonlyMap<string, Value> => {
  // The first of several documents counts.
  const inTurn = writtenIn(file, 'services').map(({ name, value }) => [name, value] as const);
  return new Map([...inTurn].reverse());
});

/** A service as a file writes it. */
export const writtenService = (file: WorkspaceFile, name: string): Value | undefined => servicesByName(file).get(name);
