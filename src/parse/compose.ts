import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Scalar as ScalarNode,
  type YAMLMap,
} from 'yaml';
import { BOUNDS } from '../model/bounds.js';
import { weightOf } from '../model/budget.js';
import type { FaultSink } from '../model/fault.js';
import { type Entry, mapping, type Origins, scalar, sequence, type Value, withOriginDeep } from '../model/value.js';
import type { Source, Span } from '../source/source.js';
import { unknownEscapes, withQuoteEscapes } from './escapes.js';
import { resolvePlain, resolveTagged, shortTag } from './scalar.js';
import { isOverride, isReset } from './tags.js';

/** The nodes of one file that carry an anchor, by name: the latest one stands for the name, over document ends. */
export type Anchors = Map<string, Node>;

type Context = {
  readonly source: Source;
  readonly anchors: Anchors;
  readonly report: FaultSink;
  /** Values made of anchored nodes, so that an alias copies instead of composing again. */
  readonly composed: Map<Node, Value>;
  /** Anchored nodes that are being composed: an alias to one of these would contain itself. */
  readonly open: Set<Node>;
  values: number;
  full: boolean;
};

const spanOf = (source: Source, node: Node): Span => {
  const [start, end] = node.range ?? [0, 0, 0];
  return { source, start, end };
};

const written = (at: Span): Origins => [{ kind: 'written', at }];

/** Whether a key is the merge key: plain `<<`, or tagged `!!merge`. */
const isMergeKey = (key: unknown): boolean => {
  if (!isScalar(key) || key.value !== '<<') return false;
  const tag = key.tag === undefined ? undefined : shortTag(key.tag);
  if (tag === '!!merge' || tag === '!') return true;
  return tag === undefined && key.type === ScalarNode.PLAIN;
};

const count = (context: Context, by: number, at: Span): boolean => {
  context.values += by;
  if (context.values <= BOUNDS.values) return true;
  if (!context.full) {
    context.report({
      rule: 'too-large',
      severity: 'error',
      message: `The file holds more than ${BOUNDS.values} values once its aliases are expanded.`,
      at,
      help: 'Split the file, or check for aliases that contain aliases.',
    });
  }
  context.full = true;
  return false;
};

/** Reports the escapes of a quoted text that libyaml does not know; gives the text that it reads. */
const unescaped = (node: ScalarNode, context: Context): string => {
  const text = typeof node.value === 'string' ? node.value : '';
  if (node.type !== ScalarNode.QUOTE_DOUBLE) return text;
  const { source, start, end } = spanOf(context.source, node);
  const raw = source.text.slice(start, end);
  if (!raw.includes('\\')) return text;
  for (const { offset, text: found } of unknownEscapes(raw)) {
    const at = { source, start: start + offset, end: start + offset + found.length };
    const message = `docker compose does not know the escape ${found}.`;
    context.report({ rule: 'yaml-syntax', severity: 'error', message, at });
  }
  return withQuoteEscapes(raw) ?? text;
};

const composeScalar = (node: ScalarNode, context: Context): Value => {
  const at = spanOf(context.source, node);
  const text = unescaped(node, context);
  const tag = node.tag === undefined ? undefined : shortTag(node.tag);
  if (tag === undefined || (tag === '!' && node.type === ScalarNode.PLAIN)) {
    if (node.type !== ScalarNode.PLAIN && node.type !== undefined) return scalar(text, written(at));
    const { value, form } = resolvePlain(text);
    return scalar(value, written(at), form);
  }
  const resolved = resolveTagged(text, tag);
  if (resolved) return scalar(resolved.value, written(at), resolved.form);
  context.report({ rule: 'yaml-syntax', severity: 'error', message: `This text is not a ${tag}.`, at });
  return scalar(text, written(at));
};

const composeAlias = (node: Alias, context: Context, keepTags: boolean): Value => {
  const at = spanOf(context.source, node);
  const target = aliasTarget(node, context);
  if (!target || context.full) return scalar(null, written(at));
  const value = context.composed.get(target) ?? compose(target, context, keepTags);
  if (!count(context, weightOf(value), at)) return scalar(null, written(at));
  return withOriginDeep(value, { kind: 'aliased', via: '*', at });
};

const OWN_FILE_ONLY =
  'An anchor is known below its place in its own file alone. What another file holds is reached by `extends` or `include`.';

/** The node that an alias stands for; a fault when there is none or when it would contain itself. */
const aliasTarget = (node: Alias, context: Context): Node | undefined => {
  const at = spanOf(context.source, node);
  const target = context.anchors.get(node.source);
  if (!target) {
    const message = `No anchor is called "${node.source}".`;
    context.report({ rule: 'yaml-syntax', severity: 'error', message, help: OWN_FILE_ONLY, at });
    return undefined;
  }
  if (context.open.has(target)) {
    const message = `The value of anchor "${node.source}" contains itself.`;
    context.report({ rule: 'yaml-syntax', severity: 'error', message, at });
    return undefined;
  }
  return target;
};

/** Text of a key, or undefined with a fault when docker compose would not take it for a string. */
const composeKey = (key: Node, context: Context): string | undefined => {
  const resolved = isAlias(key) ? aliasTarget(key, context) : key;
  if (!resolved) return undefined;
  if (!isAlias(key)) registerAnchor(key, context);
  const at = spanOf(context.source, key);
  if (!isScalar(resolved)) {
    const message = 'A mapping or a list cannot be a key.';
    context.report({ rule: 'yaml-syntax', severity: 'error', message, at });
    return undefined;
  }
  const text = typeof resolved.value === 'string' ? resolved.value : '';
  if (text.length > BOUNDS.keyLength) {
    const message = `The key is longer than ${BOUNDS.keyLength} characters.`;
    context.report({ rule: 'too-large', severity: 'error', message, at });
    return undefined;
  }
  const value = composeScalar(resolved, context);
  if (value.kind !== 'scalar' || typeof value.value !== 'string' || value.form !== undefined) {
    const what = text === '' ? 'An empty key' : `The key ${text}`;
    context.report({
      rule: 'schema',
      severity: 'error',
      message: `${what} is not a string to YAML.`,
      at,
      help: text === '' ? 'Name the key.' : `Write it in quotes: "${text}".`,
    });
  }
  return text;
};

/** A mapping that a merge key takes in, and the alias that names it. */
type MergeSource = { readonly node: YAMLMap; readonly via: Span };

/** Mappings that a merge key takes in, in order of precedence. */
const mergeSources = (value: unknown, context: Context, at: Span): readonly MergeSource[] => {
  const list = isSeq(value) ? value.items : [value];
  const found: MergeSource[] = [];
  for (const item of list) {
    const target = isAlias(item) ? aliasTarget(item, context) : item;
    if (isAlias(item) && !target) continue;
    if (isSeq(target) && !isSeq(value)) {
      found.push(...mergeSources(target, context, spanOf(context.source, item as Node)));
    } else if (isMap(target)) {
      const via = spanOf(context.source, item as Node);
      if (!count(context, 1, via)) return found;
      found.push({ node: target, via });
    } else {
      const message = 'A merge key `<<` takes a mapping, an alias of one, or a list of these.';
      context.report({ rule: 'yaml-syntax', severity: 'error', message, at });
    }
  }
  return found;
};

/** Whether a value is tagged `!reset`, itself or through an alias. Anchors inside such a value can still be referred to. */
const isLeftOut = (node: Node | null, context: Context): boolean => {
  if (!isReset(isAlias(node) ? context.anchors.get(node.source) : node)) return false;
  if (node && !isAlias(node)) registerAnchors(node, context);
  return true;
};

/** Makes the anchor of a node known, if it has one. */
const registerAnchor = (node: Node, context: Context): string | undefined => {
  const { anchor } = node as { anchor?: string };
  if (anchor === undefined) return undefined;
  context.anchors.set(anchor, node);
  if (!/^[\w-]*$/.test(anchor)) {
    const message = `docker compose takes only letters, digits, "_" and "-" in the name of an anchor: "${anchor}".`;
    context.report({ rule: 'yaml-syntax', severity: 'error', message, at: spanOf(context.source, node) });
  }
  return anchor;
};

const registerAnchors = (node: Node, context: Context): void => {
  registerAnchor(node, context);
  if (isSeq(node)) for (const item of node.items as Node[]) registerAnchors(item, context);
  if (isMap(node))
    for (const item of node.items) {
      const { value } = item as Pair<Node, Node | null>;
      if (value) registerAnchors(value, context);
    }
};

/** Reports a key that a mapping has already; merge keys count too. */
const isDuplicate = (key: Node, seen: Map<string, Span>, context: Context): boolean => {
  if (!isScalar(key) || typeof key.value !== 'string' || key.value.length > BOUNDS.keyLength) return false;
  const at = spanOf(context.source, key);
  const first = seen.get(key.value);
  if (!first) {
    seen.set(key.value, at);
    return false;
  }
  const message = `The key "${key.value}" is given twice in one mapping.`;
  const notes = [{ at: first, message: 'first given here' }];
  context.report({ rule: 'duplicate-key', severity: 'error', message, at, notes });
  return true;
};

/** Adds what a merge key takes in: only keys that the mapping does not have yet. */
const mergeInto = (entries: Map<string, Entry>, source: MergeSource, context: Context, keepTags: boolean): void => {
  const { node, via } = source;
  const value = context.composed.get(node) ?? compose(node, context, keepTags);
  if (value.kind !== 'mapping' || context.full) return;
  for (const [key, entry] of value.entries) {
    if (entries.has(key) || !count(context, weightOf(entry.value), via)) continue;
    entries.set(key, { ...entry, value: withOriginDeep(entry.value, { kind: 'aliased', via: '<<', at: via }) });
  }
};

const composeMap = (node: YAMLMap, context: Context, keepTags: boolean): Value => {
  const entries = new Map<string, Entry>();
  const seen = new Map<string, Span>();
  const merges: MergeSource[] = [];
  for (const item of node.items) {
    const { key: keyNode, value } = item as Pair<Node, Node | null>;
    if (isDuplicate(keyNode, seen, context)) continue;
    if (!keepTags && isLeftOut(value, context)) continue;
    const at = spanOf(context.source, keyNode);
    if (isMergeKey(keyNode)) {
      merges.push(...mergeSources(value, context, at));
      continue;
    }
    const key = composeKey(keyNode, context);
    if (key === undefined) continue;
    entries.set(key, { key: at, value: value ? compose(value, context, keepTags) : scalar(null, written(at)) });
  }
  for (const source of merges) mergeInto(entries, source, context, keepTags);
  return mapping(entries, written(spanOf(context.source, node)));
};

/**
 * Makes a Value of a node of the parser. Aliases and merge keys are expanded, with the step recorded on every value that
 * came along; nodes tagged `!reset` are left out.
 * @param keepTags Below `!override`, where docker compose no longer looks for `!reset`.
 */
export const compose = (node: Node, context: Context, keepTags: boolean): Value => {
  if (isAlias(node)) return composeAlias(node, context, keepTags);
  const at = spanOf(context.source, node);
  if (!count(context, 1, at)) return scalar(null, written(at));
  const inOverride = keepTags || isOverride(node);
  const anchor = registerAnchor(node, context);
  if (anchor !== undefined) context.open.add(node);
  let value: Value;
  if (isMap(node)) value = composeMap(node, context, inOverride);
  else if (isSeq(node)) {
    const items: Value[] = [];
    for (const item of node.items as Node[])
      if (inOverride || !isLeftOut(item, context)) items.push(compose(item, context, inOverride));
    value = sequence(items, written(at));
  } else value = composeScalar(node as ScalarNode, context);
  if (anchor !== undefined) {
    context.open.delete(node);
    context.composed.set(node, value);
  }
  return value;
};

/** A context for the documents of one file. */
export const composeContext = (source: Source, report: FaultSink): Context => ({
  source,
  anchors: new Map(),
  report,
  composed: new Map(),
  open: new Set(),
  values: 0,
  full: false,
});
