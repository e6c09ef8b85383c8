import { CST } from 'yaml';
import { BOUNDS } from '../model/bounds.js';
import type { Source } from '../source/source.js';
import { hasOldBreaks, TooLargeError, tokensIn } from './documents.js';
import { readQuickly } from './quick.js';
import { quickLayout } from './quick-layout.js';
import type { TokenSink } from './tokens.js';

/**
 * How a node is written: collections in block or flow style, scalars plain, quoted, or as a block (`|`, `>`).
 */
export type LayoutStyle = 'block' | 'flow' | 'plain' | 'single' | 'double' | 'block-scalar';

/**
 * A node of a text as it is written, nothing expanded. Offsets are UTF-16 code units of the source's text. `start` is the
 * node's first character, behind its anchor and tag; `end` is exclusive, before any comment or line break.
 */
export type LayoutNode = {
  readonly kind: 'mapping' | 'sequence' | 'scalar' | 'alias' | 'empty';
  readonly style: LayoutStyle;
  readonly start: number;
  readonly end: number;
  /** Anchor and tag with their signs, in the order given: `&name`, `!reset`. */
  readonly properties: readonly { readonly text: string; readonly start: number }[];
  /** Text of a scalar after quotes and escapes; name of an alias; empty for collections. */
  readonly text: string;
  readonly items: readonly LayoutItem[];
};

/** An entry of a mapping or an item of a list. */
export type LayoutItem = {
  /** First character: the dash, the question mark, or the key with its anchor and tag. */
  readonly start: number;
  /** Behind its last character: the end of its value, or of the colon or dash where there is none. */
  readonly end: number;
  readonly key: LayoutNode | undefined;
  /** The colon behind the key. */
  readonly colon: number | undefined;
  readonly value: LayoutNode;
  /** Whether the key is marked with `?`. */
  readonly isExplicit: boolean;
};

type Tokens = readonly CST.SourceToken[];

const PROPERTIES: ReadonlySet<string> = new Set(['anchor', 'tag']);

const NO_PROPERTIES: LayoutNode['properties'] = [];

const propertiesIn = (tokens: Tokens): LayoutNode['properties'] =>
  tokens.some(({ type }) => PROPERTIES.has(type))
    ? tokens.filter(({ type }) => PROPERTIES.has(type)).map(({ source, offset }) => ({ text: source, start: offset }))
    : NO_PROPERTIES;

const empty = (at: number, properties: LayoutNode['properties']): LayoutNode => ({
  kind: 'empty',
  style: 'plain',
  start: at,
  end: at,
  properties,
  text: '',
  items: [],
});

const SCALAR_STYLES: Readonly<Record<string, LayoutStyle>> = {
  scalar: 'plain',
  'single-quoted-scalar': 'single',
  'double-quoted-scalar': 'double',
  'block-scalar': 'block-scalar',
};

/** Behind the last character of a block scalar that counts: blank lines at its end do where `+` keeps them. */
const blockScalarEnd = (token: CST.BlockScalar): number => {
  const header = token.props.find(({ type }) => type === 'block-scalar-header');
  const body = token.offset + token.props.reduce((sum, prop) => sum + ('source' in prop ? prop.source.length : 0), 0);
  const isKept = header && 'source' in header && header.source.includes('+');
  const content = isKept ? token.source.replace(/\r?\n$/, '') : token.source.trimEnd();
  return content === '' && header && 'source' in header ? header.offset + header.source.length : body + content.length;
};

const scalarNode = (token: CST.Token, properties: LayoutNode['properties']): LayoutNode | undefined => {
  const style = SCALAR_STYLES[token.type];
  if (style === undefined) return undefined;
  const end =
    token.type === 'block-scalar'
      ? blockScalarEnd(token)
      : token.offset + ('source' in token ? token.source.length : 0);
  const isOneLine = token.type === 'scalar' && !token.source.includes('\n');
  const text = isOneLine ? token.source : (CST.resolveAsScalar(token, false, () => undefined)?.value ?? '');
  return { kind: 'scalar', style, start: token.offset, end, properties, text, items: [] };
};

/** The node that a token starts, with the properties before it. `at`: where an empty one stands. */
const nodeOf = (token: CST.Token | null | undefined, before: Tokens, at: number): LayoutNode | undefined => {
  const properties = propertiesIn(before);
  if (!token)
    return empty(
      properties.reduce((end, { start, text }) => Math.max(end, start + text.length), at),
      properties,
    );
  if (token.type === 'alias')
    return {
      ...empty(token.offset, properties),
      kind: 'alias',
      end: token.offset + token.source.length,
      text: token.source.slice(1),
    };
  if (token.type === 'flow-collection') return flowNode(token, properties);
  if (token.type === 'block-map' || token.type === 'block-seq') {
    const items = itemsOf(token.items, token.type === 'block-seq' ? 'seq-item-ind' : undefined);
    const [first, last] = [items?.[0], items?.at(-1)];
    if (!items || !first || !last) return undefined;
    const kind = token.type === 'block-map' ? 'mapping' : 'sequence';
    return { kind, style: 'block', start: first.start, end: last.end, properties, text: '', items };
  }
  return scalarNode(token, properties);
};

const flowNode = (token: CST.FlowCollection, properties: LayoutNode['properties']): LayoutNode | undefined => {
  const close = token.end.find(({ type }) => type === 'flow-map-end' || type === 'flow-seq-end');
  const items = itemsOf(token.items, undefined);
  if (!close || !items) return undefined;
  const kind = token.start.type === 'flow-map-start' ? 'mapping' : 'sequence';
  return { kind, style: 'flow', start: token.offset, end: close.offset + 1, properties, text: '', items };
};

type CstItem = {
  readonly start: Tokens;
  readonly key?: CST.Token | null | undefined;
  readonly sep?: Tokens | undefined;
  readonly value?: CST.Token | undefined;
};

const MARKS: ReadonlySet<string> = new Set(['seq-item-ind', 'explicit-key-ind', 'anchor', 'tag']);

const isError = ({ type }: { readonly type: string }): boolean => type === 'error';

/** The items of a collection; undefined where the text is not understood. */
const itemsOf = (tokens: readonly CstItem[], mark: string | undefined): readonly LayoutItem[] | undefined => {
  const items: LayoutItem[] = [];
  for (const token of tokens) {
    if (token.start.some(isError) || token.sep?.some(isError)) return undefined;
    const hasContent = token.key || token.sep || token.value || token.start.some(({ type }) => MARKS.has(type));
    if (!hasContent) continue;
    const item = itemOf(token, mark);
    if (!item) return undefined;
    items.push(item);
  }
  return items;
};

const itemOf = (token: CstItem, mark: string | undefined): LayoutItem | undefined => {
  const first = token.start.find(({ type }) => MARKS.has(type));
  const dash = mark === undefined ? undefined : token.start.find(({ type }) => type === mark);
  if (mark !== undefined && !dash) return undefined;
  const colon = token.sep?.find(({ type }) => type === 'map-value-ind')?.offset;
  const isPair = token.sep !== undefined || token.key !== undefined;
  const afterStart = token.start.reduce((end, { offset, source }) => Math.max(end, offset + source.length), 0);
  const key = isPair ? nodeOf(token.key, token.start, colon ?? afterStart) : undefined;
  if (isPair && !key) return undefined;
  const behind = colon === undefined ? (key?.end ?? (dash ? dash.offset + 1 : afterStart)) : colon + 1;
  const value = nodeOf(token.value, isPair ? (token.sep ?? []) : token.start, behind);
  if (!value) return undefined;
  return {
    start: first?.offset ?? key?.start ?? value.start,
    end: Math.max(value.end, behind),
    key,
    colon,
    value,
    isExplicit: token.start.some(({ type }) => type === 'explicit-key-ind'),
  };
};

/** The documents that tokens of the parser make; undefined where they are not understood. */
const layoutsOf = (tokens: Iterable<CST.Token>): readonly LayoutNode[] | undefined => {
  const documents: LayoutNode[] = [];
  for (const token of tokens) {
    if (token.type === 'error') return undefined;
    if (token.type !== 'document') continue;
    const root = nodeOf(token.value, token.start, token.offset);
    if (!root) return undefined;
    documents.push(root);
  }
  return documents;
};

const layoutsIn = (source: Source): readonly LayoutNode[] | undefined => {
  if (source.text.length > BOUNDS.fileLength) return undefined;
  const quick = readQuickly(source);
  if (quick) return [quickLayout(quick)];
  try {
    return hasOldBreaks(source.text) ? undefined : layoutsOf(tokensIn(source.text));
  } catch (error) {
    if (error instanceof TooLargeError) return undefined;
    throw error;
  }
};

const known = new WeakMap<Source, readonly LayoutNode[]>();

/**
 * The documents of a text as they are written: what an edit needs to know and a Value has forgotten.
 * @returns The root of each document; none where the text is not well-formed YAML, goes beyond a bound, or its lines are none to an editor.
 */
export const layoutOf = (source: Source): readonly LayoutNode[] => {
  const found = known.get(source) ?? layoutsIn(source) ?? [];
  known.set(source, found);
  return found;
};

/** Takes the layout of a text from the tokens that it was parsed by, so that nobody has to read it once more. */
export const keepLayout: TokenSink = (source, tokens) => {
  if (!hasOldBreaks(source.text)) known.set(source, layoutsOf(tokens as readonly CST.Token[]) ?? []);
};
