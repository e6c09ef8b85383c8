import { childKeys } from '../model/find.js';
import type { ComposePath } from '../model/path.js';
import { get, type Origin, type Value, type VariableSource, type VariableUse } from '../model/value.js';
import type { Removal } from '../resolve/reset.js';
import { sprint } from '../resolve/sprint.js';
import { positionAt } from '../source/lines.js';
import { type Span, textAt } from '../source/source.js';
import type { Hidden, Label } from './frame.js';
import { placeText, sourceText, writtenPlaces } from './origin-words.js';

/** What is to be told, and what may be shown of it. */
export type Story = {
  readonly path: ComposePath;
  readonly value: Value;
  /** What tags took out at this path, in the order of the files. */
  readonly removals: readonly Removal[];
  /** What tags took out right below it. */
  readonly taken: readonly Removal[];
  /** Whether it is a resource that no service uses, so that docker compose leaves it out. */
  readonly isUnused: boolean;
  readonly cwd: string;
  readonly shownPath: (path: string) => string;
  /** Credentials in the files. */
  readonly hidden: Hidden;
  /** A scalar as it may be shown, all of it: credentials are masked. */
  readonly show: (value: Value, path: ComposePath) => string;
  /** The value of a variable as it may be shown: credentials are masked. */
  readonly variable: (name: string, given: string) => string;
};

/** Longest text of a value that is shown. */
const SHOWN = 200;

const cut = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);

/** A text as it is told in a sentence: in quotes, and not all of it. */
const quoted = (text: string): string => JSON.stringify(cut(text));

/** A value as it is told to people: not all of it, and in quotes where it has several lines. */
export const shownValue = (value: Value, path: ComposePath, story: Story): string => {
  const text = story.show(value, path);
  return /\p{Cc}/u.test(cut(text)) ? quoted(text) : cut(text);
};

/** One step of a story: a sentence, and the places it is about. */
export type Chapter = { readonly text: string; readonly labels: readonly Label[] };

/** What stands on several lines is marked on the first one. */
const reach = (at: Span): string => {
  const [first, last] = [at.start, at.start + textAt(at).trimEnd().length].map(
    (end) => positionAt(at.source, end).line,
  );
  return first === last ? '' : `up to line ${last}`;
};

const label = (at: Span, message = reach(at)): Label => ({ at, message, isPrimary: true });

const usedText = (use: VariableUse, { cwd, variable }: Story): string => {
  const { name, outcome, source } = use;
  const given = variable(name, use.given ?? '');
  if (outcome === 'given' && source) return `${name} is ${quoted(given)}, from ${sourceText(source, cwd)}`;
  if (outcome === 'default') return `${name} is ${source ? 'empty' : 'not set'}: its default counts`;
  return outcome === 'alternate' ? `${name} is set: the alternative counts` : `${name} is not set and becomes empty`;
};

const sourceLabels = (name: string, source: VariableSource | undefined): readonly Label[] =>
  source?.kind === 'env-file' ? [{ at: source.at, message: `${name} is set here`, isPrimary: false }] : [];

/** Whether all that a value holds was written at one place, and nothing came from elsewhere. */
const isAllAt = (at: Span, value: Value): boolean =>
  childKeys(value).every((key) => {
    const inner = get(value, value.kind === 'sequence' ? Number(key) : key);
    return !inner || writtenPlaces(inner).every((place) => isWithin(place, at));
  });

const isWithin = (place: Span, at: Span): boolean =>
  place.source.path === at.source.path && at.start <= place.start && place.end <= at.end;

const INHERITED = { extends: 'came along through `extends`', include: 'was brought in by `include`' } as const;

const chapterOf = (origin: Origin, value: Value, story: Story): Chapter | undefined => {
  switch (origin.kind) {
    case 'written':
    case 'read': {
      const verb = origin.kind === 'read' ? 'gives' : 'writes';
      return {
        text: `${placeText(origin.at, story.cwd)} ${verb} ${objectOf(origin.at, value)}`,
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
      const given = quoted(story.variable(origin.name, origin.given));
      return {
        text: `${origin.name} has no value of its own and takes ${given} from ${sourceText(origin.source, story.cwd)}`,
        labels: sourceLabels(origin.name, origin.source),
      };
    }
    case 'overrode':
      return undefined;
    case 'default':
      // What the value started from before anybody wrote a part of it.
      if (writtenPlaces(value).length > 0 && !isImplied(value)) return undefined;
      return { text: `${isImplied(value) ? 'It' : 'Nobody wrote it; it'} follows from ${origin.source}`, labels: [] };
  }
};

/** What stands at a place of a value: all of it, a part, or what makes docker compose add it. */
const objectOf = (at: Span, value: Value): string => {
  if (isImplied(value)) return 'what it follows from';
  return value.kind === 'scalar' || isAllAt(at, value) ? 'the value' : 'a part of it';
};

/** What docker compose makes of a text that it does not print as it stands: a path, a size, a number in another notation. */
const readAs = (value: Value, path: ComposePath, story: Story): readonly Chapter[] => {
  const at = writtenPlaces(value).at(-1);
  const isGiven = value.origins.some(({ kind }) => kind === 'environment');
  if (value.kind !== 'scalar' || value.value === null || isGiven || !at) return [];
  const text = textAt(at).replace(/^(["'])(.*)\1$/, '$2');
  if (/[$\\\n]|^[&*!|>]|''/.test(text) || text.includes(sprint(value))) return [];
  return [{ text: `docker compose makes ${shownValue(value, path, story)} of it`, labels: [] }];
};

/** A variable of a container that is named without a value, and that nothing outside gives one. */
const withoutValue = (value: Value, path: ComposePath): readonly Chapter[] => {
  const [section, , key, name] = path;
  const isVariable = section === 'services' && key === 'environment' && path.length === 4;
  if (!isVariable || value.kind !== 'scalar' || value.value !== null) return [];
  return [{ text: `${name} has no value of its own, and the environment gives it none`, labels: [] }];
};

/** What was written, and the tag that took it out. */
export const removalChapter = ({ tag, at, lost }: Removal, story: Pick<Story, 'cwd'>): Chapter => {
  const written = lost ? `${placeText(lost, story.cwd)} writes a value, and ` : '';
  return {
    text: `${written}${placeText(at, story.cwd)} takes ${lost ? 'it' : 'a value'} out with \`${tag}\``,
    labels: [...(lost ? [label(lost)] : []), { at, message: '', isPrimary: lost === undefined }],
  };
};

/** Whether a value follows from another one, whose place it has. */
const isImplied = (value: Value): boolean =>
  value.origins.at(-1)?.kind === 'default' && writtenPlaces(value).length > 0;

/** The steps of a value in order: who lost first, then who won, and what happened to the value. */
export const chaptersOf = (value: Value, path: ComposePath, story: Story): readonly Chapter[] => {
  const removals = path === story.path ? story.removals : [];
  const isRemoved = (at: Span): boolean =>
    removals.some(({ lost }) => lost?.source === at.source && lost.start === at.start);
  const lost = value.origins.flatMap((origin) =>
    origin.kind === 'overrode' && !isRemoved(origin.lost)
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
  const before = [...removals.map((removal) => removalChapter(removal, story)), ...lost];
  const chapters = [...before, ...told, ...readAs(value, path, story), ...withoutValue(value, path)].filter(
    ({ text, labels }) => {
      const key = `${text} ${labels.map(({ at }) => `${at.source.path}:${at.start}`).join(' ')}`;
      return !seen.has(key) && seen.add(key);
    },
  );
  const last = writtenPlaces(value).at(-1);
  if (before.length === 0 || !last || !(value.kind === 'scalar' || isAllAt(last, value))) return chapters;
  return [...chapters, { text: `${placeText(last, story.cwd)} wins`, labels: [] }];
};
