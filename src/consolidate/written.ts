import { get, type Mapping, type Value } from '../model/value.js';
import type { Span } from '../source/source.js';
import type { WorkspaceFile } from '../workspace/workspace.js';

/** Roots of the documents of a file that are mappings, as they are written. */
export const rootsOf = (file: WorkspaceFile): readonly Mapping[] =>
  file.parsed.documents.flatMap(({ root }) => (root.kind === 'mapping' ? [root] : []));

/** A named entry of a section as a file writes it. */
export type Written = { readonly name: string; readonly value: Value; readonly key: Span | undefined };

/** Entries of a top-level section of a file: services, networks, volumes. */
export const writtenIn = (file: WorkspaceFile, section: string): readonly Written[] =>
  rootsOf(file).flatMap((root) => {
    const found = get(root, section);
    if (found?.kind !== 'mapping') return [];
    return [...found.entries].map(([name, { key, value }]) => ({ name, value, key }));
  });

/** A service as a file writes it. */
export const writtenService = (file: WorkspaceFile, name: string): Value | undefined =>
  writtenIn(file, 'services').find((entry) => entry.name === name)?.value;
