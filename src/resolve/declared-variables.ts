import { BOUNDS } from '../model/bounds.js';
import { textOf, type Value } from '../model/value.js';
import { closers, type Match, matchAt } from './template.js';

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

const declaredBy = (match: Match & { kind: 'named' | 'braced' }): DeclaredVariable => {
  const { operator = '', word = '' } = match.kind === 'braced' ? match : {};
  return {
    name: match.name,
    whenAbsent: operator.endsWith('-') ? word : '',
    whenPresent: operator.endsWith('+') ? word : '',
    isRequired: operator.endsWith('?'),
  };
};

const inText = (text: string, depth: number, found: Map<string, DeclaredVariable>): void => {
  if (depth > BOUNDS.interpolationDepth || !text.includes('$')) return;
  const add = (variable: DeclaredVariable): void => {
    found.set(variable.name, variable);
    inText(variable.whenAbsent, depth + 1, found);
    inText(variable.whenPresent, depth + 1, found);
  };
  // docker compose looks at what a reference reaches over before it looks at the reference itself.
  const waiting: DeclaredVariable[] = [];
  const addWaiting = (): void => {
    for (let next = waiting.pop(); next; next = waiting.pop()) add(next);
  };
  const lastBrace = closers(text);
  let from = 0;
  let reach = 0;
  for (let dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', Math.max(from, dollar + 1))) {
    const match = matchAt(text, dollar, lastBrace);
    if (!match) continue;
    from = match.end;
    if (match.kind !== 'named' && match.kind !== 'braced') continue;
    if (dollar >= reach) addWaiting();
    const variable = declaredBy(match);
    if (match.kind === 'named') add(variable);
    else {
      waiting.push(variable);
      reach = match.reach;
    }
  }
  addWaiting();
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
