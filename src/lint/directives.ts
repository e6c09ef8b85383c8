import { plainText } from '../model/message.js';
import { nearest } from '../source/nearest.js';
import { type Span, textAt } from '../source/source.js';

/** What a comment asks for: silence on its line, on the next one, from here on, in the whole file; or the end of `region`. */
export type DirectiveKind = 'line' | 'next-line' | 'region' | 'file' | 'end';

/** A rule as a comment names it. */
export type NamedRule = { readonly id: string; readonly at: Span };

/** A comment that speaks to fog-lint: `# fog-lint-disable-line latest-tag, privileged -- only on my machine`. */
export type Directive = {
  readonly kind: DirectiveKind;
  readonly rules: readonly NamedRule[];
  /** What stands behind ` -- `. */
  readonly reason: string | undefined;
  /** All of the comment. */
  readonly at: Span;
};

/** A comment that was hardly meant for people, and is no directive either. */
export type BrokenDirective = { readonly at: Span; readonly message: string; readonly help: string };

const KINDS: Readonly<Record<string, DirectiveKind>> = {
  'fog-lint-disable-next-line': 'next-line',
  'fog-lint-disable-line': 'line',
  'fog-lint-disable-file': 'file',
  'fog-lint-disable': 'region',
  'fog-lint-enable': 'end',
};

/** How a comment starts that is meant for fog-lint. */
const START = /^#+[ \t]*(fog-lint-(?:disable|enable|ignore)[\w-]*)/;

/** What separates the rules from the reason. */
const REASON = /(?:^|\s)--(?:\s|$)/;

const within = (comment: Span, from: number, to: number): Span => ({
  source: comment.source,
  start: comment.start + from,
  end: comment.start + to,
});

/** The parts between commas, each with its place in the comment. */
const rulesIn = (comment: Span, list: string, offset: number): readonly NamedRule[] => {
  const found: NamedRule[] = [];
  let from = 0;
  for (const part of list.split(',')) {
    const id = part.trim();
    const start = offset + from + (part.length - part.trimStart().length);
    if (id !== '') found.push({ id, at: within(comment, start, start + id.length) });
    from += part.length + 1;
  }
  return found;
};

/** What a comment says to fog-lint; undefined for a comment that is for people. */
export const readDirective = (comment: Span): Directive | BrokenDirective | undefined => {
  const text = textAt(comment);
  const [start, word] = START.exec(text) ?? [];
  if (start === undefined || word === undefined) return undefined;
  const kind = KINDS[word];
  if (!kind) {
    const guess = nearest(word, Object.keys(KINDS)) ?? 'fog-lint-disable-line';
    const at = within(comment, start.length - word.length, start.length);
    return { at, message: `No comment of fog-lint starts with "${word}".`, help: `Did you mean "${guess}"?` };
  }
  const rest = text.slice(start.length);
  const separator = REASON.exec(rest);
  const reason = separator ? rest.slice(separator.index + separator[0].length).trim() : '';
  const rules = rulesIn(comment, separator ? rest.slice(0, separator.index) : rest, start.length);
  if (rules.length > 0) return { kind, rules, reason: reason === '' ? undefined : plainText(reason), at: comment };
  const help = `Name the rules: "${word} <rule>, <rule> -- <reason>".`;
  return { at: comment, message: 'This comment names no rule, so that nothing follows from it.', help };
};
