import { imageFacts } from '../../catalog/images.js';
import { columnAt } from '../../lint/edits/lines.js';
import type { Place } from '../../lint/edits/place.js';
import { pathKey } from '../../lint/leaves.js';
import type { ComposePath } from '../../model/path.js';
import { get, textOf } from '../../model/value.js';
import type { LayoutNode } from '../../parse/layout.js';
import type { TextEdit } from '../../source/edit.js';
import { hasService, oldLeaves, provenPairs } from '../claims.js';
import type { Claim } from '../operation.js';
import { apply, attempt, leavesIn, placeIn, replaceAt, servicesIn, type Work } from '../work.js';

/** Services that tell whether they are well: by a health check in one of the files, or one in their image. */
const withHealthcheck = (work: Work): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const file of work.texts.keys())
    for (const service of servicesIn(work, file)) {
      const leaves = leavesIn(work, file, service);
      const image = leaves.find(({ path }) => path[0] === 'image')?.text;
      const hasOwn = leaves.some(({ path }) => path[0] === 'healthcheck' && path[1] === 'test');
      if (hasOwn || (image !== undefined && imageFacts(image)?.hasHealthcheck)) found.add(service);
    }
  for (const stack of work.analysis.subject.stacks)
    for (const [name, service] of stack.services)
      if (service.dockerfile()?.stage?.hasHealthcheck && textOf(get(service.value, 'image')) === undefined)
        found.add(name);
  return found;
};

const STARTED = 'service_started';
const HEALTHY = 'service_healthy';

/** Names of a place's dependencies that are waited for until they have started only. */
const started = ({ node }: Place): readonly string[] =>
  node.kind === 'sequence'
    ? node.items.map(({ value }) => value.text)
    : node.items.flatMap(({ key, value }) =>
        conditionOf(value)?.text === STARTED && key !== undefined ? [key.text] : [],
      );

const conditionOf = ({ items }: LayoutNode): LayoutNode | undefined =>
  items.find(({ key }) => key?.text === 'condition')?.value;

/** A list of dependencies as a mapping that says what is waited for; undefined where comments would be lost. */
const asMapping = ({ source, node, steps }: Place, healthy: ReadonlySet<string>): readonly TextEdit[] | undefined => {
  const condition = (name: string): string => (healthy.has(name) ? HEALTHY : STARTED);
  if (node.style === 'flow') {
    if (source.text.slice(node.start, node.end).includes('#')) return undefined;
    const entries = node.items.map(({ value: { text } }) => `${text}: { condition: ${condition(text)} }`);
    return [{ at: { source, start: node.start, end: node.end }, text: `{ ${entries.join(', ')} }` }];
  }
  const key = steps.at(-1)?.item;
  return node.items.map(({ start, end, value: { text } }): TextEdit => {
    const column = columnAt(source, start);
    // A list may stand at the column of its key, a mapping may not.
    const shift = key && column <= columnAt(source, key.start) ? '  ' : '';
    const indent = shift + ' '.repeat(column);
    return { at: { source, start, end }, text: `${shift}${text}:\n${indent}  condition: ${condition(text)}` };
  });
};

const awaitAll = (work: Work, file: string, path: ComposePath, names: readonly string[]): boolean => {
  const place = placeIn(work, file, path);
  if (place?.node.kind === 'sequence') return apply(work, asMapping(place, new Set(names)));
  return names.every((name) => replaceAt(work, file, [...path, name, 'condition'], HEALTHY));
};

/** The conditions that become others, in every stack in which no other file has the last word. */
const claimsOf = (work: Work, service: string, path: ComposePath): readonly Claim[] =>
  provenPairs(work).flatMap((pair): readonly Claim[] => {
    const before = oldLeaves(pair).get(pathKey(path))?.text ?? STARTED;
    if (!hasService(pair, service) || !before.startsWith(STARTED)) return [];
    return [{ stack: pair.name, path, before, after: before.replace(STARTED, HEALTHY) }];
  });

/** Waits for dependencies until they are healthy, as decided, where they can tell. */
export const awaitDependencies = (work: Work): void => {
  if (work.decisions.awaitHealthy !== true) return;
  const healthy = withHealthcheck(work);
  for (const file of [...work.texts.keys()])
    for (const service of servicesIn(work, file)) {
      const path = ['services', service, 'depends_on'];
      const place = placeIn(work, file, path);
      const awaited = place ? started(place).filter((name) => healthy.has(name)) : [];
      if (awaited.length === 0) continue;
      attempt(
        work,
        {
          id: `await-dependency:${service}`,
          kind: 'await-dependency',
          service,
          paths: awaited.map((name) => [...path, name]),
          from: file,
          to: file,
          reason: `${awaited.join(', ')} can tell when it is ready, and ${service} starts as soon as it runs.`,
          rule: 'dependency-not-awaited',
          effect: `${service} starts when ${awaited.join(', ')} is healthy.`,
          claims: awaited.flatMap((name) => claimsOf(work, service, [...path, name])),
          manual: [],
        },
        () => awaitAll(work, file, path, awaited),
      );
    }
};
