import { replaceScalar } from '../../lint/edits/replace.js';
import { type Leaf, lineOf, pathKey } from '../../lint/leaves.js';
import { get, textOf } from '../../model/value.js';
import { fileNow, hasService, oldLeaves, provenPairs } from '../claims.js';
import type { StackPair } from '../layout.js';
import type { Claim } from '../operation.js';
import { apply, attempt, insert, leafPlace, leavesIn, replaceAt, servicesIn, type Work } from '../work.js';

const LOOPBACK = '127.0.0.1';

/** `8080:80` and the like: a host port without an address. */
const PLAIN = /^\d+(?:-\d+)?:\d+(?:-\d+)?(?:\/(?:tcp|udp))?$/;

/** Whether a port, in short or long form, is published on all addresses of the machine. */
const isOpen = ({ value, text }: Leaf): boolean => {
  if (value.kind === 'mapping') {
    const address = textOf(get(value, 'host_ip'));
    return get(value, 'published') !== undefined && (address === undefined || address === '0.0.0.0');
  }
  // What a variable holds may have colons of its own.
  const parts = text.replaceAll(/\$\{[^}]{0,200}\}/g, 'variable').split(':');
  return parts.length === 2 || (parts.length === 3 && parts[0] === '0.0.0.0');
};

/** Binds one port to the loopback address, in the form in which it is written. */
const bind = (work: Work, file: string, service: string, port: Leaf): boolean => {
  const path = ['services', service, ...port.real, 'host_ip'];
  if (port.value.kind === 'mapping')
    return get(port.value, 'host_ip') === undefined
      ? insert(work, file, path, 'entry', LOOPBACK)
      : replaceAt(work, file, path, LOOPBACK);
  const place = leafPlace(work, file, service, port);
  return (
    place !== undefined && apply(work, replaceScalar(place, `${LOOPBACK}:${port.text.replace(/^0\.0\.0\.0:/, '')}`))
  );
};

/** Differences that it makes to bind a port. One that is not written plainly is addressed otherwise in a resolved stack. */
const claimsOf = (pair: StackPair, service: string, ports: readonly Leaf[]): readonly Claim[] => {
  const at = ['services', service, 'ports'];
  const plain = ports.filter(({ text }) => PLAIN.test(text));
  return [
    ...plain.flatMap(({ text }) => [
      ...(oldLeaves(pair).has(pathKey([...at, text])) ? [{ stack: pair.name, path: [...at, text], after: null }] : []),
      { stack: pair.name, path: [...at, `${LOOPBACK}:${text}`], before: null },
    ]),
    ...(plain.length < ports.length ? [{ stack: pair.name, path: at }] : []),
  ];
};

/** The port on the host, as it is written. */
const published = ({ value, text }: Leaf): string => {
  const given = get(value, 'published');
  return given ? lineOf(given) : text.replace(/^0\.0\.0\.0:/, '').replace(/:\d+(?:-\d+)?(?:\/\w+)?$/, '');
};

/** Binds the host ports of the override to the loopback address, as decided: they are for whoever sits at the machine. */
export const bindToLoopback = (work: Work): void => {
  const { override } = work.layout;
  if (override === undefined || work.decisions.loopback !== true) return;
  const file = fileNow(work, override);
  for (const service of servicesIn(work, file)) {
    const ports = leavesIn(work, file, service).filter((leaf) => leaf.path[0] === 'ports' && isOpen(leaf));
    if (ports.length === 0) continue;
    const claims = provenPairs(work)
      .filter((pair) => pair.after.includes(override) && hasService(pair, service))
      .flatMap((pair) => claimsOf(pair, service, ports));
    attempt(
      work,
      {
        id: `bind-loopback:${service}`,
        kind: 'bind-loopback',
        service,
        paths: ports.map(({ path }) => ['services', service, ...path]),
        from: override,
        to: override,
        reason: 'A port without an address is open to everybody who can reach the machine.',
        rule: 'exposed-datastore',
        effect: `${ports.map(published).join(', ')} of ${service} answers on ${LOOPBACK} only.`,
        claims,
        manual: [],
      },
      () =>
        ports.every((port) => {
          const now = leavesIn(work, file, service).find(({ path }) => pathKey(path) === pathKey(port.path));
          return now !== undefined && bind(work, file, service, now);
        }),
    );
  }
};
