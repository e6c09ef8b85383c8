import { BOUNDS } from '../model/bounds.js';

const SPACE: ReadonlySet<string> = new Set([' ', '\t', '\r', '\n']);
const OPERATORS: ReadonlySet<string> = new Set([';', '&', '|', '<', '>']);

/** A word of a command line and the range it was made of, quotes and backslashes included. */
export type Word = { readonly text: string; readonly from: number; readonly to: number };

/** What keeps spaces and operators from having a meaning. */
type Enclosure = 'single' | 'double' | 'backtick' | 'dollar';

type Reader = {
  readonly words: Word[];
  readonly open: Set<Enclosure>;
  word: string;
  from: number;
  started: boolean;
  escaped: boolean;
};

const toggle = (reader: Reader, enclosure: Enclosure): void => {
  if (!reader.open.delete(enclosure)) reader.open.add(enclosure);
};

const isOutside = (reader: Reader, ...enclosures: readonly Enclosure[]): boolean =>
  enclosures.every((enclosure) => !reader.open.has(enclosure));

const finish = (reader: Reader, to: number): void => {
  if (reader.started) reader.words.push({ text: reader.word, from: Math.max(reader.from, 0), to });
  reader.word = '';
  reader.from = -1;
  reader.started = false;
};

/** Reads a quote that opens or closes. Quotes are not part of the word; an empty pair starts one nevertheless. */
const readQuote = (reader: Reader, char: string): boolean => {
  const own = char === '"' ? 'double' : "'" === char ? 'single' : undefined;
  if (!own || !isOutside(reader, own === 'double' ? 'single' : 'double', 'dollar')) return false;
  if (reader.open.has(own)) reader.started = true;
  toggle(reader, own);
  return true;
};

/** Whether a parenthesis is one of `$(…)`; false for a stray one, which is an error. */
const readParenthesis = (reader: Reader, char: string): boolean => {
  if (char === '(' && isOutside(reader, 'single', 'double', 'backtick')) {
    if (reader.open.has('dollar') || !reader.word.endsWith('$')) return false;
    reader.open.add('dollar');
  } else if (char === ')' && isOutside(reader, 'single', 'double', 'backtick')) toggle(reader, 'dollar');
  return true;
};

const readSpace = (reader: Reader, char: string, at: number): void => {
  if (reader.open.size > 0) reader.word += char;
  else finish(reader, at);
};

/** Reads one character. `end`: the command line ends before it; `error`: there is none. */
const readCharacter = (reader: Reader, char: string, at: number): 'next' | 'end' | 'error' => {
  if (reader.from < 0 && !SPACE.has(char)) reader.from = at;
  if (reader.escaped) reader.escaped = false;
  else if (char === '\\' && !reader.open.has('single')) {
    reader.escaped = true;
    return 'next';
  } else if (char !== '\\') {
    if (SPACE.has(char)) {
      readSpace(reader, char, at);
      return 'next';
    }
    if (readQuote(reader, char)) return 'next';
    if (char === '`' && isOutside(reader, 'single', 'double', 'dollar')) toggle(reader, 'backtick');
    if (!readParenthesis(reader, char)) return 'error';
    if (OPERATORS.has(char) && reader.open.size === 0) {
      // `2>` drops the descriptor along with the operator.
      if (char === '>' && /^[0-9]/.test(reader.word)) reader.started = false;
      return 'end';
    }
  }
  reader.word += char;
  reader.started = true;
  return 'next';
};

/**
 * Splits a command line into words as docker compose does: quotes, backslashes, `$(…)` and backticks kept together. An
 * unquoted shell operator ends the command line, and what follows it is lost without a word.
 * @returns The words, or undefined for an unclosed quote or a stray parenthesis. Beyond the bound no more are read.
 * @see mattn/go-shellwords
 */
export const splitWords = (line: string): readonly Word[] | undefined => {
  const reader: Reader = { words: [], open: new Set(), word: '', from: -1, started: false, escaped: false };
  let offset = 0;
  for (const char of line) {
    const step = readCharacter(reader, char, offset);
    if (step === 'error') return undefined;
    if (step === 'end') break;
    if (reader.words.length > BOUNDS.words) return reader.words;
    offset += char.length;
  }
  finish(reader, offset);
  return reader.escaped || reader.open.size > 0 ? undefined : reader.words;
};
