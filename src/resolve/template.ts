import { BOUNDS } from '../model/bounds.js';
import type { Variable } from '../model/environment.js';
import type { VariableUse } from '../model/value.js';

/** Looks a variable up. */
export type Lookup = (name: string) => Variable | undefined;

/** A variable that a template asked for, with the offsets of its own reference in the template, nested or not. */
export type Reference = Omit<VariableUse, 'at'> & { readonly from: number; readonly to: number };

/** Part of the result: literal text keeps its length, a reference may give any text. Offsets in result and template. */
export type Segment = {
  readonly from: number;
  readonly to: number;
  readonly templateFrom: number;
  readonly templateTo: number;
  readonly literal: boolean;
};

/** Why a template has no result. */
export type TemplateFault =
  | { readonly kind: 'invalid'; readonly from: number; readonly to: number }
  | {
      readonly kind: 'required';
      readonly name: string;
      readonly reason: string;
      readonly from: number;
      readonly to: number;
    }
  | { readonly kind: 'bound'; readonly what: 'length' | 'depth' | 'references' };

/** What is told of a template that goes beyond a bound. */
export const BOUND_MESSAGES: Readonly<Record<(TemplateFault & { readonly kind: 'bound' })['what'], string>> = {
  length: `The text is longer than ${BOUNDS.interpolatedLength} characters once its variables are put in.`,
  depth: `References are nested deeper than ${BOUNDS.interpolationDepth} levels.`,
  references: `The text has more than ${BOUNDS.references} references to variables.`,
};

export type Substituted = {
  readonly text: string;
  readonly segments: readonly Segment[];
  readonly references: readonly Reference[];
  readonly fault?: TemplateFault;
};

const isNameStart = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
const isNamePart = (code: number): boolean => isNameStart(code) || (code >= 48 && code <= 57);

const nameEnd = (text: string, from: number): number => {
  if (!isNameStart(text.charCodeAt(from))) return from;
  let end = from + 1;
  while (isNamePart(text.charCodeAt(end))) end += 1;
  return end;
};

const OPERATORS = [':?', '?', ':-', '-', ':+', '+'] as const;
type Operator = (typeof OPERATORS)[number];

/**
 * One match of docker compose's pattern for references, up to the end of the reference itself. `reach` is where docker
 * compose's own match ends, which holds all references behind it on the line.
 */
export type Match =
  | { readonly kind: 'escaped' | 'invalid'; readonly end: number }
  | { readonly kind: 'named'; readonly end: number; readonly name: string }
  | {
      readonly kind: 'braced';
      readonly end: number;
      readonly reach: number;
      readonly name: string;
      readonly operator: Operator;
      readonly word: string;
    };

/** For every offset, the last `}` on its line; offsets are asked for in their order, and a line is searched once. */
export const closers = (text: string): ((offset: number) => number) => {
  let lineEnd = -1;
  let last = -1;
  return (offset) => {
    if (offset <= lineEnd) return last;
    lineEnd = text.indexOf('\n', offset);
    if (lineEnd < 0) lineEnd = text.length;
    last = text.lastIndexOf('}', lineEnd - 1);
    return last;
  };
};

/**
 * Offset of the brace that closes the reference at a dollar sign, or -1 when there is none before `end`. Every `{` counts,
 * and hides its next character.
 */
const firstClosing = (text: string, dollar: number, end: number): number => {
  let open = 0;
  for (let i = dollar; i < end; i += 1) {
    if (text[i] === '}') {
      open -= 1;
      if (open === 0) return i;
    }
    if (text[i] === '{') {
      open += 1;
      i += 1;
    }
  }
  return -1;
};

/**
 * The match that starts at a dollar sign. docker compose lets a reference with an operator reach to the *last* closing brace
 * of its line, and then takes apart what follows its own brace; here the match ends with its own brace.
 * @see compose-go template/template.go, the pattern and getFirstBraceClosingIndex
 */
export const matchAt = (text: string, dollar: number, lastBrace: (offset: number) => number): Match | undefined => {
  const next = text.charCodeAt(dollar + 1);
  if (next === 36) return { kind: 'escaped', end: dollar + 2 };
  if (next !== 123) {
    const end = nameEnd(text, dollar + 1);
    return end > dollar + 1 ? { kind: 'named', end, name: text.slice(dollar + 1, end) } : undefined;
  }
  const invalid: Match = { kind: 'invalid', end: dollar + 2 };
  const nameStop = nameEnd(text, dollar + 2);
  if (nameStop === dollar + 2) return invalid;
  const name = text.slice(dollar + 2, nameStop);
  const operator = OPERATORS.find((known) => text.startsWith(known, nameStop));
  if (operator !== undefined) {
    const from = nameStop + operator.length;
    const last = lastBrace(from);
    if (last >= from) {
      const closing = firstClosing(text, dollar, last + 1);
      const own = closing < 0 ? last : closing;
      return { kind: 'braced', end: own + 1, reach: last + 1, name, operator, word: text.slice(from, own) };
    }
  }
  return text[nameStop] === '}' ? { kind: 'named', end: nameStop + 1, name } : invalid;
};

class Stop extends Error {
  readonly fault: TemplateFault;
  constructor(fault: TemplateFault) {
    super(fault.kind);
    this.fault = fault;
  }
}

type Scan = {
  readonly lookup: Lookup;
  readonly references: Reference[];
  /** The innermost reference that is being replaced. */
  at: { readonly from: number; readonly to: number };
  /** Characters produced so far, on all levels. */
  produced: number;
};

const use = (scan: Scan, name: string, variable: Variable | undefined, outcome: VariableUse['outcome']): void => {
  if (scan.references.length >= BOUNDS.references) throw new Stop({ kind: 'bound', what: 'references' });
  const known = variable ? { source: variable.source, given: variable.value } : {};
  scan.references.push({ name, outcome, ...known, ...scan.at });
};

/** Replaces a braced reference that has an operator. The word is always evaluated first. */
const applyOperator = ({ name, operator, word }: Match & { kind: 'braced' }, scan: Scan, depth: number): string => {
  const { at } = scan;
  const text = substituteText(word, at.to - 1 - word.length, scan, depth + 1);
  scan.at = at;
  const variable = scan.lookup(name);
  const counts = variable !== undefined && (!operator.startsWith(':') || variable.value !== '');
  if (operator.endsWith('?')) {
    if (!counts) throw new Stop({ kind: 'required', name, reason: text, ...scan.at });
    use(scan, name, variable, 'given');
    return variable.value;
  }
  if (operator.endsWith('-')) {
    use(scan, name, variable, counts ? 'given' : 'default');
    return counts ? variable.value : text;
  }
  use(scan, name, variable, counts ? 'alternate' : variable ? 'given' : 'default');
  return counts ? text : (variable?.value ?? '');
};

const replace = (match: Match, scan: Scan, depth: number): string => {
  switch (match.kind) {
    case 'escaped':
      return '$';
    case 'invalid':
      throw new Stop({ kind: 'invalid', ...scan.at });
    case 'named':
      return plainVariable(match.name, scan);
    case 'braced':
      return applyOperator(match, scan, depth);
  }
};

const plainVariable = (name: string, scan: Scan): string => {
  const variable = scan.lookup(name);
  use(scan, name, variable, variable ? 'given' : 'unset');
  return variable?.value ?? '';
};

const grown = (scan: Scan, text: string): string => {
  scan.produced += text.length;
  if (scan.produced > BOUNDS.interpolatedLength) throw new Stop({ kind: 'bound', what: 'length' });
  return text;
};

/**
 * Replaces the references in a text that is itself part of a reference. The first fault stops everything.
 * @param offset Where the text starts in the template.
 */
const substituteText = (text: string, offset: number, scan: Scan, depth: number): string => {
  if (depth > BOUNDS.interpolationDepth) throw new Stop({ kind: 'bound', what: 'depth' });
  if (!text.includes('$')) return grown(scan, text);
  const lastBrace = closers(text);
  let result = '';
  let from = 0;
  for (let dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', Math.max(from, dollar + 1))) {
    const match = matchAt(text, dollar, lastBrace);
    if (!match) continue;
    scan.at = { from: offset + dollar, to: offset + match.end };
    result += grown(scan, text.slice(from, dollar) + replace(match, scan, depth));
    from = match.end;
  }
  return result + grown(scan, text.slice(from));
};

/**
 * Puts variables into a text as docker compose does, quirks included: `$NAME`, `${NAME}`, `:-`, `-`, `:?`, `?`, `:+`, `+`
 * with nested references, `$$` for a dollar sign. Anything else behind a dollar sign stays as it is.
 * @returns The text, what each part of it came from, every variable asked for, and the fault that stopped it.
 * @see compose-spec 12-interpolation.md; compose-go template/template.go
 */
export const substitute = (template: string, lookup: Lookup): Substituted => {
  const scan: Scan = { lookup, references: [], at: { from: 0, to: 0 }, produced: 0 };
  const segments: Segment[] = [];
  const lastBrace = closers(template);
  let text = '';
  let from = 0;
  const literal = (end: number): void => {
    if (end === from) return;
    const to = text.length + end - from;
    segments.push({ from: text.length, to, templateFrom: from, templateTo: end, literal: true });
    text += grown(scan, template.slice(from, end));
  };
  try {
    for (let dollar = template.indexOf('$'); dollar >= 0; dollar = template.indexOf('$', Math.max(from, dollar + 1))) {
      const match = matchAt(template, dollar, lastBrace);
      if (!match) continue;
      literal(dollar);
      scan.at = { from: dollar, to: match.end };
      const value = grown(scan, replace(match, scan, 0));
      const to = text.length + value.length;
      segments.push({ from: text.length, to, templateFrom: dollar, templateTo: match.end, literal: false });
      text += value;
      from = match.end;
    }
    literal(template.length);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return { text, segments, references: scan.references, fault: error.fault };
  }
  return { text, segments, references: scan.references };
};
