import { BOUNDS } from '../model/bounds.js';
import { namesIn, textsIn, variablesOf } from '../model/service.js';
import { get, type Mapping, placeOfValue, textOf } from '../model/value.js';
import type { Span } from '../source/source.js';
import type { ServiceSubject, StackSubject } from './subjects.js';

/** A variable that names another service of the stack as a host that its own service talks to. */
export type HostMention = {
  readonly service: ServiceSubject;
  readonly variable: string;
  readonly at: Span | undefined;
};

/** Words in the names of variables that hold a host, and of those whose host is not one that the service talks to. */
const HOST_WORDS: ReadonlySet<string> = new Set(
  'host hosts hostname server servers addr address addresses endpoint endpoints url uri dsn broker brokers node nodes bootstrap upstream'.split(
    ' ',
  ),
);
const OTHER_WORDS: ReadonlySet<string> = new Set(
  'allowed cors origin origins callback redirect public external virtual frontend client webhook trusted no advertised image tag version name'.split(
    ' ',
  ),
);

/** Words that make a word alone the kind of something, and no host. */
const KIND_WORDS: ReadonlySet<string> = new Set(
  'transport scheme type backend driver engine protocol provider mode adapter store'.split(' '),
);

const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);

/** Names that services answer to: their own, their container's, their host's, their aliases. */
const namesOf = ({ name, value }: ServiceSubject): readonly string[] => [
  name,
  ...['container_name', 'hostname'].flatMap((key) => textOf(get(value, key)) ?? []),
  ...namesIn(get(value, 'networks')).flatMap((network) => textsIn(get(value, 'networks', network, 'aliases'))),
];

/** `scheme://user:password@host:port/…`, once or several times, separated by commas. */
const URL = /^[a-z][a-z0-9+.:-]{0,40}:\/\/(?:[^@/\s]{0,300}@)?([\w.-]{1,250})(?::\d{1,5})?(?:[/?#].*)?$/i;

/** `host:port`; a smaller number is no port but the tag of an image. */
const HOST_PORT = /^(?:[^@\s]{1,300}@)?([A-Za-z][\w.-]{0,250}):(\d{2,5})(?:\/.*)?$/;

/** Hosts that the value of a variable names. A word alone is one only where the variable's name says so. */
const hostsIn = (variable: string, text: string): readonly string[] => {
  const words = wordsOf(variable);
  if (words.some((word) => OTHER_WORDS.has(word))) return [];
  const isHost = words.some((word) => HOST_WORDS.has(word)) && !words.some((word) => KIND_WORDS.has(word));
  return text
    .slice(0, BOUNDS.hostLength)
    .split(/[\s,;]+/)
    .flatMap((part) => {
      const inUrl = URL.exec(part)?.[1];
      if (inUrl !== undefined) return [inUrl];
      const [, host, port] = HOST_PORT.exec(part) ?? [];
      if (host !== undefined && Number(port) >= 80) return [host];
      return isHost && /^[A-Za-z][\w.-]*$/.test(part) ? [part] : [];
    });
};

/** Services by every name that they answer to; a name of two services is left out. */
export const servicesByHost = ({ services }: StackSubject): ReadonlyMap<string, ServiceSubject> => {
  const found = new Map<string, ServiceSubject | undefined>();
  for (const service of services.values())
    for (const host of namesOf(service)) {
      const known = found.get(host);
      found.set(host, found.has(host) && known !== service ? undefined : service);
    }
  // Nothing takes a service's own name away.
  for (const [name, service] of services) found.set(name, service);
  return new Map([...found].flatMap(([host, service]) => (service ? [[host, service] as const] : [])));
};

/** Other services that the variables of a service name as hosts, each once. */
export const hostMentions = (
  service: ServiceSubject,
  byHost: ReadonlyMap<string, ServiceSubject>,
): readonly HostMention[] => {
  const found = new Map<string, HostMention>();
  for (const { name, text, value, key } of variablesOf(service.value))
    for (const host of hostsIn(name, text ?? '')) {
      const target = byHost.get(host);
      if (target && target !== service && !found.has(target.name))
        found.set(target.name, { service: target, variable: name, at: placeOfValue(value) ?? key });
    }
  return [...found.values()];
};

/** Services that a service's key makes start before it. */
const directOf = (service: Mapping): readonly string[] => [
  ...namesIn(get(service, 'depends_on')),
  ...textsIn(get(service, 'links')).map((link) => link.split(':')[0] ?? ''),
  ...textsIn(get(service, 'volumes_from')).map((from) => from.split(':')[0] ?? ''),
  ...['network_mode', 'pid', 'ipc'].flatMap((key) => /^service:(.+)$/.exec(textOf(get(service, key)) ?? '')?.[1] ?? []),
];

/** All services that start before a service, directly or because of another one. */
export const startedBefore = ({ name, stack }: ServiceSubject): ReadonlySet<string> => {
  const found = new Set<string>();
  const open = [name];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const service = stack.services.get(next);
    for (const before of service ? directOf(service.value) : [])
      if (!found.has(before)) {
        found.add(before);
        open.push(before);
      }
  }
  return found;
};
