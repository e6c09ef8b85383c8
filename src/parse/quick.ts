import { type Entry, mapping, scalar, sequence, type Value } from '../model/value.js';
import { withoutEnd } from '../source/ends.js';
import { oncePer } from '../source/once.js';
import type { Source, Span } from '../source/source.js';
import { behindItem, valueAt } from './quick-flow.js';
import {
  type AliasRead,
  behindSpaces,
  brought,
  checkDepth,
  comment,
  finishLine,
  giveUp,
  LONGEST,
  type Notes,
  NotQuick,
  noteTag,
  plainValue,
  readAlias,
  type State,
  settle,
  stateOf,
  step,
  type WrittenEntry,
  written,
} from './quick-state.js';
import { resolvePlain } from './scalar.js';
import type { Tagged } from './tagged.js';

/**
 * Reads the YAML that most Compose files are made of, one line after the other: mappings and lists in block style, plain
 * and quoted texts of one line, block texts, lists and mappings in brackets of one line, anchors, aliases, merge keys, the
 * tags of Compose, comments. It gives what `yaml` and `compose` give, at a fraction of the time; anything else, and anything
 * that might be wrong, is left to them.
 */

/** What was read; `undefined` of the whole reading stands for a text that this is no match for. */
export type QuickReading = {
  readonly root: Value;
  readonly tagged: readonly Tagged[];
  readonly comments: readonly Span[];
  readonly notes: Notes;
};

/** Characters that break lines or columns to one of the parsers, or that both hold against a text. */
const STRANGE = /[^\n -~\u00a0-\u2027\u202a-\ufefe\uff00-\ufffd]/;

const KEY = /(<<|[A-Za-z_][\w./-]{0,200}):(?: +|$)/y;

const PROPERTY = /(&[\w-]+|!reset|!override)(?: +|$)/y;

/** Characters that a plain text cannot start with; a dash can, where no space is behind it. */
const INDICATORS = '?:,[]{}#&*!|>\'"%@`';

const isItem = (state: State): boolean =>
  state.line[state.column] === '-' && state.line.charCodeAt(state.column + 1) === 32;

/** Whether there is more than a comment on the line from a column on. */
const isFilled = ({ line }: State, column: number): boolean => column < line.length && line[column] !== '#';

const isEmpty = (value: Value): boolean => {
  const [step] = value.origins;
  return step.kind === 'written' && step.at.start === step.at.end;
};

/** A text whose closing quote is on the same line, without an escape. */
const quoted = (state: State, column: number, quote: string): Value => {
  const close = state.line.indexOf(quote, column + 1);
  const text = state.line.slice(column + 1, close);
  if (close < 0 || state.line[close + 1] === quote || (quote === '"' && text.includes('\\'))) giveUp();
  const value = scalar(text, written(state.source, state.start + column, state.start + close + 1));
  finishLine(state, close + 1);
  return value;
};

const plain = (state: State, column: number): Value => {
  const first = state.line[column] ?? '';
  if (INDICATORS.includes(first) || (first === '-' && state.line.charCodeAt(column + 1) === 32)) giveUp();
  const hash = state.line.indexOf(' #', column);
  const text = withoutEnd(state.line.slice(column, hash < 0 ? state.line.length : hash), ' ');
  if (text === '-' || text.includes(': ') || text.endsWith(':')) giveUp();
  const value = plainValue(state.source, text, state.start + column);
  finishLine(state, column + text.length);
  return value;
};

const flow = (state: State, column: number, depth: number): Value => {
  const { value, end } = valueAt(state, column, depth);
  finishLine(state, end);
  return value;
};

/** The lines of a folded text put together: single breaks become spaces, but those around lines that are indented more. */
const folded = (lines: readonly string[]): string => {
  let text = lines[0] ?? '';
  let breaks = 0;
  let isIndented = text.startsWith(' ');
  for (const line of lines.slice(1)) {
    breaks += 1;
    if (line === '') continue;
    const keeps = isIndented || line.startsWith(' ');
    text += (keeps ? '\n'.repeat(breaks) : breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)) + line;
    isIndented = line.startsWith(' ');
    breaks = 0;
  }
  return text;
};

/** A text behind `|` or `>`, which starts in the next line and is indented by more than what it belongs to. */
const blockText = (state: State, column: number, parent: number): Value => {
  const start = state.start + column;
  const header = state.line.slice(column);
  const isStripped = header.endsWith('-');
  if (header.length > (isStripped ? 2 : 1)) giveUp();
  step(state);
  const indent = behindSpaces(state.line, 0);
  if (indent <= parent || indent === state.line.length) giveUp();
  const lines: string[] = [];
  let end = state.start;
  for (; state.index < state.lines.length; step(state)) {
    const { line } = state;
    const own = behindSpaces(line, 0);
    if (own === line.length ? own > 0 : own < indent) break;
    lines.push(line.slice(indent));
    if (line !== '') end = Math.min(state.start + line.length + 1, state.source.text.length);
  }
  // White space where a line might be a part of the text or not.
  if (state.index < state.lines.length && behindSpaces(state.line, 0) === state.line.length) giveUp();
  while (lines.at(-1) === '') lines.pop();
  const text = header.startsWith('|') ? lines.join('\n') : folded(lines);
  state.end = end;
  settle(state);
  return scalar(isStripped ? text : `${text}\n`, written(state.source, start, end));
};

const alias = (state: State, column: number): Value => {
  const { at, target } = readAlias(state, column);
  const value = brought(state, target, '*', at);
  finishLine(state, column + at.end - at.start);
  return value;
};

/** What stands behind a key or a dash; `parent` is the column of what it belongs to. */
const inline = (state: State, column: number, parent: number, depth: number): Value => {
  const first = state.line[column] ?? '';
  if (first === '"' || first === "'") return quoted(state, column, first);
  if (first === '[' || first === '{') return flow(state, column, depth);
  if (first === '|' || first === '>') return blockText(state, column, parent);
  if (first === '*') return alias(state, column);
  return plain(state, column);
};

/** A mapping or a list in block style, where its first line stands. */
const block = (state: State, depth: number): Value => (isItem(state) ? list(state, depth) : map(state, depth));

/** What stands below a key, or nothing. */
const below = (state: State, column: number, parent: number, depth: number): Value => {
  const at = state.start + column;
  const hasComment = column < state.line.length;
  if (hasComment) comment(state, column);
  step(state);
  settle(state);
  if (state.column > parent)
    return state.line[state.column] === '&' ? anchoredBlock(state, depth) : block(state, depth);
  if (state.column === parent && isItem(state)) return list(state, depth);
  // Comments belong to an empty value in ways of their own.
  if (hasComment || state.commented >= 0) giveUp();
  state.end = at;
  return scalar(null, written(state.source, at, at));
};

/** Reads a value that an anchor stands for from there on. */
const anchored = (state: State, text: string, start: number, read: () => Value): Value => {
  const name = text.slice(1);
  state.anchors.set(name, undefined);
  state.anchored += 1;
  const value = read();
  state.anchored -= 1;
  state.anchors.set(name, value);
  state.notes.properties.set(value, { text, start });
  return value;
};

/** A mapping or a list below a line that holds nothing but its anchor. */
const anchoredBlock = (state: State, depth: number): Value => {
  const { column } = state;
  const text = state.line.slice(column);
  if (!/^&[\w-]+$/.test(text)) giveUp();
  const start = state.start + column;
  step(state);
  settle(state);
  if (state.column !== column || state.commented >= 0) giveUp();
  return anchored(state, text, start, () => block(state, depth));
};

/** An anchor or a tag in front of a value, the column behind it, and whether the value is on the same line. */
type PropertyRead = { readonly text: string; readonly end: number; readonly isInline: boolean };

const readProperty = (state: State, column: number): PropertyRead => {
  PROPERTY.lastIndex = column;
  const [, text = giveUp()] = PROPERTY.exec(state.line) ?? [];
  const end = PROPERTY.lastIndex;
  return { text, end, isInline: isFilled(state, end) };
};

/** A value behind an anchor or a tag, which has none of its own and is more than nothing. */
const bare = (state: State, { end, isInline }: PropertyRead, parent: number, depth: number): Value => {
  const value = isInline ? inline(state, end, parent, depth) : below(state, end, parent, depth + 1);
  if (value.origins.length > 1 || isEmpty(value) || state.notes.properties.has(value)) giveUp();
  return value;
};

/** What stands behind a key. */
const behindKey = (state: State, column: number, parent: number, depth: number): Value => {
  const first = state.line[column];
  if (first !== '&' && first !== '!') return inline(state, column, parent, depth);
  const property = readProperty(state, column);
  const { text, isInline } = property;
  const start = state.start + column;
  if (first === '&') return anchored(state, text, start, () => bare(state, property, parent, depth));
  const isOverride = text === '!override';
  noteTag(state, isOverride ? '!override' : '!reset', column);
  state.overriding += 1;
  const value = bare(state, property, parent, depth);
  state.overriding -= 1;
  // To YAML, a text with a tag of its own is a text whatever it looks like.
  if (isOverride ? value.kind === 'scalar' : !isInline) giveUp();
  state.notes.properties.set(value, { text, start });
  return value;
};

/**
 * What stands behind a dash, unless it is a mapping. One of Compose's tags there would count by the number of the item,
 * whatever becomes of others.
 */
const behindDash = (state: State, column: number, parent: number, depth: number): Value => {
  const first = state.line[column];
  if (first === '!') giveUp();
  if (first !== '&') return inline(state, column, parent, depth);
  const property = readProperty(state, column);
  if (!property.isInline) giveUp();
  return anchored(state, property.text, state.start + column, () => bare(state, property, parent, depth));
};

/** What a merge key takes in, in order of precedence, and how that is written. */
type Merge = { readonly sources: readonly AliasRead[]; readonly value: Value };

const writtenAlias = ({ at }: AliasRead): Value => scalar(null, [{ kind: 'aliased', via: '*', at }]);

const merge = (state: State, column: number): Merge => {
  if (state.line[column] !== '[') {
    const source = readAlias(state, column);
    finishLine(state, column + source.at.end - source.at.start);
    return { sources: [source], value: writtenAlias(source) };
  }
  const sources: AliasRead[] = [];
  let at = behindSpaces(state.line, column + 1);
  for (let isLast = false; !isLast; ) {
    const source = readAlias(state, at);
    sources.push(source);
    ({ at, isLast } = behindItem(state.line, at + source.at.end - source.at.start, ']'));
  }
  const origins = written(state.source, state.start + column, state.start + at);
  finishLine(state, at);
  return { sources, value: sequence(sources.map(writtenAlias), origins) };
};

/** The entries of a mapping with those that its merge keys bring where it has none. */
const merged = (state: State, own: ReadonlyMap<string, Entry>, sources: readonly AliasRead[]): Map<string, Entry> => {
  const entries = new Map(own);
  for (const { target, at } of sources) {
    if (target.kind !== 'mapping') return giveUp();
    state.room -= 1;
    for (const [key, entry] of target.entries)
      if (!entries.has(key)) entries.set(key, { ...entry, value: brought(state, entry.value, '<<', at) });
  }
  return entries;
};

/** Comments that are indented like what they follow, or more, belong to it; those at the root to the document. */
const close = (state: State, column: number): void => {
  if (state.commented >= Math.max(column, 1)) giveUp();
};

const map = (state: State, depth: number): Value => {
  const { source, column, notes } = state;
  checkDepth(depth);
  const start = state.start + column;
  const entries = new Map<string, WrittenEntry>();
  let sources: readonly AliasRead[] | undefined;
  /** The entries as they are written, from the first one on that does not stand for itself. */
  let all: Map<string, WrittenEntry> | undefined;
  do {
    KEY.lastIndex = column;
    const [, name = giveUp()] = KEY.exec(state.line) ?? [];
    const at = state.start + column;
    if ((all ?? entries).has(name) || typeof resolvePlain(name).value !== 'string') giveUp();
    const key = { source, start: at, end: at + name.length };
    const from = KEY.lastIndex;
    let value: Value;
    let isOwn = false;
    if (name === '<<') ({ sources, value } = merge(state, from));
    else {
      state.path.push(name);
      value = isFilled(state, from) ? behindKey(state, from, column, depth) : below(state, from, column, depth + 1);
      state.path.pop();
      isOwn = notes.properties.get(value)?.text !== '!reset';
    }
    if (!isOwn) all ??= new Map(entries);
    all?.set(name, { key, value });
    if (isOwn) entries.set(name, { key, value });
    if (state.column > column) giveUp();
  } while (state.column === column && !isItem(state));
  if (state.column === column) giveUp();
  close(state, column);
  const value = mapping(sources ? merged(state, entries, sources) : entries, written(source, start, state.end));
  if (all) notes.written.set(value, [...all.values()]);
  return value;
};

const list = (state: State, depth: number): Value => {
  const { source, column } = state;
  checkDepth(depth);
  const start = state.start + column;
  const items: Value[] = [];
  do {
    const from = behindSpaces(state.line, column + 1);
    KEY.lastIndex = from;
    state.path.push(items.length);
    if (KEY.test(state.line)) {
      state.column = from;
      items.push(map(state, depth + 1));
    } else items.push(behindDash(state, from, column, depth));
    state.path.pop();
    if (state.column > column) giveUp();
  } while (state.column === column && isItem(state));
  close(state, column);
  return sequence(items, written(source, start, state.end));
};

const read = (source: Source): QuickReading | undefined => {
  const { text } = source;
  if (text.length > LONGEST || STRANGE.test(text)) return undefined;
  const state = stateOf(source);
  try {
    settle(state);
    if (state.line === '---') {
      step(state);
      settle(state);
    }
    if (state.column !== 0) return undefined;
    const root = map(state, 0);
    const { tagged, comments, notes } = state;
    return state.column < 0 ? { root, tagged, comments, notes } : undefined;
  } catch (error) {
    if (error instanceof NotQuick) return undefined;
    throw error;
  }
};

/**
 * The one document of a text with its comments, or `undefined` where the text needs the whole of YAML. Who asks how it is
 * written gets what was read for its values.
 */
export const readQuickly = oncePer(read);
