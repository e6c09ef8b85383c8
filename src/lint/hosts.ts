import { BOUNDS } from '../model/bounds.js';
import { namesIn, textsIn } from '../model/service.js';
import { get, type Mapping, textOf } from '../model/value.js';
import { nameWords, oncePerName } from './name-words.js';

/** A host that a text names, and the port where it says one. */
export type HostAddress = { readonly host: string; readonly port: number | undefined };

/** Words in the names of variables, and of parts of their values, that hold a host. */
const HOST_WORDS: ReadonlySet<string> = new Set(
  'host hosts hostname server servers addr address addresses endpoint endpoints url uri dsn broker brokers node nodes bootstrap upstream'.split(
    ' ',
  ),
);

/** Words in the names of variables whose host is not one that the service talks to. */
const OTHER_WORDS: ReadonlySet<string> = new Set(
  'allowed cors origin origins callback redirect public external virtual frontend client webhook trusted no advertised image tag version name'.split(
    ' ',
  ),
);

/** Words that make a word alone the kind of something, and no host. */
const KIND_WORDS: ReadonlySet<string> = new Set(
  'transport scheme type backend driver engine protocol provider mode adapter store'.split(' '),
);

const isOfHost = oncePerName((name): boolean => {
  const words = nameWords(name);
  return words.some((word) => HOST_WORDS.has(word)) && !words.some((word) => KIND_WORDS.has(word));
});

/** Whether what a variable names is for somebody else to talk to: browsers, or whoever may come in. */
export const isForSomebodyElse = oncePerName((variable): boolean =>
  nameWords(variable).some((word) => OTHER_WORDS.has(word)),
);

/** `scheme://user:password@host:port/…`, once or several times, separated by commas. */
const URL = /^[a-z][a-z0-9+.:-]{0,40}:\/\/(?:[^@/\s]{0,300}@)?([\w.-]{1,250})(?::(\d{1,5}))?(?:[/?#].*)?$/i;

/** `host:port`; a smaller number is no port but the tag of an image. */
const HOST_PORT = /^(?:[^@\s]{1,300}@)?([A-Za-z0-9][\w.-]{0,250}):(\d{2,5})(?:\/.*)?$/;

const LEAST_PORT = 80;

const addressIn = (text: string): HostAddress | undefined => {
  const [url, inUrl, urlPort] = URL.exec(text) ?? [];
  if (url !== undefined && inUrl !== undefined)
    return { host: inUrl, port: urlPort === undefined ? undefined : Number(urlPort) };
  const [, host, port] = HOST_PORT.exec(text) ?? [];
  return host !== undefined && Number(port) >= LEAST_PORT ? { host, port: Number(port) } : undefined;
};

/**
 * Hosts that the value of a variable names: in URLs, in front of a port, and as a word alone where the name of the variable, or
 * of the part (`host=db port=5432`), says so.
 */
export const hostsIn = (variable: string, text: string): readonly HostAddress[] => {
  // Without a port, a scheme or a part with a name of its own, only the variable's name can tell.
  if (!/[:=]/.test(text) && !isOfHost(variable)) return [];
  return text
    .slice(0, BOUNDS.hostLength)
    .split(/[\s,;'"()[\]{}]+/)
    .flatMap((word): readonly HostAddress[] => {
      const whole = addressIn(word);
      if (whole) return [whole];
      const equals = word.indexOf('=');
      const [key, value] = equals < 0 ? [undefined, word] : [word.slice(0, equals), word.slice(equals + 1)];
      const found = key === undefined ? undefined : addressIn(value);
      if (found) return [found];
      return /^[A-Za-z][\w.-]*$/.test(value) && isOfHost(key ?? variable) ? [{ host: value, port: undefined }] : [];
    });
};

/** Names that a service answers to: its own, its container's, its host's, its aliases. */
const namesOf = (name: string, service: Mapping): readonly string[] => [
  name,
  ...['container_name', 'hostname'].flatMap((key) => textOf(get(service, key)) ?? []),
  ...namesIn(get(service, 'networks')).flatMap((network) => textsIn(get(service, 'networks', network, 'aliases'))),
];

/** Services of a stack by every name that they answer to; a name of two services is left out. */
export const hostNames = (services: ReadonlyMap<string, Mapping>): ReadonlyMap<string, string> => {
  const found = new Map<string, string | undefined>();
  for (const [name, service] of services)
    for (const host of namesOf(name, service)) {
      const known = found.get(host);
      found.set(host, found.has(host) && known !== name ? undefined : name);
    }
  // Nothing takes a service's own name away.
  for (const name of services.keys()) found.set(name, name);
  return new Map([...found].flatMap(([host, name]) => (name === undefined ? [] : [[host, name] as const])));
};
