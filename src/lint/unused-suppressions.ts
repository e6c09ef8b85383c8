import type { TextEdit } from '../source/edit.js';
import { lineStartAt, nextLineAt } from '../source/lines.js';
import { nearest } from '../source/nearest.js';
import type { Span } from '../source/source.js';
import type { Directive, NamedRule } from './directives.js';
import type { Problem } from './rule.js';
import type { Suppression, Suppressions } from './suppressions.js';

/** Id of the rule that reports comments of fog-lint which do nothing. */
export const UNUSED_SUPPRESSION = 'unused-suppression';

/** What is known of a run, as far as comments of fog-lint are judged by it. */
export type Judgement = {
  /** All rules that there are. */
  readonly ids: readonly string[];
  /** Whether a rule has looked at everything that it could find something in. */
  readonly hasRun: (id: string) => boolean;
  readonly isUsed: (suppression: Suppression) => boolean;
};

/** Removes a comment: the line that it has for itself, or what stands between it and the value before it. */
const removal = ({ source, start, end }: Span): TextEdit => {
  const line = lineStartAt(source, start);
  const before = source.text.slice(line, start);
  if (before.trim() === '') return { at: { source, start: line, end: nextLineAt(source, start) }, text: '' };
  return { at: { source, start: line + before.trimEnd().length, end }, text: '' };
};

/** Takes rules out of a comment, or all of it where no other rule is left. */
const withoutRules = ({ rules, at }: Directive, unused: readonly NamedRule[]): TextEdit => {
  const kept = rules.filter((rule) => !unused.includes(rule));
  const [first, last] = [rules[0], rules.at(-1)];
  if (kept.length === 0 || !first || !last) return removal(at);
  const list = { source: at.source, start: first.at.start, end: last.at.end };
  return { at: list, text: kept.map(({ id }) => id).join(', ') };
};

const quoted = (rules: readonly NamedRule[]): string => rules.map(({ id }) => `"${id}"`).join(', ');

const WHERE: Readonly<Record<Directive['kind'], string>> = {
  line: 'on this line',
  'next-line': 'on the line below',
  region: 'from here on',
  file: 'in this file',
  end: 'here',
};

/** Edits that take rules out of a comment, and regions' ends with them. */
const editsFor = (directive: Directive, unused: readonly NamedRule[], list: readonly Suppression[]): TextEdit[] => {
  const ends = new Map<Directive, NamedRule[]>();
  for (const { rule, end } of list)
    if (end && unused.includes(rule)) ends.set(end.directive, [...(ends.get(end.directive) ?? []), end.rule]);
  return [
    withoutRules(directive, unused),
    ...[...ends].map(([ending, rules]): TextEdit => withoutRules(ending, rules)),
  ];
};

const MISPLACED = {
  message:
    'A comment that is to hold for the whole file must be the first one of the file: this one suppresses nothing.',
  help: 'Move it up.',
} as const;

const unusedIn = (directive: Directive, unused: readonly Suppression[], list: readonly Suppression[]): Problem => {
  const rules = unused.map(({ rule }) => rule);
  const evidence = `${directive.kind} ${rules.map(({ id }) => id).join(' ')}`;
  // Nothing can start in an empty range: the comment stands where it says nothing about the file.
  if (directive.kind === 'file' && unused.every(({ from, to }) => from === to))
    return { at: directive.at, ...MISPLACED, evidence };
  const isWhole = rules.length === directive.rules.length;
  return {
    at: isWhole ? directive.at : (rules[0]?.at ?? directive.at),
    message: `Nothing ${WHERE[directive.kind]} is found by ${quoted(rules)}: the comment suppresses nothing.`,
    help: 'Remove it, so that it does not hide what comes later.',
    evidence,
    fix: () => ({
      title: isWhole ? 'Remove the comment' : `Take ${quoted(rules)} out of the comment`,
      applicability: 'safe',
      edits: editsFor(directive, rules, list),
    }),
  };
};

const endsNothing = (directive: Directive, rules: readonly NamedRule[]): Problem => ({
  at: rules[0]?.at ?? directive.at,
  message: `${quoted(rules)} ${rules.length === 1 ? 'is' : 'are'} not disabled above: the comment enables nothing.`,
  help: 'Remove it.',
  evidence: `end ${rules.map(({ id }) => id).join(' ')}`,
  fix: () => ({
    title: 'Remove what ends nothing',
    applicability: 'safe',
    edits: [withoutRules(directive, rules)],
  }),
});

const hintFor = (id: string, ids: readonly string[]): string => {
  if (/\s/.test(id)) return 'Separate rules by commas, and write the reason behind " -- ".';
  const guess = nearest(id, ids);
  return guess === undefined ? 'Run `fog-lint rules` to list all rules.' : `Did you mean "${guess}"?`;
};

const unknown = ({ id, at }: NamedRule, ids: readonly string[]): Problem => ({
  at,
  message: `No rule is called "${id}", so that the comment suppresses nothing.`,
  help: hintFor(id, ids),
  evidence: `unknown ${id}`,
});

type Place = { readonly directive: Directive; readonly rule: NamedRule };

const byDirective = <T extends Place>(places: readonly T[]): ReadonlyMap<Directive, readonly T[]> => {
  const groups = new Map<Directive, T[]>();
  for (const place of places) groups.set(place.directive, [...(groups.get(place.directive) ?? []), place]);
  return groups;
};

/** Everything that is wrong with the comments of one source: unused, unknown rules, ends of regions without a start. */
export function* unusedSuppressions(found: Suppressions, judgement: Judgement): Generator<Problem> {
  const { list, loose, broken } = found;
  const { ids, hasRun, isUsed } = judgement;
  for (const { at, message, help } of broken) yield { at, message, help, evidence: 'broken' };
  for (const { rule } of [...list, ...loose]) if (!ids.includes(rule.id)) yield unknown(rule, ids);
  const unused = list.filter((suppression) => hasRun(suppression.rule.id) && !isUsed(suppression));
  for (const [directive, suppressions] of byDirective(unused)) yield unusedIn(directive, suppressions, list);
  const ends = loose.filter(({ rule }) => ids.includes(rule.id));
  for (const [directive, places] of byDirective(ends)) {
    const rules = places.map(({ rule }) => rule);
    yield endsNothing(directive, rules);
  }
}
