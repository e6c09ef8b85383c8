import stringWidth from 'string-width';
import { childKeys, childPath } from '../model/find.js';
import { type ComposePath, formatPath } from '../model/path.js';
import { get, type Origin, type Value, type VariableSource, type VariableUse } from '../model/value.js';
import type { Span } from '../source/source.js';
import { placeData, stepsData } from './config-origins.js';
import { codeFrame, type Hidden, type Label, type Pen } from './frame.js';
import { originText, placeText, sourceText, writtenPlaces } from './origin-words.js';
import { type Paint, paintFor } from './paint.js';

/** What is to be told, and what may be shown of it. */
export type Story = {
  readonly path: ComposePath;
  readonly value: Value;
  readonly cwd: string;
  readonly shownPath: (path: string) => string;
  /** Credentials in the files. */
  readonly hidden: Hidden;
  /** A scalar as it may be shown: credentials are masked. */
  readonly show: (value: Value, path: ComposePath) => string;
  /** The value of a variable as it may be shown; undefined when there is none. */
  readonly variable: (name: string) => string | undefined;
};

type Chapter = { readonly text: string; readonly labels: readonly Label[] };

const label = (at: Span, message = ''): Label => ({ at, message, isPrimary: true });

const usedText = (use: VariableUse, { cwd, variable }: Story): string => {
  const { name, outcome, source } = use;
  const given = variable(name) ?? '';
  if (outcome === 'given' && source) return `${name} is ${JSON.stringify(given)}, from ${sourceText(source, cwd)}`;
  if (outcome === 'default') return `${name} is ${source ? 'empty' : 'not set'}: its default counts`;
  return outcome === 'alternate' ? `${name} is set: the alternative counts` : `${name} is not set and becomes empty`;
};

const sourceLabels = (name: string, source: VariableSource | undefined): readonly Label[] =>
  source?.kind === 'env-file' ? [{ at: source.at, message: `${name} is set here`, isPrimary: false }] : [];

const INHERITED = { extends: 'came along through `extends`', include: 'was brought in by `include`' } as const;

const chapterOf = (origin: Origin, value: Value, story: Story): Chapter | undefined => {
  switch (origin.kind) {
    case 'written':
    case 'read': {
      const isWhole = value.kind === 'scalar' || writtenPlaces(value).length === 1;
      const verb = origin.kind === 'read' ? 'gives' : 'writes';
      return {
        text: `${placeText(origin.at, story.cwd)} ${verb} ${isWhole ? 'the value' : 'a part of it'}`,
        labels: [label(origin.at)],
      };
    }
    case 'aliased':
      return {
        text: `It came along with ${origin.via === '<<' ? 'a merge key' : 'an alias'}`,
        labels: [label(origin.at)],
      };
    case 'inherited':
      return { text: `It ${INHERITED[origin.via]}`, labels: [label(origin.at)] };
    case 'interpolated':
      return origin.variables.length === 0
        ? undefined
        : {
            text: 'Variables are put in',
            labels: origin.variables.flatMap((use) => [
              label(use.at, usedText(use, story)),
              ...sourceLabels(use.name, use.source),
            ]),
          };
    case 'environment': {
      const given = JSON.stringify(story.variable(origin.name) ?? '');
      return {
        text: `${origin.name} has no value of its own and takes ${given} from ${sourceText(origin.source, story.cwd)}`,
        labels: sourceLabels(origin.name, origin.source),
      };
    }
    case 'overrode':
      return undefined;
    case 'default':
      return { text: `Nobody wrote it; it follows from ${origin.source}`, labels: [] };
  }
};

/** The steps of a value in order: who lost first, then who won, and what happened to the value. */
const chaptersOf = (value: Value, story: Story): readonly Chapter[] => {
  const lost = value.origins.flatMap((origin) =>
    origin.kind === 'overrode'
      ? [
          {
            text: `${placeText(origin.lost, story.cwd)} writes a value that is overridden`,
            labels: [label(origin.lost)],
          },
        ]
      : [],
  );
  const told = value.origins.flatMap((origin) => chapterOf(origin, value, story) ?? []);
  const seen = new Set<string>();
  const chapters = [...lost, ...told].filter(({ text, labels }) => {
    const key = `${text} ${labels.map(({ at }) => `${at.source.path}:${at.start}`).join(' ')}`;
    return !seen.has(key) && seen.add(key);
  });
  const last = writtenPlaces(value).at(-1);
  if (lost.length === 0 || value.kind !== 'scalar' || !last) return chapters;
  return [...chapters, { text: `${placeText(last, story.cwd)} wins`, labels: [] }];
};

const summary = (value: Value, path: ComposePath, story: Story): string => {
  if (value.kind === 'scalar') return story.show(value, path);
  const count = value.kind === 'mapping' ? value.entries.size : value.items.length;
  const one = value.kind === 'mapping' ? 'entry' : 'item';
  const many = value.kind === 'mapping' ? 'entries' : 'items';
  return `${count} ${count === 1 ? one : many}`;
};

const chapterLines = (value: Value, story: Story, pen: Pen): readonly string[] =>
  chaptersOf(value, story).flatMap(({ text, labels }, i) => [
    `${pen.paint.bold(`${i + 1}.`)} ${text}`,
    ...(labels.length > 0 ? codeFrame(labels, story.shownPath, story.hidden, pen).map((line) => `   ${line}`) : []),
  ]);

const heading = (value: Value, path: ComposePath, story: Story, paint: Paint): string =>
  `${paint.bold(formatPath(path) || 'the model')}: ${summary(value, path, story)}`;

/** Entries of a mapping, each on a line with its origin. */
const entryLines = (value: Value, story: Story, paint: Paint): readonly string[] => {
  if (value.kind !== 'mapping') return [];
  const rows = [...value.entries].map(([key, entry]) => ({
    text: `   ${key}: ${summary(entry.value, [...story.path, key], story)}`,
    from: originText(entry.value, story.cwd),
  }));
  const width = Math.min(60, Math.max(0, ...rows.map(({ text }) => text.length)));
  return rows.map(({ text, from }) => `${text.padEnd(width)} ${paint.dim(`# ${from}`)}`);
};

/**
 * One value's story for people: who wrote it, who changed it, who won, each step with its source lines. A list has the story
 * of each item behind its own, a mapping a line for each entry.
 */
export const explainText = (story: Story, colour: boolean): string => {
  const paint = paintFor(colour);
  const pen: Pen = { paint, widthOf: stringWidth };
  const { value, path } = story;
  const lines = [heading(value, path, story, paint), ...chapterLines(value, story, pen)];
  if (value.kind === 'sequence')
    for (const [i, item] of value.items.entries())
      lines.push('', heading(item, [...path, i], story, paint), ...chapterLines(item, story, pen));
  const entries = entryLines(value, story, paint);
  if (entries.length > 0) lines.push('', 'Its entries:', ...entries);
  return `${lines.join('\n')}\n`;
};

const variablesIn = (value: Value): ReadonlyMap<string, VariableSource | undefined> => {
  const found = new Map<string, VariableSource | undefined>();
  for (const origin of value.origins) {
    if (origin.kind === 'environment') found.set(origin.name, origin.source);
    if (origin.kind === 'interpolated') for (const use of origin.variables) found.set(use.name, use.source);
  }
  return found;
};

const nodeData = (value: Value, path: ComposePath, story: Story): object => ({
  path: formatPath(path),
  kind: value.kind,
  ...(value.kind === 'scalar' ? { value: story.show(value, path) } : {}),
  places: writtenPlaces(value).map((at) => placeData(at, story.cwd)),
  steps: stepsData(value, story.cwd),
  variables: [...variablesIn(value)].map(([name, source]) => ({
    name,
    value: story.variable(name) ?? null,
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
  return `${JSON.stringify({ ...nodeData(value, path, story), children }, null, 2)}\n`;
};

/** What is to be said of a path that leads nowhere: where it ends, and what there is. */
export const knownPaths = (value: Value, path: ComposePath): readonly string[] =>
  childKeys(value).map((key) => childPath(path, value, key));
