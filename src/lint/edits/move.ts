import type { ComposePath } from '../../model/path.js';
import type { TextEdit } from '../../source/edit.js';
import type { Source } from '../../source/source.js';
import { contentAt } from './content.js';
import { type InsertAtOptions, insertAt } from './insert-at.js';
import type { Place } from './place.js';
import { type RemoveOptions, remove } from './remove.js';

/**
 * Moves an entry or an item with its original text and its comments to a path of another file.
 * @param path Where the entry is to stand there, its key last; for an item, the list.
 * @returns Edits of both files, or undefined where one of the two is not certain.
 */
export const move = (
  place: Place,
  target: Source,
  path: ComposePath,
  options: RemoveOptions & InsertAtOptions = {},
): readonly TextEdit[] | undefined => {
  const content = contentAt(place);
  const isItem = place.steps.at(-1)?.node.kind === 'sequence';
  const inserted = content && insertAt(target, path, isItem ? 'item' : 'entry', content, options);
  const removed = inserted && remove(place, options);
  return removed && [...removed, ...inserted];
};
