import { BOUNDS } from '../model/bounds.js';
import type { Source, Span } from '../source/source.js';
import { BOUND_MESSAGES, type Lookup, substitute } from './template.js';

/** One `NAME=value` of an env file: the value after quotes, escapes and variables, and where it stands. */
export type Assignment = { readonly name: string; readonly value: string; readonly at: Span; readonly valueAt: Span };

/** What an env file cannot be read for. */
export type DotenvFault = {
  readonly rule: 'invalid-env-file' | 'required-variable' | 'invalid-interpolation' | 'too-large';
  readonly message: string;
  readonly at: Span;
};

export type DotenvFile = {
  readonly assignments: readonly Assignment[];
  /** Comments in the order of the file, each from its `#` to the end of its line, as far as the file can be read. */
  readonly comments: readonly Span[];
  readonly faults: readonly DotenvFault[];
  /** References to variables that have no value, which then count as empty. */
  readonly unset: readonly { readonly name: string; readonly at: Span }[];
};

/** White space inside a line: Go's `unicode.IsSpace` without the line feed. */
const isBlank = (char: string | undefined): boolean => char !== undefined && '\t\v\f\r \u0085\u00a0'.includes(char);

/** Go's `unicode.IsSpace`. */
const SPACE = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const isSpace = (char: string | undefined): boolean => char !== undefined && SPACE.test(char);

const NAME_CHARACTER = /[\p{L}\p{N}_.[\]-]/u;

/** A run of such characters, as most names have no others; matching it at once takes a fraction of the time. */
const PLAIN_NAME = /\w*/y;

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '"': '"',
  '\\': '\\',
};

/** Escapes in double quotes; `\$` becomes `$$`, so that the dollar sign survives the interpolation that follows. */
const expandEscapes = (text: string): string =>
  text.replace(
    /\\(?:([abcfnrtv$"\\])|0(\d{0,3}))/g,
    (match, letter: string | undefined, digits: string | undefined) => {
      if (letter === '$') return '$$';
      if (letter !== undefined) return ESCAPES[letter] ?? match;
      if (digits !== undefined && /^[0-3][0-7]{2}$/.test(digits))
        return String.fromCharCode(Number.parseInt(digits, 8));
      return `\\${digits}`;
    },
  );

/** Offset behind white space from `from`, at most `end`. */
const skip = (text: string, from: number, test: (char: string | undefined) => boolean): number => {
  let at = from;
  while (at < text.length && test(text[at])) at += 1;
  return at;
};

const trimmedEnd = (text: string, from: number, to: number): number => {
  let end = to;
  while (end > from && isSpace(text[end - 1])) end -= 1;
  return end;
};

/** A comment from its `#` to the end of the line. */
const commentAt = (source: Source, start: number): Span => {
  const line = source.text.indexOf('\n', start);
  return { source, start, end: trimmedEnd(source.text, start, line < 0 ? source.text.length : line) };
};

/** Offset of the next statement: behind white space and comment lines, which are noted. */
const statementStart = (source: Source, from: number, comments: Span[]): number => {
  const { text } = source;
  let at = skip(text, from, isSpace);
  while (text[at] === '#') {
    comments.push(commentAt(source, at));
    const line = text.indexOf('\n', at);
    at = line < 0 ? text.length : skip(text, line, isSpace);
  }
  return at;
};

type Name = { readonly name: string; readonly start: number; readonly next: number; readonly inherited: boolean };

/** Reads `NAME=`, `NAME:` or a lone `NAME` at the end of a line; the offset of the first bad character on failure. */
const readName = (text: string, from: number): Name | { readonly bad: number } => {
  let start = from;
  if (text.startsWith('export', from) && isSpace(text[from + 6])) start = skip(text, from + 6, isBlank);
  PLAIN_NAME.lastIndex = start;
  let at = start + (PLAIN_NAME.exec(text)?.[0].length ?? 0);
  while (at < text.length) {
    const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (char === '=' || char === ':' || char === '\n') {
      const name = text.slice(start, trimmedEnd(text, start, at));
      return { name, start, next: skip(text, at + 1, isBlank), inherited: char === '\n' };
    }
    if (!isBlank(char) && !NAME_CHARACTER.test(char)) return { bad: at };
    at += char.length;
  }
  // A last line without a separator is a value without a name, as docker compose reads it.
  return { name: '', start, next: skip(text, start, isBlank), inherited: false };
};

/** Raw value: `quote` decides about escapes and variables. `undefined` when a quote is not closed. */
type Raw = {
  readonly text: string;
  readonly quote: '"' | "'" | '';
  readonly start: number;
  readonly end: number;
  readonly next: number;
  /** Offset of the comment behind the value. */
  readonly comment?: number;
};

const readValue = (text: string, from: number): Raw | undefined => {
  const quote = text[from];
  if (quote !== '"' && quote !== "'") {
    const line = text.indexOf('\n', from);
    const lineEnd = line < 0 ? text.length : line;
    const comment = text.slice(from, lineEnd).indexOf(' #');
    const end = trimmedEnd(text, from, comment < 0 ? lineEnd : from + comment);
    const next = line < 0 ? text.length : line + 1;
    const raw = { text: text.slice(from, end), quote: '', start: from, end, next } as const;
    return comment < 0 ? raw : { ...raw, comment: from + comment + 1 };
  }
  let value = '';
  let escaped = false;
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === quote && !escaped) return { text: value, quote, start: from, end: at + 1, next: at + 1 };
    if (!escaped && char === '\\') {
      escaped = true;
      continue;
    }
    if (escaped && char !== quote) value += '\\';
    value += char;
    escaped = false;
  }
  return undefined;
};

/** The value of an assignment with its variables put in; a fault when a reference in it cannot be replaced. */
type Expanded = { readonly value: string; readonly unset: readonly string[]; readonly fault?: Omit<DotenvFault, 'at'> };

const expand = (raw: Raw, find: Lookup): Expanded => {
  if (
    raw.quote === "'" ||
    (raw.quote === '' && !raw.text.includes('$') && raw.text.length <= BOUNDS.interpolatedLength)
  )
    return { value: raw.text, unset: [] };
  const done = substitute(raw.quote === '"' ? expandEscapes(raw.text) : raw.text, find);
  const unset = done.references.filter(({ outcome }) => outcome === 'unset').map(({ name }) => name);
  const value = done.text;
  if (done.fault?.kind === 'required') {
    const message = `The required variable ${done.fault.name} has no value.`;
    return { value, unset, fault: { rule: 'required-variable', message } };
  }
  if (done.fault?.kind === 'bound')
    return { value, unset, fault: { rule: 'too-large', message: BOUND_MESSAGES[done.fault.what] } };
  if (done.fault)
    return { value, unset, fault: { rule: 'invalid-interpolation', message: 'The reference is not valid.' } };
  return { value, unset };
};

/** One statement: what it assigns, if anything, and where the next one starts; without `next` the file ends with a fault. */
type Statement = {
  readonly assignment?: Assignment;
  readonly unset?: readonly string[];
  readonly fault?: DotenvFault;
  readonly comment?: Span;
  readonly next?: number;
};

const readStatement = (source: Source, at: number, lookup: Lookup, find: Lookup): Statement => {
  const { text } = source;
  const span = (start: number, end: number): Span => ({ source, start, end });
  const stop = (message: string, start: number, end: number): Statement => ({
    fault: { rule: 'invalid-env-file', message, at: span(start, end) },
  });
  const name = readName(text, at);
  if ('bad' in name) {
    const char = JSON.stringify(String.fromCodePoint(text.codePointAt(name.bad) ?? 0));
    return stop(`The character ${char} is not allowed in the name of a variable.`, name.bad, name.bad + 1);
  }
  if (name.name.includes(' ')) return stop('The name of a variable cannot contain a space.', name.start, name.next);
  const nameEnd = name.start + name.name.length;
  if (name.inherited) {
    const value = lookup(name.name)?.value;
    const place = span(name.start, nameEnd);
    return value === undefined
      ? { next: name.next }
      : { assignment: { name: name.name, value, at: place, valueAt: place }, next: name.next };
  }
  const raw = readValue(text, name.next);
  if (!raw) return stop('The quote that opens here is not closed.', name.next, name.next + 1);
  const valueAt = span(raw.start, raw.end);
  const { value, unset, fault } = expand(raw, find);
  if (fault) return { unset, fault: { ...fault, at: valueAt } };
  const assignment = { name: name.name, value, at: span(name.start, Math.max(raw.end, nameEnd)), valueAt };
  const comment = raw.comment === undefined ? undefined : commentAt(source, raw.comment);
  return { assignment, unset, next: raw.next, ...(comment ? { comment } : {}) };
};

/**
 * Reads an env file in docker compose's dialect: `NAME=value` or `NAME: value`, `export`, quotes (single ones literal),
 * values over several lines, comments, `NAME` alone to inherit, references to earlier variables.
 * @param lookup Variables that win over those of this file; names alone on a line are looked up here only.
 * @param earlier Variables of files read before, and where the ones of this file are added as it is read.
 * @see compose-go dotenv/parser.go; compose-spec 05-services.md, "Env_file format"
 */
export const parseDotenv = (source: Source, lookup: Lookup, earlier: Map<string, string>): DotenvFile => {
  const assignments: Assignment[] = [];
  const comments: Span[] = [];
  const unset: { name: string; at: Span }[] = [];
  if (source.text.length > BOUNDS.fileLength) {
    const message = `The file is longer than ${BOUNDS.fileLength} characters.`;
    return {
      assignments,
      comments,
      unset,
      faults: [{ rule: 'too-large', message, at: { source, start: 0, end: 0 } }],
    };
  }
  const find: Lookup = (name) => {
    const value = earlier.get(name);
    return lookup(name) ?? (value === undefined ? undefined : { value, source: { kind: 'process' } });
  };
  for (let at = statementStart(source, 0, comments); at < source.text.length; ) {
    const statement = readStatement(source, at, lookup, find);
    const { assignment, comment, fault, next } = statement;
    const place = assignment?.valueAt ?? fault?.at;
    if (place) unset.push(...(statement.unset ?? []).map((name) => ({ name, at: place })));
    if (assignment) {
      assignments.push(assignment);
      earlier.set(assignment.name, assignment.value);
    }
    if (comment) comments.push(comment);
    if (next === undefined) return { assignments, comments, unset, faults: fault ? [fault] : [] };
    at = statementStart(source, next, comments);
  }
  return { assignments, comments, unset, faults: [] };
};
