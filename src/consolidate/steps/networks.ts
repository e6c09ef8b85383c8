import { pathKey } from '../../lint/leaves.js';
import { namesIn } from '../../model/service.js';
import { get } from '../../model/value.js';
import { hasService, oldLeaves, provenPairs } from '../claims.js';
import type { Claim } from '../operation.js';
import { attempt, insert, leavesIn, removeLeaf, rootOf, type Work } from '../work.js';

/** Puts services of the base on the networks that are decided for them, and declares those that are new. */
export const shareNetworks = (work: Work): void => {
  const { base } = work.layout;
  if (!base) return;
  const declared = new Set(namesIn(get(rootOf(base.source), 'networks')));
  for (const [service, wanted] of work.decisions.networks) {
    const has = leavesIn(work, base.path, service).flatMap(({ path }) =>
      path[0] === 'networks' ? [String(path[1])] : [],
    );
    if (leavesIn(work, base.path, service).length === 0) continue;
    const added = wanted.filter((name) => !has.includes(name));
    const left = has.filter((name) => !wanted.includes(name));
    if (added.length === 0 && left.length === 0) continue;
    const fresh = added.filter((name) => !declared.has(name));
    const claims: Claim[] = provenPairs(work).flatMap((pair) => {
      if (!hasService(pair, service)) return [];
      const leaves = oldLeaves(pair);
      const at = (name: string) => ['services', service, 'networks', name];
      const isGone = (name: string): boolean =>
        leaves.has(pathKey(at(name))) && !keepsElsewhere(work, pair.before, base.path, service, name);
      return [
        ...added
          .filter((name) => !leaves.has(pathKey(at(name))))
          .map((name) => ({ stack: pair.name, path: at(name), before: null })),
        ...left.filter(isGone).map((name) => ({ stack: pair.name, path: at(name), after: null })),
        ...fresh.map((name) => ({ stack: pair.name, path: ['networks', name], before: null })),
      ];
    });
    for (const name of fresh) declared.add(name);
    attempt(
      work,
      {
        id: `share-network:${service}`,
        kind: 'share-network',
        service,
        paths: [['services', service, 'networks']],
        from: base.path,
        to: base.path,
        reason: `Decided: ${service} is on ${wanted.join(', ')}.`,
        rule: 'unreachable-service',
        effect: [
          ...(added.length > 0 ? [`${service} joins ${added.join(', ')}.`] : []),
          ...(left.length > 0 ? [`${service} leaves ${left.join(', ')}.`] : []),
        ].join(' '),
        claims,
        manual: [],
      },
      () =>
        added.every((name) => insert(work, base.path, ['services', service, 'networks'], 'item', name)) &&
        left.every((name) => removeLeaf(work, base.path, service, ['networks', name])) &&
        fresh.every((name) => insert(work, base.path, ['networks', name], 'entry', { driver: 'bridge' })),
    );
  }
};

/** Whether another file of a stack puts a service on a network, too. */
const keepsElsewhere = (work: Work, files: readonly string[], base: string, service: string, name: string): boolean =>
  files.some(
    (file) =>
      file !== base && leavesIn(work, file, service).some(({ path }) => path[0] === 'networks' && path[1] === name),
  );
