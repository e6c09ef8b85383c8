import type { LayoutNode } from '../../parse/layout.js';
import type { TextEdit } from '../../source/edit.js';
import { type Span, sameSpan } from '../../source/source.js';
import { isInFlow, type Place, placeAtSpan } from './place.js';
import { scalarText } from './scalar-text.js';

/** A scalar to write: a text, which is quoted as it needs, or another value, which is not. */
export type ScalarContent = string | number | boolean | null;

const isOneLine = ({ source }: Place, { start, end }: LayoutNode): boolean =>
  !/[\r\n]/.test(source.text.slice(start, end));

/** Whether a tag says what the scalar is, so that another text could be another value. */
const isTagged = ({ properties }: LayoutNode): boolean => properties.some(({ text }) => text.startsWith('!'));

/**
 * Replaces a scalar by another one, in its own quotes where it has some.
 * @returns undefined for an alias, a collection, a tagged scalar, and one over several lines.
 */
export const replaceScalar = (place: Place, content: ScalarContent): readonly TextEdit[] | undefined => {
  const { source, node } = place;
  if (node.kind !== 'scalar' || node.style === 'block-scalar' || isTagged(node) || !isOneLine(place, node))
    return undefined;
  const text = typeof content === 'string' ? scalarText(content, node.style, isInFlow(place)) : String(content);
  return [{ at: { source, start: node.start, end: node.end }, text }];
};

/** A range of the characters of a scalar, and what is to stand there instead: nothing that needs an escape. */
export type PartReplacement = { readonly at: Span; readonly text: string };

const PLAIN_PART = /^[\w$(){}:?./@%+=~^!,;-]*$/;

const applied = (raw: string, start: number, parts: readonly PartReplacement[]): string => {
  const sorted = [...parts].sort((a, b) => b.at.start - a.at.start);
  return sorted.reduce(
    (text, { at, text: by }) => text.slice(0, at.start - start) + by + text.slice(at.end - start),
    raw,
  );
};

const replaceIn = (place: Place, parts: readonly PartReplacement[]): readonly TextEdit[] | undefined => {
  const { node, source } = place;
  const { start, end } = node;
  if (node.kind !== 'scalar' || isTagged(node)) return undefined;
  const quote = node.style === 'single' || node.style === 'double' ? 1 : 0;
  const ordered = [...parts].sort((a, b) => a.at.start - b.at.start);
  const isInside = ordered.every(
    ({ at }, i) => at.start >= start + quote && at.end <= end - quote && at.start >= (ordered[i - 1]?.at.end ?? 0),
  );
  if (!isInside || ordered.some(({ text }) => !PLAIN_PART.test(text))) return undefined;
  const edits = ordered.map(({ at, text }): TextEdit => ({ at, text }));
  if (node.style !== 'plain') return edits;
  if (!isOneLine(place, node)) return isInFlow(place) ? undefined : edits;
  // A plain scalar may need quotes now, or no longer be the text that it looks like.
  const text = applied(source.text.slice(start, end), start, ordered);
  const written = scalarText(text, 'plain', isInFlow(place));
  return written === text ? edits : [{ at: { source, start, end }, text: written }];
};

/**
 * Replaces parts of scalars, such as the password in a URL, each written character for character where it stands.
 * @returns undefined where a part is not inside of one scalar, or its replacement would need an escape.
 */
export const replaceParts = (parts: readonly PartReplacement[]): readonly TextEdit[] | undefined => {
  const groups = new Map<LayoutNode, { readonly place: Place; readonly parts: PartReplacement[] }>();
  for (const part of parts) {
    const place = placeAtSpan(part.at);
    if (!place) return undefined;
    const group = groups.get(place.node) ?? { place, parts: [] };
    if (!group.parts.some(({ at }) => sameSpan(at, part.at))) group.parts.push(part);
    groups.set(place.node, group);
  }
  const edits: TextEdit[] = [];
  for (const group of groups.values()) {
    const found = replaceIn(group.place, group.parts);
    if (!found) return undefined;
    edits.push(...found);
  }
  return edits;
};

/**
 * Renames the key of a mapping entry.
 * @param place The entry's value, or whatever stands behind the key.
 * @returns undefined where the mapping has the new name already, or the key is no plain text.
 */
export const renameKey = (place: Place, name: string): readonly TextEdit[] | undefined => {
  const { source, steps } = place;
  const step = steps.at(-1);
  const key = step?.item.key;
  if (!step || key?.kind !== 'scalar' || key.style === 'block-scalar' || step.node.kind !== 'mapping') return undefined;
  if (key.text === name || step.node.items.some((item) => item.key?.text === name)) return undefined;
  const parent: Place = { source, node: step.node, steps: steps.slice(0, -1) };
  const inFlow = step.node.style === 'flow' || isInFlow(parent);
  return [{ at: { source, start: key.start, end: key.end }, text: scalarText(name, key.style, inFlow) }];
};
