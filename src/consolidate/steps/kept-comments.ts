import { type Comment, commentsIn, subjectOf } from '../../lint/edits/comments.js';
import { columnAt, isFirstInLine, isLastInLine, lineBreakOf } from '../../lint/edits/lines.js';
import { type Place, pathOf } from '../../lint/edits/place.js';
import { leavesOf, pathKey } from '../../lint/leaves.js';
import type { ComposePath } from '../../model/path.js';
import { get } from '../../model/value.js';
import { lineStartAt } from '../../source/lines.js';
import type { Source } from '../../source/source.js';
import { apply, leafAt, leafPlace, placeIn, rootOf, type Work } from '../work.js';

/** Comments of a text that a later state of it does not have. */
const goneBetween = (before: Source, after: Source): readonly Comment[] => {
  const left = commentsIn(after).map(({ text }) => text);
  let next = 0;
  return commentsIn(before).filter(({ text }) => {
    const isThere = left[next] === text;
    if (isThere) next += 1;
    return !isThere;
  });
};

/** The path in a text with what makes items of lists unique, so that another file can be asked for the same. */
const settingAt = (
  source: Source,
  path: ComposePath,
): { readonly service: string; readonly path: ComposePath } | undefined => {
  const [section, service, ...real] = path;
  if (section !== 'services' || service === undefined) return undefined;
  const value = get(rootOf(source), 'services', String(service));
  const leaf = value && leavesOf(value).find((known) => pathKey(known.real) === pathKey(real));
  return leaf && { service: String(service), path: leaf.path };
};

/** Where a file says the same as another one's text at a path, or the nearest that is around it there. */
const counterpart = (work: Work, file: string, source: Source, path: ComposePath): Place | undefined => {
  if (path.length === 0) return undefined;
  const setting = settingAt(source, path);
  const leaf = setting && leafAt(work, file, setting.service, setting.path);
  const hasPosition = path.some((key) => typeof key === 'number');
  const place = leaf && setting ? leafPlace(work, file, setting.service, leaf) : undefined;
  const found = place ?? (hasPosition ? undefined : placeIn(work, file, path));
  return found && canTakeLines(found) ? found : counterpart(work, file, source, path.slice(0, -1));
};

/** Whether the item at a place begins a line of its own, above which there can be another one. */
const canTakeLines = ({ source, steps }: Place): boolean => {
  const step = steps.at(-1);
  return step?.node.style === 'block' && isFirstInLine(source, step.item.start);
};

/** Writes comment lines above an item, below those that are there. */
export const addCommentAbove = (work: Work, place: Place | undefined, lines: readonly string[]): boolean => {
  const step = place?.steps.at(-1);
  if (!place || !step || !canTakeLines(place)) return true;
  const { source } = place;
  const said = new Set(commentsIn(source).map(({ text }) => text));
  const indent = ' '.repeat(columnAt(source, step.item.start));
  const text = lines
    .filter((line) => !said.has(line))
    .map((line) => `${indent}${line}${lineBreakOf(source)}`)
    .join('');
  const at = lineStartAt(source, step.item.start);
  return text === '' || apply(work, [{ at: { source, start: at, end: at }, text }]);
};

/** Writes a comment behind an item that is one line without a comment; false where it is not. */
const addCommentBehind = (work: Work, { source, steps }: Place, text: string): boolean => {
  const item = steps.at(-1)?.item;
  if (!item || lineStartAt(source, item.start) !== lineStartAt(source, item.end)) return false;
  if (!isLastInLine(source, item.end) || commentsIn(source).some(({ start }) => start === item.end + 1)) return false;
  return apply(work, [{ at: { source, start: item.end, end: item.end }, text: ` ${text}` }]);
};

const carry = (work: Work, to: string, source: Source, path: ComposePath, comment: Comment): boolean => {
  const place = counterpart(work, to, source, path);
  if (!place) return false;
  if (commentsIn(place.source).some(({ text }) => text === comment.text)) return true;
  const isExact = place.steps.length === path.length;
  if (!comment.isAlone && isExact && addCommentBehind(work, place, comment.text)) return true;
  return addCommentAbove(work, place, [comment.text]);
};

/**
 * Does an edit that takes out of a file what another file says, too. Comments that go with it are written to the other one,
 * where it says the same.
 * @param isSaid Whether the other file says the same of something that is gone; what a comment is about that it does not say goes with it.
 * @returns Whether it was done, and no comment is without a place.
 */
export const keepingComments = (
  work: Work,
  from: string,
  to: string,
  edit: () => boolean,
  isSaid: (path: ComposePath) => boolean = () => true,
): boolean => {
  const before = work.texts.get(from);
  if (!edit()) return false;
  const after = work.texts.get(from);
  if (!before || !after) return true;
  return goneBetween(before, after).every((comment) => {
    const place = subjectOf(before, comment);
    const path = place && pathOf(place);
    return path !== undefined && (!isSaid(path) || carry(work, to, before, path, comment));
  });
};
