import { partSpan } from '../model/part.js';
import { mountsOf } from '../model/service.js';
import { get, isNull, placeOfValue, textOf, type Value } from '../model/value.js';
import type { TextEdit } from '../source/edit.js';
import { type Span, sameSpan } from '../source/source.js';
import { data } from './edits/content.js';
import { insertEntry } from './edits/insert.js';
import { placeAt, placeAtSpan } from './edits/place.js';
import { renameKey, replaceParts, replaceScalar } from './edits/replace.js';
import type { Fix } from './rule.js';
import type { FileSubject, WorkspaceSubject } from './subjects.js';

/** A place where a service names a volume: the part before the colon of a short form, or the `source` of a long one. */
type Use = { readonly at: Span; readonly isPart: boolean };

/** Whether a text may become the volume's name only when variables are put in. */
const isHidden = (text: string, name: string): boolean => /^[^:]*\$/.test(text) && text.includes(name);

/** Where a list of mounts names a volume; undefined when that cannot be told. */
const usesInList = (list: Value, name: string): readonly Use[] | undefined => {
  if (list.kind !== 'sequence') return [];
  const found: Use[] = [];
  for (const item of list.items) {
    const source = item.kind === 'mapping' ? get(item, 'source') : undefined;
    const text = textOf(source ?? item);
    if (text !== undefined && isHidden(text, name)) return undefined;
    if (source && text === name) {
      const at = placeOfValue(source);
      if (at) found.push({ at, isPart: false });
    } else if (!source && item.kind === 'scalar' && text?.startsWith(`${name}:`)) {
      const at = partSpan(item, 0, name.length);
      if (at) found.push({ at, isPart: true });
    }
  }
  return found;
};

/** All places below a value where lists called `volumes` name a volume, those in fragments with an anchor included. */
const usesIn = (value: Value, name: string): readonly Use[] | undefined => {
  const found: Use[] = [];
  const inner =
    value.kind === 'mapping' ? [...value.entries] : value.kind === 'sequence' ? [...value.items.entries()] : [];
  for (const [key, entry] of inner) {
    const child = 'value' in entry && !('kind' in entry) ? entry.value : (entry as Value);
    const uses = key === 'volumes' && child.kind === 'sequence' ? usesInList(child, name) : usesIn(child, name);
    if (!uses) return undefined;
    found.push(...uses);
  }
  return found.filter((use, i) => found.findIndex(({ at }) => sameSpan(at, use.at)) === i);
};

/** The real name that a volume has by its key alone. */
const realName = (name: string, isExternal: boolean): string =>
  isExternal ? name : `\${COMPOSE_PROJECT_NAME}_${name}`;

/** Renames the key where a file declares the volume, and adds the real name. */
const declarationEdits = (file: FileSubject, name: string, to: string): readonly TextEdit[] | undefined => {
  const edits: TextEdit[] = [];
  for (const [document, root] of file.roots.entries()) {
    const volumes = get(root, 'volumes');
    const entry = volumes?.kind === 'mapping' ? volumes.entries.get(name) : undefined;
    if (!entry) continue;
    const place = placeAt(file.source, ['volumes', name], document);
    const external = get(entry.value, 'external');
    const isExternal = external !== undefined && !(external.kind === 'scalar' && external.value === false);
    const renamed = place && renameKey(place, to);
    const isNamed = get(entry.value, 'name') !== undefined || get(external, 'name') !== undefined;
    const named = isNamed ? [] : place && insertEntry(place, 'name', data(realName(name, isExternal)));
    if (!renamed || !named) return undefined;
    edits.push(...renamed, ...named);
  }
  return edits;
};

const useEdits = (file: FileSubject, name: string, to: string): readonly TextEdit[] | undefined => {
  const edits: TextEdit[] = [];
  const parts: Span[] = [];
  for (const root of file.roots) {
    const uses = usesIn(root, name);
    if (!uses) return undefined;
    for (const { at, isPart } of uses) {
      if (isPart) parts.push(at);
      const place = isPart ? undefined : placeAtSpan(at);
      const replaced = isPart ? [] : place && replaceScalar(place, to);
      if (!replaced) return undefined;
      edits.push(...replaced);
    }
  }
  const replaced = replaceParts(parts.map((at) => ({ at, text: to })));
  return replaced && [...edits, ...replaced];
};

const declares = ({ roots }: FileSubject, name: string): boolean =>
  roots.some((root) => get(root, 'volumes', name) !== undefined);

/** Whether some declarations give the volume a name and others leave it to the key. */
const isMixed = (files: readonly FileSubject[], name: string): boolean => {
  const named = files.flatMap(({ roots }) =>
    roots.flatMap((root) => {
      const volume = get(root, 'volumes', name);
      return volume ? [!isNull(volume) && (get(volume, 'name') ?? get(volume, 'external')) !== undefined] : [];
    }),
  );
  return named.includes(true) && named.includes(false);
};

/** Whether a file outside of the workspace has a say in the volume. */
const isUsedElsewhere = ({ stacks, files }: WorkspaceSubject, name: string): boolean => {
  const known = new Set(files.map(({ source }) => source));
  return stacks.some(({ services }) =>
    [...services.values()].some(({ value }) =>
      mountsOf(value).some(({ sourceText, source }) => {
        const at = source && placeOfValue(source);
        return sourceText === name && at !== undefined && !known.has(at.source);
      }),
    ),
  );
};

/**
 * The fix that renames a volume's key everywhere and keeps the real volume by its name.
 * @returns undefined where the new name is taken, or a place cannot be replaced with certainty.
 */
export const volumeFix = (name: string, to: string, workspace: WorkspaceSubject): Fix | undefined => {
  const { files } = workspace;
  if (files.some((file) => declares(file, to)) || isMixed(files, name) || isUsedElsewhere(workspace, name))
    return undefined;
  const edits: TextEdit[] = [];
  for (const file of files) {
    const [declared, used] = [declarationEdits(file, name, to), useEdits(file, name, to)];
    if (!declared || !used) return undefined;
    edits.push(...declared, ...used);
  }
  return { title: `Call it "${to}" and keep its real name`, applicability: 'safe', edits };
};
