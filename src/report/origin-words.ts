import { plainText } from '../model/message.js';
import { type Origin, placeOfValue, type Value, type VariableSource, type VariableUse } from '../model/value.js';
import { placeOf } from '../source/lines.js';
import { type Span, textAt } from '../source/source.js';
import { shownPath } from './place.js';

/** A place as people read it, its path relative to a folder: `compose.yaml:4:12`. */
export const placeText = (at: Span, cwd: string): string => placeOf(at, shownPath(cwd, at.source.path));

/** Longest name of an alias that is repeated; behind `<<` there may be a whole mapping. */
const LONGEST_ALIAS = 40;

const aliasText = ({ via, at }: Origin & { kind: 'aliased' }): string => {
  const name = textAt(at);
  const isName = name.startsWith('*') && name.length <= LONGEST_ALIAS && !name.includes('\n');
  if (!isName) return via;
  return via === '<<' ? `<<: ${name}` : name;
};

/** Where a variable's value came from. */
export const sourceText = (source: VariableSource | undefined, cwd: string): string => {
  if (source?.kind === 'env-file') return placeText(source.at, cwd);
  return source?.kind === 'project-name' ? "the project's name" : 'the environment';
};

/** What a variable gave, in a few words: `TAG from .env:1:1`. */
export const variableText = ({ name, outcome, source }: VariableUse, cwd: string): string => {
  if (outcome === 'given' && source) return `${name} from ${sourceText(source, cwd)}`;
  if (outcome === 'default') return `default of ${name}`;
  return outcome === 'alternate' ? `alternative of ${name}` : `${name} is not set`;
};

/** Steps behind the first one in a few words each, oldest first; what a value overrode stands at the end. */
const stepTexts = (value: Value, cwd: string): readonly string[] => {
  const [steps, lost]: [string[], string[]] = [[], []];
  for (const origin of value.origins) {
    if (origin.kind === 'aliased') steps.push(`${aliasText(origin)} at ${placeText(origin.at, cwd)}`);
    if (origin.kind === 'inherited') steps.push(`${origin.via} at ${placeText(origin.at, cwd)}`);
    if (origin.kind === 'interpolated') steps.push(...origin.variables.map((use) => variableText(use, cwd)));
    if (origin.kind === 'environment') steps.push(`${origin.name} from ${sourceText(origin.source, cwd)}`);
    if (origin.kind === 'overrode') lost.push(placeText(origin.lost, cwd));
  }
  return [...new Set(steps), ...(lost.length > 0 ? [`over ${[...new Set(lost)].join(', ')}`] : [])];
};

/** Places where a value was written: one for a scalar, one for each file that wrote a part of a mapping or list. */
export const writtenPlaces = (value: Value): readonly Span[] => {
  const last = placeOfValue(value);
  if (value.kind === 'scalar') return last ? [last] : [];
  return value.origins.flatMap((origin) => (origin.kind === 'written' || origin.kind === 'read' ? [origin.at] : []));
};

const MOST_PLACES = 3;

/**
 * The history of a value on one line, for a comment: where it was written, what it came through, what it overrode. Never
 * holds a value. `default` for what nobody wrote.
 */
export const originText = (value: Value | undefined, cwd: string): string => {
  const places = value ? [...new Set(writtenPlaces(value).map((at) => placeText(at, cwd)))] : [];
  const steps = value ? stepTexts(value, cwd) : [];
  if (places.length + steps.length === 0) return 'default';
  const isImplied = value?.kind === 'mapping' && value.origins.at(-1)?.kind === 'default';
  // Nobody wrote it, but somebody wrote what brought it along.
  if (places.length === 0) places.push('default');
  const more = places.length - MOST_PLACES;
  const shown = more > 0 ? [...places.slice(0, MOST_PLACES), `${more} more`] : places;
  return plainText(`${isImplied ? 'implied by ' : ''}${[...shown, ...steps].join(', ')}`);
};
