import { diffLines } from 'diff';
import type { CreateFile, TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { Changes } from '../fix/assemble.js';
import { decode } from '../source/encoding.js';
import type { FileSystem } from '../source/filesystem.js';
import { type Source, sourceOf } from '../source/source.js';
import { rangeOf, uriOf } from './places.js';

/** What an editor can do with edits of several files. */
export type EditStyle = {
  /** Whether it takes edits with the versions of the texts that they are for. */
  readonly takesVersions: boolean;
  /** Whether it makes new files. */
  readonly makesFiles: boolean;
  /** The version of an open text; undefined for a file that is not open. */
  readonly versionOf: (path: string) => number | undefined;
};

/** One replaced range without the characters that stay at its ends, so that a cursor beside them stays where it is. */
const trimmed = (source: Source, start: number, end: number, text: string): TextEdit => {
  const old = source.text.slice(start, end);
  const most = Math.min(old.length, text.length);
  let before = 0;
  while (before < most && old[before] === text[before]) before += 1;
  let after = 0;
  while (after < most - before && old[old.length - 1 - after] === text[text.length - 1 - after]) after += 1;
  return {
    range: rangeOf({ source, start: start + before, end: end - after }),
    newText: text.slice(before, text.length - after),
  };
};

/** The edits that turn a text into another one: only of the lines that differ. */
export const lineEdits = (source: Source, after: string): readonly TextEdit[] => {
  const edits: TextEdit[] = [];
  let offset = 0;
  let [removed, added] = ['', ''];
  const close = (): void => {
    if (removed !== added) edits.push(trimmed(source, offset - removed.length, offset, added));
    [removed, added] = ['', ''];
  };
  for (const part of diffLines(source.text, after)) {
    if (part.added) added += part.value;
    else if (part.removed) {
      removed += part.value;
      offset += part.value.length;
    } else {
      close();
      offset += part.value.length;
    }
  }
  close();
  return edits;
};

/** New contents of files as edits for an editor; undefined when it cannot make them. */
export const workspaceEdit = (changes: Changes, fs: FileSystem, style: EditStyle): WorkspaceEdit | undefined => {
  const edits: (TextDocumentEdit | CreateFile)[] = [];
  for (const [path, bytes] of changes) {
    const isNew = fs.kind(path) === undefined;
    if (isNew && !(style.makesFiles && style.takesVersions)) return undefined;
    const before = isNew ? sourceOf(path, '') : decode(path, fs.read(path)).source;
    const textEdits = lineEdits(before, decode(path, bytes).source.text);
    const uri = uriOf(path);
    if (isNew) edits.push({ kind: 'create', uri, options: { ignoreIfExists: false } });
    if (textEdits.length > 0)
      edits.push({ textDocument: { uri, version: style.versionOf(path) ?? null }, edits: [...textEdits] });
  }
  if (style.takesVersions) return { documentChanges: edits };
  const texts = edits.flatMap((edit) => ('edits' in edit ? [edit] : []));
  return {
    changes: Object.fromEntries(
      texts.map((edit) => [edit.textDocument.uri, edit.edits.flatMap((one) => ('newText' in one ? [one] : []))]),
    ),
  };
};
