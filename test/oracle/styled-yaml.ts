import { type Random, randomOf } from '../../src/dev/bench/random.js';
import { type Data, RawData, scalarText, TaggedData } from './yaml-text.js';

/** How a file is written: what its author does everywhere in it. */
type Style = {
  readonly random: Random;
  /** Columns that each level is set in. */
  readonly step: number;
  /** Whether lists stand as far left as the key that they belong to. */
  readonly isFlush: boolean;
  readonly lineBreak: string;
  /** Shares of collections between brackets, of lines with a comment, and of blank lines. */
  readonly flow: number;
  readonly comments: number;
  readonly blank: number;
  /** A comment that no other one is like, with what stands before it. */
  readonly comment: () => string;
};

type Collection = readonly Data[] | { readonly [key: string]: Data };

const isCollection = (data: Data): data is Collection =>
  typeof data === 'object' && data !== null && !(data instanceof TaggedData || data instanceof RawData);

const isList = (data: Collection): data is readonly Data[] => Array.isArray(data);

const isEmpty = (data: Collection): boolean => Object.keys(data).length === 0;

/** Tags and merge keys stay on lines of their own. */
const fitsOneLine = (data: Data): boolean => {
  if (data instanceof TaggedData || data instanceof RawData) return false;
  return !isCollection(data) || Object.entries(data).every(([key, value]) => key !== '<<' && fitsOneLine(value));
};

const textOf = (data: string | number | boolean | null, { random }: Style): string =>
  typeof data === 'string' && /^[\x20-\x7e]*$/.test(data) && random.chance(0.2)
    ? `'${data.replaceAll("'", "''")}'`
    : scalarText(data);

const inBrackets = (data: Data, style: Style): string => {
  if (!isCollection(data)) return data instanceof RawData || data instanceof TaggedData ? '' : textOf(data, style);
  const pad = style.random.chance(0.5) ? ' ' : '';
  const parts = isList(data)
    ? data.map((item) => inBrackets(item, style))
    : Object.entries(data).map(([key, value]) => `${scalarText(key)}: ${inBrackets(value, style)}`);
  const [open, close] = isList(data) ? '[]' : '{}';
  return parts.length === 0 ? `${open}${close}` : `${open}${pad}${parts.join(', ')}${pad}${close}`;
};

/** The rest of a line, and the lines below it. */
type Written = { readonly rest: string; readonly below: readonly string[] };

const behind = (data: Data, column: number, isBelowKey: boolean, style: Style): Written => {
  if (data instanceof TaggedData) {
    const { rest, below } = behind(data.data, column, isBelowKey, style);
    return { rest: ` ${data.tag}${rest}`, below };
  }
  if (data instanceof RawData) return { rest: ` ${data.text}`, below: [] };
  if (!isCollection(data)) return { rest: ` ${textOf(data, style)}`, below: [] };
  if (isEmpty(data) || (fitsOneLine(data) && style.random.chance(style.flow)))
    return { rest: ` ${inBrackets(data, style)}`, below: [] };
  return {
    rest: '',
    below: linesOf(data, isList(data) && isBelowKey && style.isFlush ? column : column + style.step, style),
  };
};

/** A line with what its author puts around it. */
const dressed = (line: string, column: number, { random, comments, blank, comment }: Style): readonly string[] => [
  ...(random.chance(blank) ? [''] : []),
  ...(random.chance(comments) ? [`${' '.repeat(column)}${comment()}`] : []),
  random.chance(comments) ? `${line} ${comment()}` : line,
];

const linesOf = (data: Collection, column: number, style: Style): readonly string[] =>
  Object.entries(data).flatMap(([key, value]) => {
    const start = `${' '.repeat(column)}${isList(data) ? '-' : `${scalarText(key)}:`}`;
    const { rest, below } = behind(value, column, !isList(data), style);
    const [first = '', ...others] = below;
    // The first key of an item stands behind its dash, unless a comment or nothing does.
    const isBehindDash = isList(data) && rest === '' && /^ *[^ #]/.test(first);
    return isBehindDash
      ? [`${start}${first.slice(start.length)}`, ...others]
      : [...dressed(`${start}${rest}`, column, style), ...below];
  });

/**
 * Writes documents as YAML in a style of its own, with comments in all places: the same data as in every other style.
 * @param seed The same one gives the same text.
 */
export const styledYaml = (documents: readonly Data[], seed: number): string => {
  const random = randomOf(seed + 1);
  let count = 0;
  const style: Style = {
    random,
    step: random.pick([2, 2, 4, 3]),
    isFlush: random.chance(0.3),
    lineBreak: random.chance(0.2) ? '\r\n' : '\n',
    flow: random.pick([0, 0.2, 0.5]),
    comments: random.pick([0, 0.1, 0.4]),
    blank: random.pick([0, 0.1]),
    comment: () => {
      count += 1;
      return `# note ${seed}.${count}`;
    },
  };
  const lines = documents.flatMap((data, i) => [
    ...(i === 0 ? [] : ['---']),
    ...(isCollection(data) && !isEmpty(data)
      ? linesOf(data, 0, style)
      : [behind(data, 0, false, style).rest.trimStart()]),
  ]);
  return `${lines.join(style.lineBreak)}${style.lineBreak}`;
};
