import { BOUNDS } from '../model/bounds.js';
import { weightOf } from '../model/budget.js';
import type { ComposePath } from '../model/path.js';
import { type Mapping, type Origin, type Origins, scalar, type Value, withOriginDeep } from '../model/value.js';
import type { Source, Span } from '../source/source.js';
import { resolvePlain } from './scalar.js';
import type { Tagged } from './tagged.js';

/** Where the quick reader stands, how it goes on from line to line, and what it knows of anchors and tags. */

/** Texts from here on could go beyond one of the other bounds, which are not looked at here. */
export const LONGEST = 200_000;
const DEEPEST = BOUNDS.depth / 2;

/** What is thrown where a text is no match for the quick reader. */
export class NotQuick extends Error {}

export const giveUp = (): never => {
  throw new NotQuick();
};

/** An anchor or a tag with its sign, in front of a value. */
export type Property = { readonly text: string; readonly start: number };

/** What stands in a mapping, whatever becomes of it. */
export type WrittenEntry = { readonly key: Span; readonly value: Value };

/** How a text is written where its values do not tell. */
export type Notes = {
  /** The anchor or the tag in front of a value. */
  readonly properties: Map<Value, Property>;
  /** All entries of a mapping with merge keys, or with values tagged `!reset`, which are not among its values. */
  readonly written: Map<Mapping, readonly WrittenEntry[]>;
};

/** Where the reading stands: at the content of a line, behind its indentation. */
export type State = {
  readonly source: Source;
  readonly lines: readonly string[];
  readonly comments: Span[];
  readonly notes: Notes;
  /** The line, its first character in the file, and the column of its content; beyond the last line -1. */
  index: number;
  line: string;
  start: number;
  column: number;
  /** The deepest indentation of comments between the last content and this one; without any -1. */
  commented: number;
  /** Behind what belongs to the last value: its line, or for an empty value its place. */
  end: number;
  /** What anchors stand for, above this place; nothing yet while it is being read. */
  readonly anchors: Map<string, Value | undefined>;
  /** How many values aliases may still stand for. */
  room: number;
  /** The path of what is being read, and the tags of Compose that were met. */
  readonly path: (string | number)[];
  readonly tagged: Tagged[];
  /** How many of the values around this place have an anchor, and how many are tagged `!override`. */
  anchored: number;
  overriding: number;
};

export const stateOf = (source: Source): State => {
  const lines = source.text.split('\n');
  return {
    source,
    lines,
    comments: [],
    notes: { properties: new Map(), written: new Map() },
    index: 0,
    line: lines[0] ?? '',
    start: 0,
    column: -1,
    commented: -1,
    end: 0,
    anchors: new Map(),
    // A value takes two characters at least.
    room: BOUNDS.values - source.text.length / 2,
    path: [],
    tagged: [],
    anchored: 0,
    overriding: 0,
  };
};

export const checkDepth = (depth: number): void => {
  if (depth > DEEPEST) giveUp();
};

export const written = (source: Source, start: number, end: number): Origins => [
  { kind: 'written', at: { source, start, end } },
];

/** What a plain text means. */
export const plainValue = (source: Source, text: string, start: number): Value => {
  const { value, form } = resolvePlain(text);
  return scalar(value, written(source, start, start + text.length), form);
};

export const comment = (state: State, column: number): void => {
  state.comments.push({
    source: state.source,
    start: state.start + column,
    end: state.start + state.line.length,
  });
};

/** Behind the spaces from a column on. */
export const behindSpaces = (line: string, from: number): number => {
  let column = from;
  while (line.charCodeAt(column) === 32) column += 1;
  return column;
};

/** Goes on to the next line. Beyond the last one it is empty. */
export const step = (state: State): void => {
  state.start += state.line.length + 1;
  state.index += 1;
  state.line = state.lines[state.index] ?? '';
};

/** Goes on to the next line that is more than white space and comments, from the start of a line. */
export const settle = (state: State): void => {
  state.commented = -1;
  for (; state.index < state.lines.length; step(state)) {
    const column = behindSpaces(state.line, 0);
    if (column === state.line.length) continue;
    if (state.line[column] !== '#') {
      state.column = column;
      return;
    }
    comment(state, column);
    state.commented = Math.max(state.commented, column);
  }
  state.column = -1;
};

/** Takes the rest of a line behind a value, which may be a comment, and goes on. */
export const finishLine = (state: State, column: number): void => {
  const from = behindSpaces(state.line, column);
  if (from < state.line.length) {
    if (state.line[from] !== '#' || from === column) giveUp();
    comment(state, from);
  }
  state.end = Math.min(state.start + state.line.length + 1, state.source.text.length);
  step(state);
  settle(state);
};

const ALIAS = /\*([\w-]+)/y;

/** An alias on the line: its place, and the value that it stands for. */
export type AliasRead = { readonly at: Span; readonly target: Value };

export const readAlias = (state: State, column: number): AliasRead => {
  ALIAS.lastIndex = column;
  const [all = giveUp(), name = ''] = ALIAS.exec(state.line) ?? [];
  const start = state.start + column;
  const at = { source: state.source, start, end: start + all.length };
  return { at, target: state.anchors.get(name) ?? giveUp() };
};

/** A value that comes along with an alias or a merge key. */
export const brought = (
  state: State,
  value: Value,
  via: Extract<Origin, { kind: 'aliased' }>['via'],
  at: Span,
): Value => {
  state.room -= weightOf(value);
  if (state.room < 0) giveUp();
  return withOriginDeep(value, { kind: 'aliased', via, at });
};

/** Notes one of Compose's tags. What an alias leads to would count at the alias, too, and nothing counts below `!override`. */
export const noteTag = (state: State, tag: Tagged['tag'], column: number): void => {
  if (state.anchored > 0 || state.overriding > 0) giveUp();
  const start = state.start + column;
  const path: ComposePath = [...state.path];
  state.tagged.push({ tag, path, at: { source: state.source, start, end: start + tag.length } });
};
