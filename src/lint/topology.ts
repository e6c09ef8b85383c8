import { BOUNDS } from '../model/bounds.js';
import { namesIn, portsOf, textsIn, variablesOf, wordsOf } from '../model/service.js';
import { get, isTrue, itemsOf, type Mapping, placeOfValue, textOf, type Value } from '../model/value.js';
import { once } from '../source/once.js';
import type { Span } from '../source/source.js';
import { hostNames, hostsIn, isForSomebodyElse } from './hosts.js';
import { addressesIn, hostIn, mountedFiles, type ProjectFiles } from './mounted.js';

/** One network of a resolved stack. */
export type NetworkView = {
  readonly name: string;
  readonly driver: string;
  readonly subnets: readonly string[];
  readonly isExternal: boolean;
  readonly members: readonly string[];
};

/**
 * Whether a need is met. `reachable`: both share a network; `separate`: they share none; `absent`: nothing in the stack
 * answers to the name; `localhost`: the address leads back into the container itself.
 */
export type Reach = 'reachable' | 'separate' | 'absent' | 'localhost';

/** A service's need to reach another one, and what says so. */
export type Need = {
  readonly from: string;
  readonly to: string;
  readonly purpose: string;
  readonly at: Span | undefined;
  readonly reach: Reach;
};

/** Who is on which network of a stack, and who needs whom. */
export type Topology = {
  readonly stack: string;
  readonly networks: readonly NetworkView[];
  readonly needs: readonly Need[];
};

type Services = ReadonlyMap<string, Mapping>;

const servicesOf = (model: Mapping): Services => {
  const services = get(model, 'services');
  if (services?.kind !== 'mapping') return new Map();
  return new Map(
    [...services.entries].flatMap(([name, { value }]) => (value.kind === 'mapping' ? [[name, value] as const] : [])),
  );
};

/** Adds a service to the list at a key, once. */
const note = <K>(lists: Map<K, string[]>, key: K, service: string): void => {
  const list = lists.get(key);
  if (!list) lists.set(key, [service]);
  else if (list.at(-1) !== service) list.push(service);
};

/** Services by the network that they are on. */
const membersOf = (services: Services): ReadonlyMap<string, readonly string[]> => {
  const members = new Map<string, string[]>();
  for (const [member, service] of services)
    for (const network of namesIn(get(service, 'networks'))) note(members, network, member);
  return members;
};

/** Services by the first host port of each port that they publish. */
const publishersOf = (services: Services): ReadonlyMap<number, readonly string[]> => {
  const publishers = new Map<number, string[]>();
  for (const [name, service] of services)
    for (const { published } of portsOf(service)) if (published) note(publishers, published.first, name);
  return publishers;
};

const subnetsOf = (network: Value): readonly string[] => {
  const pools = get(network, 'ipam', 'config');
  return itemsOf(pools).flatMap((pool) => textOf(get(pool, 'subnet')) ?? []);
};

const networkViews = (model: Mapping, services: Services): readonly NetworkView[] => {
  const networks = get(model, 'networks');
  if (networks?.kind !== 'mapping') return [];
  const members = membersOf(services);
  return [...networks.entries].map(([name, { value }]) => {
    const external = get(value, 'external');
    return {
      name,
      driver: textOf(get(value, 'driver')) ?? 'bridge',
      subnets: subnetsOf(value),
      isExternal: isTrue(external),
      members: members.get(name) ?? [],
    };
  });
};

type Mention = {
  readonly host: string;
  readonly port: number | undefined;
  readonly purpose: string;
  readonly at: Span | undefined;
  /** Whether somebody else is to talk to the host. */
  readonly isForOthers?: boolean;
};

/** Hosts inside a command line: those of URLs, `host:port`, `--host name`. */
const hostsInCommand = (text: string): readonly { host: string; port: number | undefined }[] =>
  text
    .slice(0, BOUNDS.hostLength)
    .split(/[\s,;'"()[\]{}|&]+/)
    .flatMap((word) => {
      const value = word.slice(word.lastIndexOf('=') + 1);
      const at = value.lastIndexOf('@');
      return [hostIn(value), at >= 0 ? hostIn(value.slice(at + 1)) : undefined].flatMap((found) => found ?? []);
    });

const mentionsIn = (service: Mapping): readonly Mention[] => {
  const found: Mention[] = [];
  for (const { name, text, value } of variablesOf(service))
    for (const host of hostsIn(name, text ?? ''))
      found.push({ ...host, purpose: name, at: placeOfValue(value), isForOthers: isForSomebodyElse(name) });
  const commands = [
    ['command', get(service, 'command')],
    ['entrypoint', get(service, 'entrypoint')],
    ['healthcheck', get(service, 'healthcheck', 'test')],
  ] as const;
  for (const [purpose, value] of commands)
    for (const word of wordsOf(value))
      for (const host of hostsInCommand(String(word.value))) found.push({ ...host, purpose, at: placeOfValue(word) });
  return found;
};

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '0.0.0.0']);

/** What the needs of every service of a stack are worked out from. */
type Surroundings = {
  readonly model: Mapping;
  readonly services: Services;
  /** Services by the names that they answer to. */
  readonly names: ReadonlyMap<string, string>;
  /** Services by first host port, worked out when it is asked for. */
  readonly publishers: () => ReadonlyMap<number, readonly string[]>;
  readonly elsewhere: ReadonlySet<string>;
  readonly files: ProjectFiles;
};

const sharesNetwork = (a: Mapping, b: Mapping): boolean => {
  const [ours, theirs] = [namesIn(get(a, 'networks')), namesIn(get(b, 'networks'))];
  const [few, other] = ours.length < theirs.length ? [ours, b] : [theirs, a];
  if (few.some((name) => get(other, 'networks', name) !== undefined)) return true;
  const mode = textOf(get(a, 'network_mode'));
  return mode !== undefined && (mode === textOf(get(b, 'network_mode')) || mode.startsWith('service:'));
};

/** Needs of one service, each target and purpose once. */
const needsOf = (from: string, service: Mapping, around: Surroundings): readonly Need[] => {
  const { model, services, names, publishers, elsewhere, files } = around;
  const needs = new Map<string, Need>();
  const reaches = new Map<string, Reach>();
  const reachOf = (to: string): Reach => {
    const present = services.get(to);
    const reach = reaches.get(to) ?? (!present ? 'absent' : sharesNetwork(service, present) ? 'reachable' : 'separate');
    reaches.set(to, reach);
    return reach;
  };
  const add = (to: string, purpose: string, at: Span | undefined, reach?: Reach): void => {
    const key = JSON.stringify([to, purpose]);
    if (to === from || needs.has(key)) return;
    needs.set(key, { from, to, purpose, at, reach: reach ?? reachOf(to) });
  };
  const ownPorts = new Set(portsOf(service).map(({ target }) => target));
  /** The other service whose host port an address on `localhost` means, if it does not mean the container itself. */
  const behindLocalhost = (port: number | undefined): string | undefined =>
    port === undefined || ownPorts.has(port)
      ? undefined
      : publishers()
          .get(port)
          ?.find((name) => name !== from);
  const dependsOn = get(service, 'depends_on');
  for (const to of namesIn(dependsOn))
    add(to, 'starts after it', dependsOn?.kind === 'mapping' ? dependsOn.entries.get(to)?.key : undefined);
  for (const link of textsIn(get(service, 'links'))) add(link.split(':')[0] ?? '', 'link', undefined);
  const calledBy = ({ host, isForOthers }: Mention): string | undefined => (isForOthers ? undefined : names.get(host));
  for (const mention of mentionsIn(service)) {
    const { host, port, purpose, at } = mention;
    const known = calledBy(mention);
    if (known !== undefined) add(known, purpose, at);
    else if (LOOPBACK.has(host) && host !== '0.0.0.0' && purpose !== 'healthcheck') {
      const to = behindLocalhost(port);
      if (to !== undefined) add(to, purpose, at, 'localhost');
    }
  }
  for (const file of mountedFiles(service, model, files))
    for (const { host, purpose, at } of addressesIn(file)) {
      const known = names.get(host) ?? (elsewhere.has(host) ? host : undefined);
      if (known !== undefined) add(known, purpose, at);
    }
  return [...needs.values()];
};

/**
 * Networks and needs of one resolved stack.
 * @param elsewhere Names of services of the workspace, so that a need for one that the stack lacks is seen.
 */
export const topologyOf = (
  stack: string,
  model: Mapping,
  elsewhere: ReadonlySet<string>,
  files: ProjectFiles,
): Topology => {
  const services = servicesOf(model);
  const around: Surroundings = {
    model,
    services,
    names: hostNames(services),
    publishers: once(() => publishersOf(services)),
    elsewhere,
    files,
  };
  return {
    stack,
    networks: networkViews(model, services),
    needs: [...services].flatMap(([name, service]) => needsOf(name, service, around)),
  };
};
