import { BOUNDS } from '../model/bounds.js';
import { type Entry, mapping, type Origins, scalar, sequence, type Value } from '../model/value.js';
import { withoutEnd } from '../source/ends.js';
import type { Source, Span } from '../source/source.js';
import { resolvePlain } from './scalar.js';

/**
 * Reads the YAML that most Compose files are made of, one line after the other: mappings and lists in block style, plain
 * and quoted texts of one line, block texts, lists of such texts in brackets, comments. It gives what `yaml` and `compose`
 * give, at a fraction of the time; anything else, and anything that might be wrong, is left to them.
 */

/** What was read; `undefined` of the whole reading stands for a text that this is no match for. */
export type QuickReading = { readonly root: Value; readonly comments: readonly Span[] };

/** Texts from here on could go beyond one of the other bounds, which are not looked at here. */
const LONGEST = 200_000;
const DEEPEST = BOUNDS.depth / 2;

/** Characters that break lines or columns to one of the parsers, or that both hold against a text. */
const STRANGE = /[^\n -~\u00a0-\u2027\u202a-\ufefe\uff00-\ufffd]/;

/** What is most likely an anchor, an alias or a tag: looked for first, it costs less than reading until it is met. */
const PROPERTY = /[\n ][&*!]\w/;

const KEY = /([A-Za-z_][\w./-]{0,200}):(?: +|$)/y;

/** An item of a list in brackets, with the comma or bracket behind it. */
const FLOW_ITEM = /("[^"\\]*"|'[^']*'|[\w./][\w./@+=~-]*) *([,\]]) */y;

/** Characters that a plain text cannot start with; a dash can, where no space is behind it. */
const INDICATORS = '?:,[]{}#&*!|>\'"%@`';

class NotQuick extends Error {}

const giveUp = (): never => {
  throw new NotQuick();
};

/** Where the reading stands: at the content of a line, behind its indentation. */
type State = {
  readonly source: Source;
  readonly lines: readonly string[];
  readonly comments: Span[];
  /** The line, its first character in the file, and the column of its content; beyond the last line -1. */
  index: number;
  line: string;
  start: number;
  column: number;
  /** The deepest indentation of comments between the last content and this one; without any -1. */
  commented: number;
  /** Behind what belongs to the last value: its line, or for an empty value its place. */
  end: number;
};

const written = (source: Source, start: number, end: number): Origins => [
  { kind: 'written', at: { source, start, end } },
];

const comment = (state: State, column: number): void => {
  state.comments.push({
    source: state.source,
    start: state.start + column,
    end: state.start + state.line.length,
  });
};

const indentation = (line: string): number => {
  let column = 0;
  while (line.charCodeAt(column) === 32) column += 1;
  return column;
};

/** Goes on to the next line. Beyond the last one it is empty. */
const step = (state: State): void => {
  state.start += state.line.length + 1;
  state.index += 1;
  state.line = state.lines[state.index] ?? '';
};

/** Goes on to the next line that is more than white space and comments, from the start of a line. */
const settle = (state: State): void => {
  state.commented = -1;
  for (; state.index < state.lines.length; step(state)) {
    const column = indentation(state.line);
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
const finishLine = (state: State, column: number): void => {
  const from = column + indentation(state.line.slice(column));
  if (from < state.line.length) {
    if (state.line[from] !== '#' || from === column) giveUp();
    comment(state, from);
  }
  state.end = Math.min(state.start + state.line.length + 1, state.source.text.length);
  step(state);
  settle(state);
};

const isItem = (state: State): boolean =>
  state.line[state.column] === '-' && state.line.charCodeAt(state.column + 1) === 32;

/** A text whose closing quote is on the same line, without an escape. */
const quoted = (state: State, column: number, quote: string): Value => {
  const close = state.line.indexOf(quote, column + 1);
  const text = state.line.slice(column + 1, close);
  if (close < 0 || state.line[close + 1] === quote || (quote === '"' && text.includes('\\'))) giveUp();
  const value = scalar(text, written(state.source, state.start + column, state.start + close + 1));
  finishLine(state, close + 1);
  return value;
};

const plainValue = (source: Source, text: string, start: number): Value => {
  const { value, form } = resolvePlain(text);
  return scalar(value, written(source, start, start + text.length), form);
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

const flowItem = (source: Source, item: string, start: number): Value =>
  item.startsWith('"') || item.startsWith("'")
    ? scalar(item.slice(1, -1), written(source, start, start + item.length))
    : plainValue(source, item, start);

const flowList = (state: State, column: number): Value => {
  const items: Value[] = [];
  let at = column + 1 + indentation(state.line.slice(column + 1));
  let end = state.line[at] === ']' ? at + 1 : 0;
  while (end === 0) {
    FLOW_ITEM.lastIndex = at;
    const [all = giveUp(), item = '', mark] = FLOW_ITEM.exec(state.line) ?? [];
    items.push(flowItem(state.source, item, state.start + at));
    if (mark === ']') end = at + all.lastIndexOf(']') + 1;
    at += all.length;
  }
  const origins = written(state.source, state.start + column, state.start + end);
  finishLine(state, end);
  return sequence(items, origins);
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
  const indent = indentation(state.line);
  if (indent <= parent || indent === state.line.length) giveUp();
  const lines: string[] = [];
  let end = state.start;
  for (; state.index < state.lines.length; step(state)) {
    const { line } = state;
    const own = indentation(line);
    if (own === line.length ? own > 0 : own < indent) break;
    lines.push(line.slice(indent));
    if (line !== '') end = Math.min(state.start + line.length + 1, state.source.text.length);
  }
  // White space where a line might be a part of the text or not.
  if (state.index < state.lines.length && indentation(state.line) === state.line.length) giveUp();
  while (lines.at(-1) === '') lines.pop();
  const text = header.startsWith('|') ? lines.join('\n') : folded(lines);
  state.end = end;
  settle(state);
  return scalar(isStripped ? text : `${text}\n`, written(state.source, start, end));
};

const emptyMap = (state: State, column: number): Value => {
  const origins = written(state.source, state.start + column, state.start + column + 2);
  finishLine(state, column + 2);
  return mapping(new Map(), origins);
};

/** What stands behind a key or a dash; `parent` is the column of what it belongs to. */
const inline = (state: State, column: number, parent: number): Value => {
  const first = state.line[column] ?? '';
  if (first === '"' || first === "'") return quoted(state, column, first);
  if (first === '[') return flowList(state, column);
  if (first === '|' || first === '>') return blockText(state, column, parent);
  return state.line.startsWith('{}', column) ? emptyMap(state, column) : plain(state, column);
};

/** What stands below a key, or nothing. */
const below = (state: State, column: number, parent: number, depth: number): Value => {
  const at = state.start + column;
  const hasComment = column < state.line.length;
  if (hasComment) comment(state, column);
  step(state);
  settle(state);
  if (state.column > parent) return isItem(state) ? list(state, depth) : map(state, depth);
  if (state.column === parent && isItem(state)) return list(state, depth);
  // Comments belong to an empty value in ways of their own.
  if (hasComment || state.commented >= 0) giveUp();
  state.end = at;
  return scalar(null, written(state.source, at, at));
};

/** Comments that are indented like what they follow, or more, belong to it; those at the root to the document. */
const close = (state: State, column: number): void => {
  if (state.commented >= Math.max(column, 1)) giveUp();
};

const map = (state: State, depth: number): Value => {
  const { source, column } = state;
  if (depth > DEEPEST) giveUp();
  const start = state.start + column;
  const entries = new Map<string, Entry>();
  do {
    KEY.lastIndex = column;
    const [, key = giveUp()] = KEY.exec(state.line) ?? [];
    const at = state.start + column;
    if (entries.has(key) || typeof resolvePlain(key).value !== 'string') giveUp();
    const behind = KEY.lastIndex;
    const isInline = behind < state.line.length && state.line[behind] !== '#';
    const value = isInline ? inline(state, behind, column) : below(state, behind, column, depth + 1);
    entries.set(key, { key: { source, start: at, end: at + key.length }, value });
    if (state.column > column) giveUp();
  } while (state.column === column && !isItem(state));
  if (state.column === column) giveUp();
  close(state, column);
  return mapping(entries, written(source, start, state.end));
};

const list = (state: State, depth: number): Value => {
  const { source, column } = state;
  if (depth > DEEPEST) giveUp();
  const start = state.start + column;
  const items: Value[] = [];
  do {
    const from = column + 1 + indentation(state.line.slice(column + 1));
    KEY.lastIndex = from;
    if (KEY.test(state.line)) {
      state.column = from;
      items.push(map(state, depth + 1));
    } else items.push(inline(state, from, column));
    if (state.column > column) giveUp();
  } while (state.column === column && isItem(state));
  close(state, column);
  return sequence(items, written(source, start, state.end));
};

/** The one document of a text and its comments, or `undefined` where the text needs the whole of YAML. */
export const readQuickly = (source: Source): QuickReading | undefined => {
  const { text } = source;
  if (text.length > LONGEST || STRANGE.test(text) || PROPERTY.test(text)) return undefined;
  const lines = text.split('\n');
  const state: State = {
    source,
    lines,
    comments: [],
    index: 0,
    line: lines[0] ?? '',
    start: 0,
    column: -1,
    commented: -1,
    end: 0,
  };
  try {
    settle(state);
    if (state.column !== 0) return undefined;
    const root = map(state, 0);
    return state.column < 0 ? { root, comments: state.comments } : undefined;
  } catch (error) {
    if (error instanceof NotQuick) return undefined;
    throw error;
  }
};
