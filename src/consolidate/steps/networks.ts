import { pathKey } from '../../lint/leaves.js';
import { namesIn } from '../../model/service.js';
import { get } from '../../model/value.js';
import { hasService, oldLeaves, provenPairs } from '../claims.js';
import type { StackPair } from '../layout.js';
import type { Claim } from '../operation.js';
import { attempt, insert, leavesIn, placeIn, removeLeaf, rootOf, type Work } from '../work.js';

/** The network that a service is on when it names none. */
const DEFAULT = 'default';

/** Networks of a service as a text gives them; the default one where it names none and has no mode of its own. */
const networksNow = (work: Work, file: string, service: string): readonly string[] => {
  const leaves = leavesIn(work, file, service);
  const named = leaves.flatMap(({ path }) => (path[0] === 'networks' ? [String(path[1])] : []));
  return named.length > 0 || leaves.some(({ path }) => path[0] === 'network_mode') ? named : [DEFAULT];
};

/** Services that are on a network of a stack today. */
const membersOf = (pair: StackPair, network: string): readonly string[] =>
  [...oldLeaves(pair).values()].flatMap(({ path }) =>
    path[0] === 'services' && path[2] === 'networks' && path[3] === network ? [String(path[1])] : [],
  );

/** Whether a service is the last one to leave a network of a stack: docker compose passes over what nobody is on. */
const isLastToLeave = ({ decisions }: Work, pair: StackPair, service: string, network: string): boolean => {
  const leaving = [...decisions.networks].flatMap(([name, wanted]) => (wanted.includes(network) ? [] : [name]));
  const members = membersOf(pair, network);
  const last = leaving.findLast((name) => members.includes(name));
  return last === service && members.every((name) => leaving.includes(name));
};

/** Whether a service is the first one to join a network that no service of a stack is on today. */
const isFirstToJoin = ({ decisions }: Work, pair: StackPair, service: string, network: string): boolean => {
  const joining = [...decisions.networks].flatMap(([name, wanted]) => (wanted.includes(network) ? [name] : []));
  return membersOf(pair, network).length === 0 && joining.find((name) => hasService(pair, name)) === service;
};

/** Adds a network to a service, in the way in which it names the others. */
const join = (work: Work, file: string, service: string, name: string): boolean => {
  const path = ['services', service, 'networks'];
  const isMapping = placeIn(work, file, path)?.node.kind === 'mapping';
  return isMapping ? insert(work, file, [...path, name], 'entry', null) : insert(work, file, path, 'item', name);
};

/** Puts services of the base on the networks that are decided for them, and declares those that are new. */
export const shareNetworks = (work: Work): void => {
  const { base } = work.layout;
  if (!base) return;
  const declared = new Set([DEFAULT, ...namesIn(get(rootOf(base.source), 'networks'))]);
  for (const [service, wanted] of work.decisions.networks) {
    if (leavesIn(work, base.path, service).length === 0) continue;
    const has = networksNow(work, base.path, service);
    const isNamed = leavesIn(work, base.path, service).some(({ path }) => path[0] === 'networks');
    const joined = wanted.filter((name) => !has.includes(name));
    const left = has.filter((name) => !wanted.includes(name));
    if (joined.length === 0 && left.length === 0) continue;
    // Who names one network has to name them all.
    const added = isNamed ? joined : wanted;
    const fresh = joined.filter((name) => !declared.has(name));
    const claims: Claim[] = provenPairs(work).flatMap((pair) => {
      if (!hasService(pair, service)) return [];
      const leaves = oldLeaves(pair);
      const at = (name: string) => ['services', service, 'networks', name];
      const isGone = (name: string): boolean =>
        leaves.has(pathKey(at(name))) && !keepsElsewhere(work, pair.before, base.path, service, name);
      return [
        ...joined
          .filter((name) => !leaves.has(pathKey(at(name))))
          .map((name) => ({ stack: pair.name, path: at(name), before: null })),
        ...left.filter(isGone).map((name) => ({ stack: pair.name, path: at(name), after: null })),
        ...joined
          .filter((name) => isFirstToJoin(work, pair, service, name))
          .map((name) => ({ stack: pair.name, path: ['networks', name], before: null })),
        ...left
          .filter((name) => isGone(name) && isLastToLeave(work, pair, service, name))
          .map((name) => ({ stack: pair.name, path: ['networks', name], after: null })),
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
          ...(joined.length > 0 ? [`${service} joins ${joined.join(', ')}.`] : []),
          ...(left.length > 0 ? [`${service} leaves ${left.join(', ')}.`] : []),
        ].join(' '),
        claims,
        manual: [],
      },
      () =>
        added.every((name) => join(work, base.path, service, name)) &&
        (!isNamed || left.every((name) => removeLeaf(work, base.path, service, ['networks', name]))) &&
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
