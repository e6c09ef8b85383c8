import { BOUNDS } from '../model/bounds.js';
import { textOf, type Value } from '../model/value.js';
import { closers, firstClosing, type Match, matchAt } from './template.js';

/** A variable that a model asks for, with what its last reference says about it. */
export type DeclaredVariable = {
  readonly name: string;
  /** The text behind `-` or `:-`, as it is written; empty for none. */
  readonly whenAbsent: string;
  /** The text behind `+` or `:+`, as it is written; empty for none. */
  readonly whenPresent: string;
  /** Whether docker compose refuses to load without a value. */
  readonly isRequired: boolean;
};

const WORD = /^\w+/;

const declaredBy = (body: string): DeclaredVariable => {
  const name = WORD.exec(body)?.[0] ?? body;
  const rest = body.slice(name.length);
  const operator = rest.startsWith(':') ? 2 : 1;
  const sign = rest[operator - 1];
  const word = rest.slice(operator);
  return {
    name,
    whenAbsent: sign === '-' ? word : '',
    whenPresent: sign === '+' ? word : '',
    isRequired: sign === '?',
  };
};

/** What a match asks for, without its dollar sign and braces, and what of the match lies behind the first reference. */
const bodyOf = (whole: string, match: Match): { readonly body: string; readonly rest: string } => {
  if (match.kind === 'named') return { body: match.name, rest: '' };
  const closing = firstClosing(whole);
  if (closing > 0) return { body: whole.slice(2, closing), rest: whole.slice(closing + 1) };
  return { body: match.kind === 'braced' ? match.body : '', rest: '' };
};

const inText = (text: string, depth: number, found: Map<string, DeclaredVariable>): void => {
  if (depth > BOUNDS.interpolationDepth || !text.includes('$')) return;
  const lastBrace = closers(text);
  let from = 0;
  for (let dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', Math.max(from, dollar + 1))) {
    const match = matchAt(text, dollar, lastBrace);
    if (!match) continue;
    from = match.end;
    if (match.kind === 'escaped') continue;
    const { body, rest } = bodyOf(text.slice(dollar, match.end), match);
    inText(rest, depth + 1, found);
    const variable = declaredBy(body);
    found.set(variable.name, variable);
    inText(variable.whenAbsent, depth + 1, found);
    inText(variable.whenPresent, depth + 1, found);
  }
};

const collect = (value: Value, found: Map<string, DeclaredVariable>): void => {
  if (value.kind === 'mapping') for (const entry of value.entries.values()) collect(entry.value, found);
  else if (value.kind === 'sequence') for (const item of value.items) collect(item, found);
  else inText(textOf(value) ?? '', 0, found);
};

/**
 * The variables that a model asks for, by name, keys excepted. Of a variable with several references the last one counts.
 * @see compose-go template/variables.go, ExtractVariables
 */
export const declaredVariables = (model: Value): ReadonlyMap<string, DeclaredVariable> => {
  const found = new Map<string, DeclaredVariable>();
  collect(model, found);
  return found;
};
