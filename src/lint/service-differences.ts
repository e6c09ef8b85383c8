import { formatHostPort, mountsOf, namesIn, portsOf, variablesOf } from '../model/service.js';
import { get, type Mapping, placeOfValue, type Value } from '../model/value.js';
import type { Span } from '../source/source.js';

/** One side of a difference: what stands there, and where. */
export type Side = { readonly text: string; readonly at: Span };

/** What two definitions of a service do not agree on. A side is absent where a definition says nothing. */
export type Difference = {
  /** What it is about, for people: `container_name`, `the mount on /data`. */
  readonly what: string;
  readonly earlier: Side | undefined;
  readonly later: Side | undefined;
};

/** Shows a value; secrets are masked. */
export type Show = (value: Value) => string;

type Part = { readonly key: string; readonly text: string; readonly at: Span | undefined };

const sideOf = (part: Part | undefined): Side | undefined => (part?.at ? { text: part.text, at: part.at } : undefined);

/** Parts that are told apart by key, in both definitions; those with equal texts are no difference. */
const differing = (
  earlier: readonly Part[],
  later: readonly Part[],
  what: (key: string) => string,
): readonly Difference[] => {
  const ours = new Map(earlier.map((part) => [part.key, part]));
  const theirs = new Map(later.map((part) => [part.key, part]));
  const found: Difference[] = [];
  for (const key of new Set([...ours.keys(), ...theirs.keys()])) {
    const [a, b] = [ours.get(key), theirs.get(key)];
    if (a?.text === b?.text) continue;
    const difference = { what: what(key), earlier: sideOf(a), later: sideOf(b) };
    if (difference.earlier || difference.later) found.push(difference);
  }
  return found;
};

const portParts = (service: Mapping): readonly Part[] =>
  portsOf(service).map((port) => {
    const text = `${formatHostPort(port)} → ${port.target}`;
    return { key: text, text, at: port.at };
  });

const mountParts = (service: Mapping, relativePath: (path: string) => string): readonly Part[] =>
  mountsOf(service).map(({ target, type, sourceText, at }) => ({
    key: target,
    text: sourceText === undefined ? type : type === 'bind' ? relativePath(sourceText) : sourceText,
    at,
  }));

const variableParts = (service: Mapping, show: Show): readonly Part[] =>
  variablesOf(service).map(({ name, value, key }) => ({
    key: name,
    text: show(value),
    at: placeOfValue(value) ?? key,
  }));

const nameParts = (value: Value | undefined): readonly Part[] =>
  namesIn(value).map((name) => {
    const entry = value?.kind === 'mapping' ? value.entries.get(name) : undefined;
    return { key: name, text: name, at: entry?.key ?? (entry && placeOfValue(entry.value)) };
  });

/** Keys that are compared part by part. */
const IN_PARTS: ReadonlySet<string> = new Set(['ports', 'volumes', 'environment', 'networks', 'depends_on']);

/** Everything that two definitions of a service do not agree on, leaving out what neither file wrote. */
export const serviceDifferences = (
  earlier: Mapping,
  later: Mapping,
  show: Show,
  relativePath: (path: string) => string,
): readonly Difference[] => {
  const keys = new Set([...earlier.entries.keys(), ...later.entries.keys()]);
  const found: Difference[] = [];
  for (const key of keys) {
    if (IN_PARTS.has(key)) continue;
    const [a, b] = [get(earlier, key), get(later, key)];
    const part = (value: Value | undefined): readonly Part[] =>
      value ? [{ key, text: show(value), at: placeOfValue(value) }] : [];
    found.push(...differing(part(a), part(b), () => key));
  }
  const named = (key: string, what: (name: string) => string): readonly Difference[] =>
    differing(nameParts(get(earlier, key)), nameParts(get(later, key)), what);
  found.push(
    ...differing(
      mountParts(earlier, relativePath),
      mountParts(later, relativePath),
      (target) => `the mount on ${target}`,
    ),
    ...differing(portParts(earlier), portParts(later), () => 'the published port'),
    ...differing(variableParts(earlier, show), variableParts(later, show), (name) => `the variable ${name}`),
    ...named('networks', (name) => `the network ${name}`),
    ...named('depends_on', (name) => `the dependency on ${name}`),
  );
  return found;
};
