import { replaceParts } from '../src/lint/edits/replace.js';
import { hostMentions, servicesByHost } from '../src/lint/host-mentions.js';
import { isDatastore, knownImage } from '../src/lint/known-image.js';
import { defineRule, type Fix, type Problem } from '../src/lint/rule.js';
import type { ServiceSubject, StackSubject } from '../src/lint/subjects.js';
import { partSpan } from '../src/model/part.js';
import { namesIn, portsOf, type ServiceVariable, variablesOf } from '../src/model/service.js';
import { get, placeOfValue } from '../src/model/value.js';
import { type Span, textAt } from '../src/source/source.js';

/** Beginnings of variables that tools build into what browsers load. */
const FOR_BROWSERS = /^(?:NEXT_PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC|VITE|REACT_APP|VUE_APP|GATSBY|NG_APP|PUBLIC)_/;

/** Words in the names of variables whose address is for people and browsers, or is the one to listen on. */
const FOR_OTHERS: ReadonlySet<string> = new Set(
  'cors origin origins allowed redirect callback public external root site base app web website frontend client browser link links domain issuer advertised listeners listener listen bind webhook self canonical hostname virtual nextauth'.split(
    ' ',
  ),
);

const LOCAL = /(?:localhost|127\.0\.0\.1):(\d{1,5})(?!\d)/g;

/** Schemes of what browsers load; none may be one of them. */
const WEB: ReadonlySet<string> = new Set(['', 'http', 'https', 'ws', 'wss']);

/** The scheme of the URL that an address stands in; empty without one. */
const schemeBefore = (text: string, index: number): string =>
  /([a-z][a-z0-9+.-]{0,30}):\/\/[^\s,/]{0,300}$/i
    .exec(text.slice(Math.max(0, index - 340), index))?.[1]
    ?.toLowerCase() ?? '';

/** An address on `localhost` in a variable, and the service of the stack that listens on that port of the host. */
type Mention = {
  readonly service: ServiceSubject;
  readonly other: ServiceSubject;
  readonly variable: ServiceVariable;
  readonly address: string;
  /** Of the URL that it is in. */
  readonly scheme: string;
  /** The same address as the containers of the stack know it. */
  readonly inside: string;
  readonly at: Span;
  /** Where the address stands, each time that it does; undefined where a part of it comes from elsewhere. */
  readonly parts: readonly Span[] | undefined;
};

/** Whether something listens on a service's ports that no browser talks to. */
const isForPrograms = (other: ServiceSubject): boolean => {
  const image = knownImage(other);
  return image !== undefined && isDatastore(image.facts);
};

/**
 * Whether an address on `localhost` is for somebody else. A service that knows the other one by its name as well has two
 * addresses for it on purpose; one that knows any by name gives browsers what looks like a page or an API.
 */
const isForOthers = ({ service, other, variable, scheme }: Mention): boolean => {
  if (variable.name.split(/[^A-Za-z0-9]+/).some((word) => FOR_OTHERS.has(word.toLowerCase()))) return true;
  const known = hostMentions(service, servicesByHost(service.stack));
  const isWeb = WEB.has(scheme) && !isForPrograms(other);
  return isWeb ? known.length > 0 : known.some((mention) => mention.service === other);
};

/** Whether a variable of some service has an address on `localhost`; few stacks have one. */
const hasMention = ({ services }: StackSubject): boolean =>
  [...services.values()].some(({ value }) =>
    variablesOf(value).some(({ text }) => text?.includes('localhost:') || text?.includes('127.0.0.1:')),
  );

function* mentionsOf(stack: StackSubject): Generator<Mention> {
  if (!hasMention(stack)) return;
  for (const need of stack.topology().needs) {
    const [service, other] = [stack.services.get(need.from), stack.services.get(need.to)];
    const variable = service && variablesOf(service.value).find(({ name }) => name === need.purpose);
    // With a network of another one, `localhost` is that one.
    if (need.reach !== 'localhost' || !service || !other || !variable || get(service.value, 'network_mode')) continue;
    const matches = [...(variable.text ?? '').matchAll(LOCAL)];
    const portAt = (number: number) => portsOf(other.value).find(({ published }) => published?.first === number);
    const first = matches.find((match) => portAt(Number(match[1])));
    const port = first && portAt(Number(first[1]));
    const at = placeOfValue(variable.value) ?? variable.key;
    if (!first || !port || !at) continue;
    const [address] = first;
    const spans = matches
      .filter((match) => match[0] === address)
      .map(({ index }) => partSpan(variable.value, index, index + address.length));
    const parts = spans.flatMap((span) => (span && textAt(span) === address ? [span] : []));
    yield {
      service,
      other,
      variable,
      address,
      scheme: schemeBefore(variable.text ?? '', first.index),
      inside: `${other.name}:${port.target}`,
      at,
      parts: parts.length === spans.length ? parts : undefined,
    };
  }
}

const shareNetwork = ({ service, other }: Mention): boolean => {
  const theirs = namesIn(get(other.value, 'networks'));
  return namesIn(get(service.value, 'networks')).some((name) => theirs.includes(name));
};

const fixOf = ({ parts, inside }: Mention): Fix | undefined => {
  const edits = parts && replaceParts(parts.map((at) => ({ at, text: inside })));
  return edits && { title: `Write ${inside}`, applicability: 'unsafe', edits };
};

const problemOf = (mention: Mention): Problem => {
  const { service, other, variable, address, inside, at } = mention;
  const isShared = shareNetwork(mention);
  return {
    at,
    message: `${variable.name} points "${service.name}" at ${address}, which inside its container is "${service.name}" itself, not "${other.name}".`,
    help: `Write ${inside}${isShared ? '' : ', and put both on one network'}.`,
    notes: other.key ? [{ at: other.key, message: `"${other.name}" has that port on the host` }] : [],
    path: ['services', service.name, 'environment', variable.name],
    evidence: other.name,
    fix: () => (isShared ? fixOf(mention) : undefined),
  };
};

const browserProblem = ({ service, other, variable, address, inside, at }: Mention): Problem => ({
  at,
  message: `${variable.name} points browsers at ${address}: only on this machine do they find "${other.name}" there.`,
  help: `Give browsers the address that users have, and calls that "${service.name}" makes itself ${inside}. In a file for development it may stay.`,
  notes: other.key ? [{ at: other.key, message: `"${other.name}" has that port on the host` }] : [],
  severity: 'info',
  path: ['services', service.name, 'environment', variable.name],
  evidence: other.name,
});

export default defineRule({
  meta: {
    id: 'localhost-url',
    severity: 'warning',
    preset: 'recommended',
    fix: 'unsafe',
    since: '0.1.0',
    summary: 'A variable points a container at itself where another service listens',
    description: `Inside a container \`localhost\` is that container. An address that works on the host, because another service publishes the port there,
leads nowhere from within: services reach each other by their names, on the port of the container.

Found in variables whose port another service of the stack publishes, and that the service itself does not have. Variables that
tools build into pages (\`NEXT_PUBLIC_…\`, \`VITE_…\`, \`REACT_APP_…\`) are a note, since a browser on the same machine does
get there; in a file for development or tests they are right. Variables for people (\`CORS_ORIGIN\`, \`REDIRECT_URL\`,
\`BASE_URL\`, advertised listeners) are left alone, and so are a service that knows the other one by its name as well, one with the network
of the host or of another one, and web addresses (but those of databases and their like) in a service that names any other one by
its name: who knows how means browsers.`,
    source: 'compose-spec 06-networks.md; docker compose, "Networking in Compose"',
    bad: 'services:\n  api:\n    image: example/api:1\n    environment: {DATABASE_URL: "postgres://api@localhost:5433/api"}\n  db:\n    image: postgres:16\n    ports: ["5433:5432"]\n',
    good: 'services:\n  api:\n    image: example/api:1\n    environment: {DATABASE_URL: "postgres://api@db:5432/api"}\n    depends_on: [db]\n  db:\n    image: postgres:16\n    ports: ["127.0.0.1:5433:5432"]\n    volumes: ["data:/var/lib/postgresql/data"]\nvolumes:\n  data:\n',
    fixSafety: `The address becomes the name of the service and the port in its container, where both share a network. A program that does reach
the host by \`localhost\` in some other way talks to something else then.`,
    whenOff: 'When containers run something of their own on that port.',
  },
  *checkStack(stack) {
    for (const mention of mentionsOf(stack)) {
      const { variable, at } = mention;
      const role = stack.files.find(({ source }) => source === at.source)?.role;
      if (FOR_BROWSERS.test(variable.name)) {
        if (role !== 'dev' && role !== 'test') yield browserProblem(mention);
      } else if (!isForOthers(mention)) yield problemOf(mention);
    }
  },
});
