import type { Source, Span } from './source.js';

/** Replaces the characters of a span by a text; an empty span inserts. */
export type TextEdit = { readonly at: Span; readonly text: string };

/** Whether two edits touch the same characters, or insert at the same place with different texts. */
export const collide = (a: TextEdit, b: TextEdit): boolean => {
  if (a.at.start === b.at.start && a.at.end === b.at.end) return a.text !== b.text || a.at.start === a.at.end;
  return a.at.start < b.at.end && b.at.start < a.at.end;
};

const byStart = (a: TextEdit, b: TextEdit): number => a.at.start - b.at.start || a.at.end - b.at.end;

/** Whether all edits (of one source) can be applied together. */
export const compatible = (edits: readonly TextEdit[]): boolean => {
  const sorted = [...edits].sort(byStart);
  return sorted.every((edit, i) => {
    const next = sorted[i + 1];
    return next === undefined || !collide(edit, next);
  });
};

/**
 * Applies edits to the text of one source. What no edit touches stays byte for byte.
 * @param edits All on `source`, compatible with each other; the same replacement given twice counts once.
 * @throws {RangeError} when two edits collide.
 */
export const applyEdits = (source: Source, edits: readonly TextEdit[]): string => {
  const sorted = [...edits].sort(byStart);
  let text = '';
  let from = 0;
  let previous: TextEdit | undefined;
  for (const edit of sorted) {
    if (previous && collide(previous, edit)) throw new RangeError('edits collide');
    if (previous && edit.at.start === previous.at.start && edit.at.end === previous.at.end) continue;
    text += source.text.slice(from, edit.at.start) + edit.text;
    from = edit.at.end;
    previous = edit;
  }
  return text + source.text.slice(from);
};
