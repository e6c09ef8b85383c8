import stringWidth from 'string-width';
import { childKeys, childPath } from '../model/find.js';
import { plainText, shortJson } from '../model/message.js';
import { type ComposePath, formatPath } from '../model/path.js';
import { get, type Value, type VariableSource } from '../model/value.js';
import type { Removal } from '../resolve/reset.js';
import { type Chapter, chaptersOf, removalChapter, type Story, shownValue } from './chapters.js';
import { placeData, stepsData } from './config-origins.js';
import { codeFrame, type Pen } from './frame.js';
import { originText, placeText, sourceText, writtenPlaces } from './origin-words.js';
import { type Paint, paintFor } from './paint.js';

const summary = (value: Value, path: ComposePath, story: Story): string => {
  if (value.kind === 'scalar') return shownValue(value, path, story);
  const count = value.kind === 'mapping' ? value.entries.size : value.items.length;
  const one = value.kind === 'mapping' ? 'entry' : 'item';
  const many = value.kind === 'mapping' ? 'entries' : 'items';
  return `${count} ${count === 1 ? one : many}`;
};

const numbered = (
  chapters: readonly Chapter[],
  { shownPath, hidden }: Pick<Story, 'shownPath' | 'hidden'>,
  pen: Pen,
): readonly string[] =>
  chapters.flatMap(({ text, labels }, i) => [
    `${pen.paint.bold(`${i + 1}.`)} ${text}`,
    ...(labels.length > 0 ? codeFrame(labels, shownPath, hidden, pen).map((line) => `   ${line}`) : []),
  ]);

const UNUSED: Chapter = { text: 'No service uses it, so docker compose leaves it out', labels: [] };

const chapterLines = (value: Value, path: ComposePath, story: Story, pen: Pen): readonly string[] =>
  numbered([...chaptersOf(value, path, story), ...(story.isUnused && path === story.path ? [UNUSED] : [])], story, pen);

const heading = (value: Value, path: ComposePath, story: Story, paint: Paint): string =>
  `${paint.bold(formatPath(path) || 'the model')}: ${summary(value, path, story)}`;

/** Entries of a mapping, each on a line with its origin. */
const entryLines = (value: Value, path: ComposePath, story: Story, paint: Paint): readonly string[] => {
  if (value.kind !== 'mapping' || value.entries.size === 0) return [];
  const rows = [...value.entries].map(([key, entry]) => ({
    text: `   ${plainText(key)}: ${summary(entry.value, [...path, key], story)}`,
    from: originText(entry.value, story.cwd),
  }));
  const width = Math.min(60, Math.max(0, ...rows.map(({ text }) => text.length)));
  return ['', 'Its entries:', ...rows.map(({ text, from }) => `${text.padEnd(width)} ${paint.dim(`# ${from}`)}`)];
};

/** What tags took out of a mapping, each on a line with where it was written and what took it out. */
const takenLines = ({ taken, cwd }: Story, paint: Paint): readonly string[] => {
  if (taken.length === 0) return [];
  const rows = taken.map(({ path, tag, at, lost }) => ({
    text: `   ${plainText(String(path.at(-1)))}`,
    from: `${lost ? `${placeText(lost, cwd)}, ` : ''}${tag} at ${placeText(at, cwd)}`,
  }));
  const width = Math.min(60, Math.max(...rows.map(({ text }) => text.length)));
  return ['', 'Taken out of it:', ...rows.map(({ text, from }) => `${text.padEnd(width)} ${paint.dim(`# ${from}`)}`)];
};

/**
 * One value's story for people: who wrote it, who changed it, who won, each step with its source lines. A list has the story
 * of each item behind its own, a mapping a line for each entry.
 */
export const explainText = (story: Story, colour: boolean): string => {
  const paint = paintFor(colour);
  const pen: Pen = { paint, widthOf: stringWidth };
  const { value, path } = story;
  const told = (one: Value, at: ComposePath): readonly string[] => [
    heading(one, at, story, paint),
    ...chapterLines(one, at, story, pen),
    ...entryLines(one, at, story, paint),
    ...(at === path ? takenLines(story, paint) : []),
  ];
  const items = value.kind === 'sequence' ? value.items : [];
  const lines = [told(value, path), ...items.map((item, i) => ['', ...told(item, [...path, i])])];
  return `${lines.flat().join('\n')}\n`;
};

/** The story of a value that is no more, for people: who wrote it, and what took it out. */
export const removedText = (story: Omit<Story, 'value'>, colour: boolean): string => {
  const pen: Pen = { paint: paintFor(colour), widthOf: stringWidth };
  const chapters = story.removals.map((removal) => removalChapter(removal, story));
  const lines = numbered(chapters, story, pen);
  return `${pen.paint.bold(formatPath(story.path))}: taken out\n${lines.join('\n')}\n`;
};

/** The same for programs. */
export const removedJson = ({ path, removals, cwd }: Omit<Story, 'value'>): string =>
  shortJson({
    path: formatPath(path),
    kind: 'removed',
    removals: removals.map((removal) => removalData(removal, cwd)),
  });

const removalData = ({ tag, at, lost }: Removal, cwd: string): object => ({
  tag,
  ...placeData(at, cwd),
  ...(lost ? { lost: placeData(lost, cwd) } : {}),
});

type Known = { readonly given?: string; readonly source?: VariableSource };

const variablesIn = (value: Value): ReadonlyMap<string, Known> => {
  const found = new Map<string, Known>();
  for (const origin of value.origins) {
    if (origin.kind === 'environment') found.set(origin.name, origin);
    if (origin.kind === 'interpolated') for (const use of origin.variables) found.set(use.name, use);
  }
  return found;
};

const nodeData = (value: Value, path: ComposePath, story: Story): object => ({
  path: formatPath(path),
  kind: value.kind,
  ...(value.kind === 'scalar' ? { value: story.show(value, path) } : {}),
  places: writtenPlaces(value).map((at) => placeData(at, story.cwd)),
  steps: stepsData(value, story.cwd),
  variables: [...variablesIn(value)].map(([name, { given, source }]) => ({
    name,
    value: given === undefined ? null : story.variable(name, given),
    from: source ? sourceText(source, story.cwd) : null,
  })),
});

/** One value's story for programs: the value, its steps, its variables, and the same of each item or entry. */
export const explainJson = (story: Story): string => {
  const { value, path } = story;
  const children = childKeys(value).map((key) => {
    const at = value.kind === 'sequence' ? Number(key) : key;
    return nodeData(get(value, at) ?? value, [...path, at], story);
  });
  const removals = story.removals.map((removal) => removalData(removal, story.cwd));
  const taken = story.taken.map((removal) => ({ path: formatPath(removal.path), ...removalData(removal, story.cwd) }));
  const extra = {
    ...(removals.length > 0 ? { removals } : {}),
    ...(taken.length > 0 ? { taken } : {}),
    ...(story.isUnused ? { unused: true } : {}),
  };
  return shortJson({ ...nodeData(value, path, story), ...extra, children });
};

/** What is to be said of a path that leads nowhere: where it ends, and what there is. */
export const knownPaths = (value: Value, path: ComposePath): readonly string[] =>
  childKeys(value).map((key) => childPath(path, value, key));
