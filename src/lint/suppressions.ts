import { BOUNDS } from '../model/bounds.js';
import { lineStartAt, nextLineAt } from '../source/lines.js';
import { once } from '../source/once.js';
import type { Source, Span } from '../source/source.js';
import { type BrokenDirective, type Directive, type NamedRule, readDirective } from './directives.js';

/** One rule that a comment silences, and where. */
export type Suppression = {
  readonly directive: Directive;
  readonly rule: NamedRule;
  /** Offsets between which a finding must start; nothing starts there where they are the same. */
  readonly from: number;
  readonly to: number;
  /** Where an enabling comment ends it. */
  readonly end: { readonly directive: Directive; readonly rule: NamedRule } | undefined;
};

/** What the comments of one source ask for. */
export type Suppressions = {
  readonly source: Source;
  readonly list: readonly Suppression[];
  /** Enabling comments that end nothing. */
  readonly loose: readonly { readonly directive: Directive; readonly rule: NamedRule }[];
  readonly broken: readonly BrokenDirective[];
};

/** Whether there is nothing but white space between two offsets. */
const isBlank = (source: Source, from: number, to: number): boolean => source.text.slice(from, to).trim() === '';

/** Where the first comment of a file ends, with those that follow it and nothing between. */
const firstCommentEnd = (source: Source, comments: readonly Span[]): number => {
  let end = comments[0]?.end ?? 0;
  for (const comment of comments.slice(1)) {
    if (!isBlank(source, end, comment.start)) break;
    end = comment.end;
  }
  return end;
};

type Range = readonly [from: number, to: number];

/** The line that follows an offset, passing over lines that hold nothing or a comment. */
const lineBelow = (source: Source, offset: number, starts: ReadonlySet<number>): Range => {
  let from = nextLineAt(source, offset);
  while (from < source.text.length) {
    const to = nextLineAt(source, from);
    const line = source.text.slice(from, to);
    const indent = line.length - line.trimStart().length;
    if (line.trim() !== '' && !starts.has(from + indent)) return [from, to];
    from = to;
  }
  return [from, from];
};

/** Gives the offsets that a comment covers, by its kind; a region is ended later. Comments are asked for in their order. */
const rangesIn = (source: Source, comments: readonly Span[]): ((directive: Directive) => Range) => {
  const whole = source.text.length + 1;
  const starts = once(() => new Set(comments.map(({ start }) => start)));
  const head = once(() => firstCommentEnd(source, comments));
  let below: Range = [-1, -1];
  return ({ at, kind }) => {
    if (kind === 'line') return [lineStartAt(source, at.start), nextLineAt(source, at.start)];
    if (kind === 'region') return [at.start, whole];
    if (kind === 'file') return at.start < head() ? [0, whole] : [0, 0];
    // Comments that stand one below the other speak of the same line.
    if (at.start >= below[0]) below = lineBelow(source, at.start, starts());
    return below;
  };
};

/** What the comments of a source ask for, in the order in which they stand. */
export const suppressionsIn = (source: Source, comments: readonly Span[]): Suppressions => {
  const list: Suppression[] = [];
  const loose: Suppressions['loose'][number][] = [];
  const broken: BrokenDirective[] = [];
  const rangeOf = rangesIn(source, comments);
  for (const comment of comments) {
    const room = BOUNDS.suppressions - list.length - loose.length - broken.length;
    if (room <= 0) break;
    const directive = readDirective(comment);
    if (!directive) continue;
    if ('message' in directive) {
      broken.push(directive);
      continue;
    }
    for (const rule of directive.rules.slice(0, room)) {
      if (directive.kind !== 'end') {
        const [from, to] = rangeOf(directive);
        list.push({ directive, rule, from, to, end: undefined });
        continue;
      }
      const open = list.findLastIndex(
        (other) => other.directive.kind === 'region' && other.rule.id === rule.id && !other.end,
      );
      const opened = list[open];
      if (opened) list[open] = { ...opened, to: directive.at.start, end: { directive, rule } };
      else loose.push({ directive, rule });
    }
  }
  return { source, list, loose, broken };
};

/** The suppression that silences a rule at an offset: of several, the one that covers the least. */
export const suppressionAt = ({ list }: Suppressions, rule: string, offset: number): Suppression | undefined => {
  let found: Suppression | undefined;
  for (const candidate of list) {
    if (candidate.rule.id !== rule || offset < candidate.from || offset >= candidate.to) continue;
    if (!found || candidate.to - candidate.from < found.to - found.from) found = candidate;
  }
  return found;
};
