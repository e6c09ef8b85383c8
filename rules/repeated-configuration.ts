import { hasReferences, type Place, placeAt } from '../src/lint/edits/place.js';
import { lineOf } from '../src/lint/leaves.js';
import { defineRule, type Fix, type Problem } from '../src/lint/rule.js';
import type { FileSubject } from '../src/lint/subjects.js';
import { stacksOf } from '../src/lint/written-services.js';
import { get, itemsOf, type Mapping, placeOfValue, type Value } from '../src/model/value.js';
import type { TextEdit } from '../src/source/edit.js';
import { positionAt } from '../src/source/lines.js';
import { firstOf, listed } from '../src/source/listed.js';
import type { Span } from '../src/source/source.js';

/** Lines that a block has, and services that write it, at least. */
const LEAST_LINES = 3;
const LEAST_SERVICES = 3;

type Item = Place['node']['items'][number];

/** A key of a service with a block of lines below it. */
type Block = { readonly service: string; readonly key: string; readonly item: Item; readonly lines: number };

const linesOf = ({ source }: FileSubject, { value }: Item): number =>
  positionAt(source, value.end - 1).line - positionAt(source, value.start).line + 1;

/** Limits are a decision on each service, and alike by chance. */
const isOwn = (key: string, { value }: Item): boolean =>
  key === 'deploy' && value.items.every((item) => item.key?.text === 'resources');

/** Whether a place covers enough lines. */
const isLong = ({ source: { text }, start, end }: Span): boolean => {
  let at = start - 1;
  for (let line = 1; line < LEAST_LINES; line += 1) {
    at = text.indexOf('\n', at + 1);
    if (at < 0 || at >= end) return false;
  }
  return true;
};

const idOf = (key: string, value: Value): string => JSON.stringify([key, lineOf(value)]);

/** What stands in enough services, on enough lines, and its keys; how it is written is left to be seen, which takes longer. */
type Repeated = {
  /** What tells blocks that say the same, by each of them. */
  readonly ids: ReadonlyMap<Value, string>;
  readonly repeated: ReadonlySet<string>;
  readonly keys: ReadonlySet<string>;
};

/** Long blocks of services by their keys and sizes: to compare what they say takes longest, and only those of one size can be alike. */
const longBlocks = (services: Mapping): ReadonlyMap<string, readonly (readonly [string, Value])[]> => {
  const found = new Map<string, (readonly [string, Value])[]>();
  for (const { value: service } of services.entries.values())
    for (const [key, { value }] of service.kind === 'mapping' ? service.entries : []) {
      const at = value.kind === 'scalar' ? undefined : placeOfValue(value);
      if (!at || !isLong(at)) continue;
      const size = value.kind === 'mapping' ? value.entries.size : itemsOf(value).length;
      const alike = `${key} ${value.kind} ${size}`;
      const group = found.get(alike);
      if (group) group.push([key, value]);
      else found.set(alike, [[key, value]]);
    }
  return found;
};

const repeatedIn = (root: Mapping | undefined): Repeated => {
  const times = new Map<string, number>();
  const ids = new Map<Value, string>();
  const repeated = new Set<string>();
  const keys = new Set<string>();
  const services = get(root, 'services');
  for (const group of services?.kind === 'mapping' ? longBlocks(services).values() : []) {
    if (group.length < LEAST_SERVICES) continue;
    for (const [key, value] of group) {
      const id = idOf(key, value);
      ids.set(value, id);
      const count = (times.get(id) ?? 0) + 1;
      times.set(id, count);
      if (count < LEAST_SERVICES) continue;
      repeated.add(id);
      keys.add(key);
    }
  }
  return { ids, repeated, keys };
};

/** The blocks of a document, by what they say. Those that stand for something written elsewhere are left out. */
const blocksIn = (file: FileSubject, document: number): readonly (readonly Block[])[] => {
  const root = file.roots[document];
  const { ids, repeated, keys } = repeatedIn(root);
  if (repeated.size === 0) return [];
  const groups = new Map<string, Block[]>();
  for (const service of placeAt(file.source, ['services'], document)?.node.items ?? []) {
    const name = service.key?.text ?? '';
    for (const item of service.value.items) {
      const key = item.key?.text ?? '';
      if (!keys.has(key) || item.value.style !== 'block' || hasReferences(item.value) || isOwn(key, item)) continue;
      const lines = linesOf(file, item);
      const value = lines < LEAST_LINES ? undefined : get(root, 'services', name, key);
      const id = value && ids.get(value);
      if (id === undefined || !repeated.has(id)) continue;
      const block = { service: name, key, item, lines };
      const group = groups.get(id);
      if (group) group.push(block);
      else groups.set(id, [block]);
    }
  }
  return [...groups.values()].filter((group) => group.length >= LEAST_SERVICES);
};

/** Gives the first block a name, and puts that name in the place of the others; undefined where a comment would be lost. */
const editsOf = ({ source }: FileSubject, [first, ...others]: readonly Block[]): readonly TextEdit[] | undefined => {
  const colon = first?.item.colon;
  if (!first || colon === undefined || first.item.value.properties.length > 0) return undefined;
  const anchor = `${first.service}-${first.key}`;
  if (!/^[\w.-]+$/.test(anchor) || source.text.includes(`&${anchor}`)) return undefined;
  const edits: TextEdit[] = [{ at: { source, start: colon + 1, end: colon + 1 }, text: ` &${anchor}` }];
  for (const { item } of others) {
    const start = (item.colon ?? -1) + 1;
    const end = start + source.text.slice(start, item.value.end).trimEnd().length;
    if (start === 0 || item.value.properties.length > 0 || source.text.slice(start, end).includes('#'))
      return undefined;
    edits.push({ at: { source, start, end }, text: ` *${anchor}` });
  }
  return edits;
};

const fixOf = (file: FileSubject, groups: readonly (readonly Block[])[]): Fix | undefined => {
  const edits = groups.map((group) => editsOf(file, group));
  if (edits.some((found) => found === undefined)) return undefined;
  return {
    title: 'Write it once, under a name',
    applicability: 'unsafe',
    edits: edits.flatMap((found) => found ?? []),
    equalIn: stacksOf(file).map(({ name }) => name),
  };
};

/** Services named in a message; more are counted. */
const MOST_NAMED = 3;

/** One problem for all blocks that the same services have in common. */
const problemOf = (file: FileSubject, groups: readonly (readonly Block[])[]): Problem | undefined => {
  const [first, ...others] = groups[0] ?? [];
  const key = first?.item.key;
  if (!first || !key) return undefined;
  const { source } = file;
  const names = [first, ...others].map(({ service }) => `"${service}"`);
  const shown = names.length > MOST_NAMED + 1 ? firstOf(names, MOST_NAMED) : names;
  const keys = groups.map((group) => `\`${group[0]?.key}\``);
  const lines = groups.reduce((sum, group) => sum + (group[0]?.lines ?? 0), 0);
  const anchor = `${first.service}-${first.key}`;
  return {
    at: { source, start: key.start, end: key.end },
    message: `${listed(shown)} have the same ${listed(keys)}, ${lines} lines written out each time: who changes it must find them all.`,
    help: `Write \`${first.key}: &${anchor}\` here, and \`${first.key}: *${anchor}\` in the others${keys.length > 1 ? '; the rest likewise' : ''}.`,
    notes: others.flatMap(({ item, service }) =>
      item.key ? [{ at: { source, start: item.key.start, end: item.key.end }, message: `and in "${service}"` }] : [],
    ),
    path: ['services', first.service, first.key],
    fix: () => fixOf(file, groups),
  };
};

export default defineRule({
  meta: {
    id: 'repeated-configuration',
    severity: 'info',
    preset: 'recommended',
    fix: 'unsafe',
    since: '0.1.0',
    summary: 'Several services write out the same block',
    description: `Three or more services of a file have the same \`logging\`, \`healthcheck\` or \`deploy\`, three or more lines of it, written out each time.
The next change reaches some of them. YAML has a name for it: an anchor (\`&name\`) where it is written, an alias (\`*name\`) where it is
meant, too.

Limits of resources are left alone: each service has its own, and they are alike by chance. Blocks are compared by what they say, not by how they are written. What comes by an alias already is not found, nor are lists on
one line, and blocks that differ in a single value.`,
    source: 'compose-spec 10-fragments.md',
    bad: 'services:\n  a:\n    image: example/a:1\n    logging:\n      driver: json-file\n      options:\n        max-size: 10m\n  b:\n    image: example/b:1\n    logging:\n      driver: json-file\n      options:\n        max-size: 10m\n  c:\n    image: example/c:1\n    logging:\n      driver: json-file\n      options:\n        max-size: 10m\n',
    good: 'services:\n  a:\n    image: example/a:1\n    logging: &logging\n      driver: json-file\n      options:\n        max-size: 10m\n  b:\n    image: example/b:1\n    logging: *logging\n  c:\n    image: example/c:1\n    logging: *logging\n',
    fixSafety: `Every stack resolves to the same project as before. From then on the blocks are one: who edits the first edits all. Nothing is offered
where a comment inside of a block would be lost.`,
    whenOff: 'For files that a program writes, or that people read who do not know anchors.',
  },
  *checkFile(file) {
    for (const document of file.roots.keys()) {
      const byMembers = new Map<string, (readonly Block[])[]>();
      for (const group of blocksIn(file, document)) {
        const members = JSON.stringify(group.map(({ service }) => service));
        const known = byMembers.get(members);
        if (known) known.push(group);
        else byMembers.set(members, [group]);
      }
      for (const groups of byMembers.values()) {
        const problem = problemOf(file, groups);
        if (problem) yield problem;
      }
    }
  },
});
