import { imageFacts } from '../../catalog/images.js';
import { columnAt } from '../../lint/edits/lines.js';
import { get, textOf } from '../../model/value.js';
import type { TextEdit } from '../../source/edit.js';
import { claimsAt, hasService } from '../claims.js';
import { apply, attempt, leavesIn, placeIn, servicesIn, type Work } from '../work.js';

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

/** Waits for dependencies until they are healthy, as decided, where they can tell. */
export const awaitDependencies = (work: Work): void => {
  if (work.decisions.awaitHealthy !== true) return;
  const healthy = withHealthcheck(work);
  for (const file of [...work.texts.keys()])
    for (const service of servicesIn(work, file)) {
      const path = ['services', service, 'depends_on'];
      const place = placeIn(work, file, path);
      if (place?.node.kind !== 'sequence' || place.node.style !== 'block') continue;
      const names = place.node.items.map(({ value }) => value.text);
      const awaited = names.filter((name) => healthy.has(name));
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
          claims: awaited.flatMap((name) =>
            claimsAt(work, [...path, name], (pair) => hasService(pair, service)).map((claim) => ({
              ...claim,
              before: 'service_started',
              after: 'service_healthy',
            })),
          ),
          manual: [],
        },
        () =>
          apply(
            work,
            place.node.items.map(({ start, end, value }): TextEdit => {
              const indent = ' '.repeat(columnAt(place.source, start) + 2);
              const condition = healthy.has(value.text) ? 'service_healthy' : 'service_started';
              return {
                at: { source: place.source, start, end },
                text: `${value.text}:\n${indent}condition: ${condition}`,
              };
            }),
          ),
      );
    }
};
