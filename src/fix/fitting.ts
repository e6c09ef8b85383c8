import type { Fix } from '../lint/rule.js';
import { collide, type TextEdit } from '../source/edit.js';
import { firstWhere } from '../source/search.js';
import { addsLines, beginningKey, isInsertion } from './file-edits.js';

/** Insertions at one place: whether further ones may stand beside them, and what each of them begins with. */
type Insertions = { readonly canJoin: boolean; readonly keys: Set<string> };

/** What is edited in one file so far: ranges in their order, an insertion being an empty one, and each once. */
type Taken = { readonly edits: TextEdit[]; readonly insertions: Map<number, Insertions> };

type Undo = () => void;

const positionIn = (edits: readonly TextEdit[], { at }: TextEdit): number =>
  firstWhere(edits.length, (i) => {
    const other = edits[i]?.at;
    return !other || other.start > at.start || (other.start === at.start && other.end >= at.end);
  });

/** Puts an edit between those that are there; undefined where it does not go together with them. */
const take = ({ edits, insertions }: Taken, edit: TextEdit): Undo | undefined => {
  const position = positionIn(edits, edit);
  const [before, behind] = [edits[position - 1], edits[position]];
  const { start, end } = edit.at;
  const isThere = behind?.at.start === start && behind.at.end === end;
  const key = beginningKey(edit);
  if (isThere && isInsertion(edit)) {
    const known = insertions.get(start);
    if (!known?.canJoin || !addsLines(edit) || (key !== undefined && known.keys.has(key))) return undefined;
    if (key === undefined) return () => undefined;
    known.keys.add(key);
    return () => void known.keys.delete(key);
  }
  if (isThere) return behind.text === edit.text ? () => undefined : undefined;
  if ((before && collide(before, edit)) || (behind && collide(edit, behind))) return undefined;
  edits.splice(position, 0, edit);
  if (isInsertion(edit))
    insertions.set(start, { canJoin: addsLines(edit), keys: new Set(key === undefined ? [] : [key]) });
  return () => {
    edits.splice(positionIn(edits, edit), 1);
    if (isInsertion(edit)) insertions.delete(start);
  };
};

/** One name has one value in one file, and one file is made with one text. */
const agree = (wanted: Map<string, string>, { variables = [], files = [] }: Fix): Undo | undefined => {
  const added: string[] = [];
  const undo = (): void => {
    for (const key of added) wanted.delete(key);
  };
  const all = [
    ...variables.map(({ file, name, value }) => [JSON.stringify([file, name]), value] as const),
    ...files.map(({ path, text }) => [path, text] as const),
  ];
  for (const [key, value] of all) {
    const known = wanted.get(key);
    if (known !== undefined && known !== value) {
      undo();
      return undefined;
    }
    if (known === undefined) {
      wanted.set(key, value);
      added.push(key);
    }
  }
  return undo;
};

/**
 * Tells of one fix after the other whether it can be applied together with those before that could.
 * Each is compared with what is edited around its own edits, as there can be thousands of them.
 */
export const fitting = (): ((fix: Fix) => boolean) => {
  const files = new Map<string, Taken>();
  const wanted = new Map<string, string>();
  return (fix) => {
    const undoes: Undo[] = [];
    const step = (undo: Undo | undefined): boolean => {
      if (undo) undoes.push(undo);
      return undo !== undefined;
    };
    const doesFit =
      step(agree(wanted, fix)) &&
      fix.edits.every((edit) => {
        const { path } = edit.at.source;
        const taken = files.get(path) ?? { edits: [], insertions: new Map() };
        files.set(path, taken);
        return step(take(taken, edit));
      });
    if (!doesFit) for (const undo of undoes.reverse()) undo();
    return doesFit;
  };
};
