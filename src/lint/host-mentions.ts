import { namesIn, textsIn, variablesOf } from '../model/service.js';
import { get, type Mapping, placeOfValue, textOf } from '../model/value.js';
import { oncePer } from '../source/once.js';
import type { Span } from '../source/source.js';
import { hostNames, hostsIn, isForSomebodyElse } from './hosts.js';
import type { ServiceSubject, StackSubject } from './subjects.js';

/** A variable that names another service of the stack as a host that its own service talks to. */
export type HostMention = {
  readonly service: ServiceSubject;
  readonly variable: string;
  readonly at: Span | undefined;
  /** Whether that is in an env file. */
  readonly isRead: boolean;
};

/** Services by every name that they answer to; a name of two services is left out. */
export const servicesByHost = oncePer(({ services }: StackSubject): ReadonlyMap<string, ServiceSubject> => {
  const names = hostNames(new Map([...services].map(([name, { value }]) => [name, value])));
  return new Map(
    [...names].flatMap(([host, name]) => {
      const service = services.get(name);
      return service ? [[host, service] as const] : [];
    }),
  );
});

/**
 * Env files that several services of a stack read. Each gets all that is in them, whether it uses it or not, so that nothing
 * tells whose hosts are meant. By path.
 */
export const sharedEnvFiles = oncePer((stack: StackSubject): ReadonlySet<string> => {
  const readers = new Map<string, Set<string>>();
  for (const { name, value } of stack.services.values())
    for (const { value: variable } of variablesOf(value))
      for (const origin of variable.origins) {
        if (origin.kind !== 'read') continue;
        const { path } = origin.at.source;
        readers.set(path, (readers.get(path) ?? new Set()).add(name));
      }
  return new Set([...readers].flatMap(([path, names]) => (names.size > 1 ? [path] : [])));
});

/** Other services that the variables of a service name as hosts, each once. */
export const hostMentions = (
  service: ServiceSubject,
  byHost: ReadonlyMap<string, ServiceSubject>,
): readonly HostMention[] => {
  const found = new Map<string, HostMention>();
  for (const { name, text, value, key } of variablesOf(service.value)) {
    if (isForSomebodyElse(name)) continue;
    for (const { host } of hostsIn(name, text ?? '')) {
      const target = byHost.get(host);
      if (target && target !== service && !found.has(target.name))
        found.set(target.name, {
          service: target,
          variable: name,
          at: placeOfValue(value) ?? key,
          isRead: value.origins.some(({ kind }) => kind === 'read'),
        });
    }
  }
  return [...found.values()];
};

/** Services that a service's key makes start before it. */
const directOf = oncePer((service: Mapping): readonly string[] => [
  ...namesIn(get(service, 'depends_on')),
  ...textsIn(get(service, 'links')).map((link) => link.split(':')[0] ?? ''),
  ...textsIn(get(service, 'volumes_from')).map((from) => from.split(':')[0] ?? ''),
  ...['network_mode', 'pid', 'ipc'].flatMap((key) => /^service:(.+)$/.exec(textOf(get(service, key)) ?? '')?.[1] ?? []),
]);

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
