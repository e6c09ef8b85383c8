import { parseIP } from '../model/ip.js';
import { type Port, portsOf, textsIn } from '../model/service.js';
import { get, textOf } from '../model/value.js';
import type { ServiceSubject, StackSubject } from './subjects.js';

/** A host port that a service takes for itself; a range of which one port is picked is none. */
export type TakenPort = { readonly service: ServiceSubject; readonly port: Port; readonly number: number };

/** Host ports of a service. None are taken where it has the host's network, or no network. */
export const takenBy = (service: ServiceSubject): readonly TakenPort[] => {
  const mode = textOf(get(service.value, 'network_mode'));
  if (mode === 'host' || mode === 'none') return [];
  return portsOf(service.value).flatMap((port) => {
    const { published } = port;
    return published && published.first === published.last ? [{ service, port, number: published.first }] : [];
  });
};

/** Family and number of an address; without an address a port is taken on all of both families. */
const addressesOverlap = (a: string | undefined, b: string | undefined): boolean => {
  if (a === undefined || b === undefined) return true;
  const [left, right] = [parseIP(a), parseIP(b)];
  if (!left || !right) return a === b;
  return left.family === right.family && (left.value === 0n || right.value === 0n || left.value === right.value);
};

/** Services whose profiles have nothing in common are alternatives that are not meant to run together. */
const canRunTogether = (a: ServiceSubject, b: ServiceSubject): boolean => {
  const [ours, theirs] = [textsIn(get(a.value, 'profiles')), textsIn(get(b.value, 'profiles'))];
  return ours.length === 0 || theirs.length === 0 || ours.some((profile) => theirs.includes(profile));
};

/** Whether two ports cannot be published on one host. */
export const collide = (a: TakenPort, b: TakenPort): boolean =>
  a.number === b.number && a.port.protocol === b.port.protocol && addressesOverlap(a.port.hostIp, b.port.hostIp);

/** Two ports of a stack, of two services or of one, that take one host port; `second` is the one further down. */
export type Collision = { readonly first: TakenPort; readonly second: TakenPort };

/** Host ports that a stack takes twice, each with the first port that has it. */
export const collisionsIn = (stack: StackSubject): readonly Collision[] => {
  const found: Collision[] = [];
  const earlier = new Map<string, TakenPort[]>();
  for (const service of stack.services.values()) {
    for (const second of takenBy(service)) {
      const key = `${second.number}/${second.port.protocol}`;
      const known = earlier.get(key) ?? [];
      const first = known.find((before) => collide(before, second) && canRunTogether(before.service, service));
      if (first) found.push({ first, second });
      earlier.set(key, [...known, second]);
    }
  }
  return found;
};
