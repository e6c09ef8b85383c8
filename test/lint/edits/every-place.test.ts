import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { data } from '../../../src/lint/edits/content.js';
import { insertEntry, insertItem } from '../../../src/lint/edits/insert.js';
import { isShared, type Place, placeAt, placeAtSpan } from '../../../src/lint/edits/place.js';
import { remove } from '../../../src/lint/edits/remove.js';
import { renameKey, replaceScalar } from '../../../src/lint/edits/replace.js';
import type { ComposePath } from '../../../src/model/path.js';
import { type LayoutNode, layoutOf } from '../../../src/parse/layout.js';
import { parse } from '../../../src/parse/parse.js';
import { applyEdits, type TextEdit } from '../../../src/source/edit.js';
import { decode } from '../../../src/source/encoding.js';
import { type Source, sourceOf } from '../../../src/source/source.js';
import { type Plain, plainOf } from '../../plain.js';

const ROOT = new URL('../../../', import.meta.url).pathname;
const FOLDERS = [join(ROOT, 'fixtures'), join(ROOT, '../shared/corpus/wild')].filter((folder) => existsSync(folder));

/** Compose files below the fixtures, and of the corpus where it is there. */
const files = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /compose.*\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name)),
).sort();

/** All paths of the first document, as far as they are written there. */
const pathsIn = (node: LayoutNode | undefined, path: ComposePath = []): readonly ComposePath[] =>
  (node?.items ?? []).flatMap(({ key, value }, index) => {
    const inner = [...path, node?.kind === 'mapping' ? (key?.text ?? '') : index];
    return [inner, ...pathsIn(value, inner)];
  });

const read = (source: Source): Plain | undefined => {
  const { documents, faults } = parse(source);
  const [document] = documents;
  return faults.length > 0 || !document ? undefined : plainOf(document.root);
};

const changed = (source: Source, edits: readonly TextEdit[]): Plain | undefined =>
  read(sourceOf(source.path, applyEdits(source, edits)));

/** The data with what a function makes of the value at a path; undefined takes it away, and what is then empty. */
const with_ = (data: Plain, path: ComposePath, make: (old: Plain) => Plain | undefined): Plain | undefined => {
  const [key, ...rest] = path;
  if (key === undefined) return make(data);
  if (Array.isArray(data)) {
    const made = with_(data[Number(key)] ?? null, rest, make);
    const items = data.flatMap((item, i) => (i === key ? (made === undefined ? [] : [made]) : [item]));
    return items.length === 0 ? undefined : items;
  }
  if (data === null || typeof data !== 'object') throw new Error(`nothing at ${String(key)}`);
  const entries = Object.entries(data).flatMap(([name, value]): [string, Plain][] => {
    if (name !== key) return [[name, value]];
    const made = with_(value, rest, make);
    return made === undefined ? [] : [[name, made]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
};

/** Merge keys and aliases of something show the edit at other places, too; these are left to the comparison of projects. */
const isIndependent = (source: Source, place: Place): boolean =>
  !isShared(place) && !/<<:|\*\w|!reset|!override/.test(source.text);

const sample = <T>(items: readonly T[], most: number): readonly T[] => {
  const step = Math.max(1, Math.ceil(items.length / most));
  return items.filter((_, i) => i % step === 0);
};

test.each(files)('%s', (file) => {
  const { source } = decode(file, readFileSync(file));
  const before = read(source);
  const paths = pathsIn(layoutOf(source)[0]);
  if (before === undefined) return;
  let [done, refused] = [0, 0];
  const check = (
    what: string,
    path: ComposePath,
    edits: readonly TextEdit[] | undefined,
    after: () => Plain | undefined,
  ) => {
    if (!edits) refused += 1;
    else {
      done += 1;
      expect(changed(source, edits), `${what} ${JSON.stringify(path)}`).toEqual(after());
    }
  };
  for (const path of sample(paths, 8)) {
    const place = placeAt(source, path);
    if (!place || !isIndependent(source, place)) continue;
    const { node } = place;
    const last = place.steps.at(-1)?.item;
    const mark = last?.key ?? node;
    const at = { source, start: mark.start, end: mark.end };
    if (mark.start < mark.end && mark.kind !== 'empty') expect(placeAtSpan(at)?.node, JSON.stringify(path)).toBe(node);
    const without = with_(before, path, () => undefined);
    if (without !== undefined) check('remove', path, remove(place), () => without);
    const isMapping = place.steps.at(-1)?.node.kind === 'mapping';
    if (isMapping && last?.key?.text !== '<<')
      check('rename', path, renameKey(place, 'fog-lint'), () =>
        with_(before, path.slice(0, -1), (old) =>
          Object.fromEntries(Object.entries(old as object).map(([k, v]) => [k === path.at(-1) ? 'fog-lint' : k, v])),
        ),
      );
    if (node.kind === 'scalar')
      check('replace', path, replaceScalar(place, 'a: "b" #'), () => with_(before, path, () => 'a: "b" #'));
    if (node.kind === 'mapping')
      check('insert', path, insertEntry(place, 'fog-lint', data({ a: ['b', { c: 1 }] })), () =>
        with_(before, path, (old) => ({ ...(old as object), 'fog-lint': { a: ['b', { c: 1 }] } })),
      );
    if (node.kind === 'sequence')
      check('insert', path, insertItem(place, data('fog')), () =>
        with_(before, path, (old) => [...(old as Plain[]), 'fog']),
      );
  }
  expect(refused, 'more is refused than done').toBeLessThanOrEqual(done);
});
