import { type Entry, mapping, scalar, sequence, type Value } from '../model/value.js';
import {
  behindSpaces,
  brought,
  checkDepth,
  giveUp,
  plainValue,
  readAlias,
  type State,
  written,
} from './quick-state.js';
import { resolvePlain } from './scalar.js';

/** Lists and mappings in brackets that stand on one line, for the quick reader. */

const TEXT = /"[^"\\]*"|'[^']*'|-{0,2}[\w./$](?:[\w./@+=~$-]|:(?=[\w./$-]))*/y;

const KEY = /([A-Za-z_][\w./-]{0,200}): +/y;

/** A value, and the column behind it. */
type Read = { readonly value: Value; readonly end: number };

/** Behind the comma after an item, or behind the bracket that closes the collection. */
export const behindItem = (
  line: string,
  end: number,
  close: string,
): { readonly at: number; readonly isLast: boolean } => {
  const mark = behindSpaces(line, end);
  if (line[mark] === close) return { at: mark + 1, isLast: true };
  if (line[mark] !== ',') giveUp();
  return { at: behindSpaces(line, mark + 1), isLast: false };
};

const textAt = (state: State, column: number): Read => {
  TEXT.lastIndex = column;
  const [text = giveUp()] = TEXT.exec(state.line) ?? [];
  const start = state.start + column;
  const end = column + text.length;
  if (!text.startsWith('"') && !text.startsWith("'")) return { value: plainValue(state.source, text, start), end };
  return { value: scalar(text.slice(1, -1), written(state.source, start, start + text.length)), end };
};

const aliasAt = (state: State, column: number): Read => {
  const { at, target } = readAlias(state, column);
  return { value: brought(state, target, '*', at), end: column + at.end - at.start };
};

const listAt = (state: State, column: number, depth: number): Read => {
  const items: Value[] = [];
  let at = behindSpaces(state.line, column + 1);
  let isLast = state.line[at] === ']';
  if (isLast) at += 1;
  while (!isLast) {
    const { value, end } = valueAt(state, at, depth + 1);
    items.push(value);
    ({ at, isLast } = behindItem(state.line, end, ']'));
  }
  return { value: sequence(items, written(state.source, state.start + column, state.start + at)), end: at };
};

const mapAt = (state: State, column: number, depth: number): Read => {
  const entries = new Map<string, Entry>();
  let at = behindSpaces(state.line, column + 1);
  let isLast = state.line[at] === '}';
  if (isLast) at += 1;
  while (!isLast) {
    KEY.lastIndex = at;
    const [, key = giveUp()] = KEY.exec(state.line) ?? [];
    if (entries.has(key) || typeof resolvePlain(key).value !== 'string') giveUp();
    const start = state.start + at;
    const { value, end } = valueAt(state, KEY.lastIndex, depth + 1);
    entries.set(key, { key: { source: state.source, start, end: start + key.length }, value });
    ({ at, isLast } = behindItem(state.line, end, '}'));
  }
  return { value: mapping(entries, written(state.source, state.start + column, state.start + at)), end: at };
};

/** What stands at a column inside of brackets, or a bracket opens there. */
export const valueAt = (state: State, column: number, depth: number): Read => {
  checkDepth(depth);
  const first = state.line[column];
  if (first === '[') return listAt(state, column, depth);
  if (first === '{') return mapAt(state, column, depth);
  return first === '*' ? aliasAt(state, column) : textAt(state, column);
};
