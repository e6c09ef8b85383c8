import { BOUNDS } from '../model/bounds.js';
import type { Variable } from '../model/environment.js';
import type { VariableUse } from '../model/value.js';

/** Looks a variable up. */
export type Lookup = (name: string) => Variable | undefined;

/** A variable that a template asked for, with the offsets of its outermost reference in the template. */
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
  | { readonly kind: 'bound'; readonly what: 'length' | 'depth' };

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

/** One match of docker compose's pattern for references. */
export type Match =
  | { readonly kind: 'escaped' | 'invalid'; readonly end: number }
  | { readonly kind: 'named'; readonly end: number; readonly name: string }
  | { readonly kind: 'braced'; readonly end: number; readonly body: string };

/** For every offset, the last `}` on the same line at or behind it; computed once, so that scanning stays linear. */
export const closers = (text: string): ((offset: number) => number) => {
  const known = new Map<number, number>();
  return (offset) => {
    let line = text.indexOf('\n', offset);
    if (line < 0) line = text.length;
    const last = known.get(line) ?? text.lastIndexOf('}', line - 1);
    known.set(line, last);
    return last;
  };
};

/**
 * The match that starts at a dollar sign. A braced reference with an operator reaches to the *last* closing brace of its
 * line: what follows its own brace is taken apart afterwards.
 * @see compose-go template/template.go, the pattern
 */
export const matchAt = (text: string, dollar: number, lastBrace: (offset: number) => number): Match | undefined => {
  const next = text.charCodeAt(dollar + 1);
  if (next === 36) return { kind: 'escaped', end: dollar + 2 };
  if (next !== 123) {
    const end = nameEnd(text, dollar + 1);
    return end > dollar + 1 ? { kind: 'named', end, name: text.slice(dollar + 1, end) } : undefined;
  }
  const invalid: Match = { kind: 'invalid', end: dollar + 2 };
  const end = nameEnd(text, dollar + 2);
  if (end === dollar + 2) return invalid;
  const operator = text[end] === ':' ? end + 1 : end;
  if (operator < text.length && '-+?'.includes(text[operator] ?? '\0')) {
    const last = lastBrace(operator + 1);
    if (last > operator) return { kind: 'braced', end: last + 1, body: text.slice(dollar + 2, last) };
  }
  return text[end] === '}' ? { kind: 'braced', end: end + 1, body: text.slice(dollar + 2, end) } : invalid;
};

/** Offset of the brace that closes the first reference of a match, or -1. Every `{` counts, and hides its next character. */
export const firstClosing = (match: string): number => {
  let open = 0;
  for (let i = 0; i < match.length; i += 1) {
    if (match[i] === '}') {
      open -= 1;
      if (open === 0) return i;
    }
    if (match[i] === '{') {
      open += 1;
      i += 1;
    }
  }
  return -1;
};

const OPERATORS = [':?', '?', ':-', '-', ':+', '+'] as const;
type Operator = (typeof OPERATORS)[number];

/** The operator that a match is read with: the one that occurs first anywhere in it. */
const operatorOf = (match: string): Operator => {
  let found: Operator = ':?';
  let at = -1;
  for (const operator of OPERATORS) {
    const index = match.indexOf(operator);
    if (index >= 0 && (at < 0 || index < at)) {
      found = operator;
      at = index;
    }
  }
  return found;
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
  /** The outermost reference that is being replaced. */
  outer: { readonly from: number; readonly to: number };
  /** Characters produced so far, on all levels. */
  produced: number;
};

const use = (scan: Scan, name: string, variable: Variable | undefined, outcome: VariableUse['outcome']): void => {
  const source = variable && outcome === 'given' ? { source: variable.source } : {};
  scan.references.push({ name, outcome, ...source, ...scan.outer });
};

/** Replaces one braced reference that has an operator. Undefined when it has none. The word is always evaluated first. */
const applyOperator = (body: string, operator: Operator, scan: Scan, depth: number): string | undefined => {
  const at = body.indexOf(operator);
  if (at < 0) return undefined;
  const name = body.slice(0, at);
  const word = substituteText(body.slice(at + operator.length), scan, depth + 1);
  const variable = scan.lookup(name);
  const counts = variable !== undefined && (!operator.startsWith(':') || variable.value !== '');
  if (operator.endsWith('?')) {
    if (!counts) throw new Stop({ kind: 'required', name, reason: word, ...scan.outer });
    use(scan, name, variable, 'given');
    return variable.value;
  }
  if (operator.endsWith('-')) {
    use(scan, name, variable, counts ? 'given' : 'default');
    return counts ? variable.value : word;
  }
  use(scan, name, variable, counts ? 'alternate' : variable ? 'given' : 'default');
  return counts ? word : (variable?.value ?? '');
};

const replace = (match: string, whole: Match, scan: Scan, depth: number): string => {
  if (whole.kind === 'escaped') return '$';
  if (whole.kind === 'invalid') throw new Stop({ kind: 'invalid', ...scan.outer });
  if (whole.kind === 'named') return plainVariable(whole.name, scan);
  const closing = firstClosing(match);
  const own = closing < 0 ? match : match.slice(0, closing + 1);
  const rest = closing < 0 ? '' : match.slice(closing + 1);
  const inner = matchAt(own, 0, closers(own));
  if (inner?.kind !== 'braced') throw new Stop({ kind: 'invalid', ...scan.outer });
  const value = applyOperator(inner.body, operatorOf(match), scan, depth);
  if (value !== undefined) return value + substituteText(rest, scan, depth + 1);
  return plainVariable(inner.body, scan);
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

/** Replaces the references in a text that is itself part of a reference. The first fault stops everything. */
const substituteText = (text: string, scan: Scan, depth: number): string => {
  if (depth > BOUNDS.interpolationDepth) throw new Stop({ kind: 'bound', what: 'depth' });
  if (!text.includes('$')) return grown(scan, text);
  const lastBrace = closers(text);
  let result = '';
  let from = 0;
  for (let dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', Math.max(from, dollar + 1))) {
    const match = matchAt(text, dollar, lastBrace);
    if (!match) continue;
    result += grown(scan, text.slice(from, dollar) + replace(text.slice(dollar, match.end), match, scan, depth));
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
  const scan: Scan = { lookup, references: [], outer: { from: 0, to: 0 }, produced: 0 };
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
      scan.outer = { from: dollar, to: match.end };
      const value = grown(scan, replace(template.slice(dollar, match.end), match, scan, 0));
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
