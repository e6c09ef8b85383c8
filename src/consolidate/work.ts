import { type Content, type Data, data } from '../lint/edits/content.js';
import { type InsertAtOptions, insertAt } from '../lint/edits/insert-at.js';
import { type Place, placeAt } from '../lint/edits/place.js';
import { remove, removeAll } from '../lint/edits/remove.js';
import { replaceScalar } from '../lint/edits/replace.js';
import { type Leaf, leafIn, leavesOf } from '../lint/leaves.js';
import { BOUNDS } from '../model/bounds.js';
import type { ComposePath } from '../model/path.js';
import { namesIn } from '../model/service.js';
import { get, type Mapping, type Value } from '../model/value.js';
import { parse } from '../parse/parse.js';
import { applyEdits, compatible, type TextEdit } from '../source/edit.js';
import { oncePer } from '../source/once.js';
import { type Source, sourceOf } from '../source/source.js';
import type { Decisions } from '../workspace/decisions.js';
import type { Analysis } from './analysis.js';
import { serviceNames } from './inventory.js';
import { orderAt } from './key-order.js';
import type { Layout } from './layout.js';
import type { Operation, OperationKind, Question } from './operation.js';

/** A variable that a plan puts into the files: its value today, and what it is for. */
export type NewVariable = { readonly value: string; readonly isSecret: boolean; readonly usedBy: Set<string> };

/** A plan that is being worked out: texts as they become, and what has been done to them. */
export type Work = {
  readonly analysis: Analysis;
  readonly layout: Layout;
  readonly decisions: Decisions;
  /** Operations that must not be part of the plan, by id: a proof has failed with them. */
  readonly excluded: ReadonlySet<string>;
  /** Files by path. Compose files keep their old paths until the end. */
  readonly texts: Map<string, Source>;
  /** Files of the project beside the Compose files that are edited, rather than made. */
  readonly edited: Set<string>;
  readonly operations: Operation[];
  /** Decided operations that the texts do not allow: no edit of them is certain. */
  readonly undone: Operation[];
  readonly questions: Question[];
  readonly variables: Map<string, NewVariable>;
  /** Length of the texts that edits have led to, in UTF-16 units, each counted again with every edit. */
  editedLength: number;
};

/** Applies edits, of one file or several, to the texts. False where there are none, they collide, or there were too many. */
export const apply = (work: Work, edits: readonly TextEdit[] | undefined): boolean => {
  if (!edits || !compatibleBySource(edits) || work.editedLength > BOUNDS.editedLength) return false;
  for (const source of new Set(edits.map(({ at }) => at.source))) {
    if (work.texts.get(source.path) !== source) return false;
    const text = applyEdits(
      source,
      edits.filter(({ at }) => at.source === source),
    );
    work.editedLength += text.length;
    work.texts.set(source.path, sourceOf(source.path, text, source.encoding));
  }
  return true;
};

const compatibleBySource = (edits: readonly TextEdit[]): boolean =>
  [...new Set(edits.map(({ at }) => at.source))].every((source) =>
    compatible(edits.filter(({ at }) => at.source === source)),
  );

/** What is done only because it is decided: it must not be passed over in silence. */
const DECIDED: ReadonlySet<OperationKind> = new Set([
  'add-value',
  'await-dependency',
  'bind-loopback',
  'merge-duplicate',
  'pin-image',
  'share-network',
]);

/**
 * Does one operation as a whole: when a part of it cannot be done, the texts stay as they were.
 * @returns Whether it was done and is part of the plan now.
 */
export const attempt = (work: Work, operation: Operation, edit: () => boolean): boolean => {
  if (work.excluded.has(operation.id)) return false;
  const before = new Map(work.texts);
  if (edit()) {
    work.operations.push(operation);
    return true;
  }
  if (DECIDED.has(operation.kind)) work.undone.push(operation);
  work.texts.clear();
  for (const [path, source] of before) work.texts.set(path, source);
  return false;
};

const rootIn = oncePer((source: Source): Mapping | undefined => {
  const [document, ...others] = parse(source).documents;
  return others.length === 0 && document?.root.kind === 'mapping' ? document.root : undefined;
});

/** The root of a text of the plan; undefined where it is no single mapping. */
export const rootOf = (source: Source | undefined): Mapping | undefined => source && rootIn(source);

/** A service as a text of the plan writes it now. */
export const serviceIn = (work: Work, file: string, service: string): Value | undefined =>
  get(rootOf(work.texts.get(file)), 'services', service);

/** Names of the services of a text as it is now. */
export const servicesIn = (work: Work, file: string): readonly string[] =>
  namesIn(get(rootOf(work.texts.get(file)), 'services'));

/** Settings of a service as a text of the plan gives them now. */
export const leavesIn = (work: Work, file: string, service: string): readonly Leaf[] => {
  const value = serviceIn(work, file, service);
  return value ? leavesOf(value) : [];
};

/** The setting at a path of a service, as a text gives it now. */
export const leafAt = (work: Work, file: string, service: string, path: ComposePath): Leaf | undefined => {
  const value = serviceIn(work, file, service);
  return value && leafIn(value, path);
};

/** Where something is written in a text as it is now. */
export const placeIn = (work: Work, file: string, path: ComposePath): Place | undefined => {
  const source = work.texts.get(file);
  return source && placeAt(source, path);
};

const insertOptions = (work: Work, options: InsertAtOptions): InsertAtOptions => ({
  orderAt: orderAt(serviceNames(work.analysis.workspace.files)),
  ...options,
});

/** An entry or an item that is to be added. */
export type Insertion = {
  readonly path: ComposePath;
  readonly kind: 'entry' | 'item';
  readonly content: Content | Data;
  readonly options?: InsertAtOptions;
};

/** Adds entries and items to a text at once, each with the mappings around it that are missing, in the conventional order. */
export const insertAll = (work: Work, file: string, insertions: readonly Insertion[]): boolean => {
  const source = work.texts.get(file) ?? sourceOf(file, '');
  work.texts.set(file, source);
  const edits: TextEdit[] = [];
  for (const { path, kind, content, options = {} } of insertions) {
    const what = isContent(content) ? content : data(content);
    const found = insertAt(source, path, kind, what, insertOptions(work, options));
    if (!found) return false;
    edits.push(...found);
  }
  return apply(work, edits);
};

/** Adds an entry or an item, with the mappings around it that are missing, in the conventional order. */
export const insert = (
  work: Work,
  file: string,
  path: ComposePath,
  kind: Insertion['kind'],
  content: Content | Data,
  options: InsertAtOptions = {},
): boolean => insertAll(work, file, [{ path, kind, content, options }]);

const isContent = (content: Content | Data): content is Content =>
  typeof content === 'object' &&
  content !== null &&
  'kind' in content &&
  ['text', 'data'].includes(String(content.kind));

/** Takes an entry or an item away; what it leaves empty goes, too. */
export const removeAt = (work: Work, file: string, path: ComposePath): boolean => {
  const place = placeIn(work, file, path);
  return place !== undefined && apply(work, remove(place));
};

/** Takes entries and items of a text away at once, as one by one in their order; false where one of them has to stay. */
export const removeAllAt = (work: Work, file: string, paths: readonly ComposePath[]): boolean => {
  const places = paths.flatMap((path) => placeIn(work, file, path) ?? []);
  const removed = removeAll(places);
  return places.length === paths.length && removed.places.size === paths.length && apply(work, removed.edits);
};

/** Writes another scalar in the place of one. */
export const replaceAt = (work: Work, file: string, path: ComposePath, text: string): boolean => {
  const place = placeIn(work, file, path);
  return place !== undefined && apply(work, replaceScalar(place, text));
};

/** The place of a setting in its text. */
export const leafPlace = (work: Work, file: string, service: string, leaf: Leaf): Place | undefined =>
  leaf.isAliased ? undefined : placeIn(work, file, ['services', service, ...leaf.real]);

/** Takes a setting out of a service. */
export const removeLeaf = (work: Work, file: string, service: string, path: ComposePath): boolean => {
  const leaf = leafAt(work, file, service, path);
  const place = leaf && leafPlace(work, file, service, leaf);
  return place !== undefined && apply(work, remove(place));
};
