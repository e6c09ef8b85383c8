import { argumentsOf } from '../src/lint/container.js';
import { dependOn } from '../src/lint/depends-on.js';
import {
  type HostMention,
  hostMentions,
  servicesByHost,
  sharedEnvFiles,
  startedBefore,
} from '../src/lint/host-mentions.js';
import { isDatastore, knownImage } from '../src/lint/known-image.js';
import { isSwarm } from '../src/lint/purpose.js';
import { defineRule, fixBy, type Problem } from '../src/lint/rule.js';
import type { ServiceSubject } from '../src/lint/subjects.js';
import { textsIn } from '../src/model/service.js';
import { get } from '../src/model/value.js';
import type { Span } from '../src/source/source.js';

/** Whether the one is there whenever the other one is: no profile leaves it out. */
const runsWith = (needed: ServiceSubject, service: ServiceSubject): boolean => {
  const theirs = textsIn(get(needed.value, 'profiles'));
  const ours = textsIn(get(service.value, 'profiles'));
  return theirs.length === 0 || (ours.length > 0 && ours.every((profile) => theirs.includes(profile)));
};

/** Words of commands that wait for what they need. */
const WAITS = /\b(?:wait[-_]?for|wait[-_]?until|wait4x|dockerize|until|nc)\b/i;

const waitsItself = ({ value }: ServiceSubject): boolean => argumentsOf(value).some((word) => WAITS.test(word));

/** Whether the one could depend on the other: they run together in every stack, and that closes no circle. */
const canDepend = (service: ServiceSubject, needed: ServiceSubject): boolean =>
  runsWith(needed, service) &&
  !startedBefore(needed).has(service.name) &&
  service.stack.workspace.stacks.every(({ services }) => !services.has(service.name) || services.has(needed.name));

type Lack = {
  readonly service: ServiceSubject;
  readonly needed: ServiceSubject;
  readonly variable: string;
  readonly at: Span;
  /** Where the variable stands, if that is in an env file and not where the service is. */
  readonly read: Span | undefined;
  readonly title: string;
};

/** A lack is mended where the service is, and that is not where an env file names the other one. */
const lackOf = (service: ServiceSubject, mention: HostMention, at: Span, title: string): Lack => {
  const { service: needed, variable, isRead } = mention;
  return isRead
    ? { service, needed, variable, at: service.key ?? at, read: at, title }
    : { service, needed, variable, at, read: undefined, title };
};

function* problemsOf([first, ...others]: readonly Lack[]): Generator<Problem> {
  if (!first) return;
  const { service, needed, variable, at, read, title } = first;
  const all = [first, ...others].map((lack) => `"${lack.service.name}"`);
  const who =
    others.length === 0 ? `"${service.name}"` : `"${service.name}" and ${others.length} more with the same variables`;
  yield {
    at,
    message:
      others.length === 0
        ? `${who} talks to "${needed.name}" (${variable}) but does not depend on it.`
        : `${who} talk to "${needed.name}" (${variable}) but none of them depends on it.`,
    help: `Add "${needed.name}" to \`depends_on\`${others.length < 3 ? ` of ${all.join(', ')}` : ' where it is needed at the start'}.`,
    notes: [
      ...(read ? [{ at: read, message: `${variable} is set here` }] : []),
      ...(needed.key ? [{ at: needed.key, message: `"${needed.name}" is ${title}` }] : []),
    ],
    path: ['services', service.name, 'depends_on'],
    evidence: needed.name,
    fix: () =>
      others.length === 0 ? fixBy(dependOn(service, needed), 'unsafe', `Depend on "${needed.name}"`) : undefined,
  };
}

export default defineRule({
  meta: {
    id: 'missing-dependency',
    severity: 'warning',
    preset: 'recommended',
    fix: 'unsafe',
    since: '0.1.0',
    summary: 'A service talks to a datastore that it does not depend on',
    description: `Without \`depends_on\` Compose starts both at once, and \`docker compose up api\` does not start the database at all. The rule reads
the variables of a service: a URL, \`host:port\`, or a host by itself where the variable's name says that it is one (\`DB_HOST\`),
that names a service with a database, cache, queue, search engine or object store of the catalogue.

A name that only happens to be a service's (\`POSTGRES_DB=gitea\`) is not found, nor are commands that wait by themselves (\`until\`, \`wait-for-it\`), what starts earlier by way of another
service, what only a profile or another file brings, what stands in an env file that several services read, and what would close a
circle. Services that share their variables through an
anchor are one finding, and none where one of them does depend on it.`,
    source: 'compose-spec 05-services.md, "depends_on"',
    bad: 'services:\n  api:\n    image: example/api:1\n    environment: {DATABASE_URL: "postgres://api@db:5432/api"}\n  db:\n    image: postgres:16\n',
    good: 'services:\n  api:\n    image: example/api:1\n    environment: {DATABASE_URL: "postgres://api@db:5432/api"}\n    depends_on: [db]\n  db:\n    image: postgres:16\n',
    fixSafety: `The service starts after the other one and, where that has a health check, when it is healthy.`,
    whenOff: 'For services that wait and try again by themselves, and are always started together.',
  },
  *checkStack(stack) {
    // Swarm knows no order.
    if (isSwarm(stack)) return;
    const groups = new Map<string, Lack[]>();
    const met = new Set<string>();
    const byHost = servicesByHost(stack);
    const shared = sharedEnvFiles(stack);
    for (const service of stack.services.values()) {
      const mentions = hostMentions(service, byHost);
      if (mentions.length === 0 || waitsItself(service)) continue;
      const earlier = startedBefore(service);
      for (const mention of mentions) {
        const { service: needed, at } = mention;
        const facts = knownImage(needed)?.facts;
        if (!at || !facts || !isDatastore(facts) || shared.has(at.source.path)) continue;
        const key = JSON.stringify([needed.name, at.source.path, at.start]);
        if (earlier.has(needed.name)) met.add(key);
        else if (canDepend(service, needed))
          groups.set(key, [...(groups.get(key) ?? []), lackOf(service, mention, at, facts.title)]);
      }
    }
    // Of services that share their variables, one that does depend on it shows that the others were left out on purpose.
    for (const [key, lacks] of groups) if (!met.has(key)) yield* problemsOf(lacks);
  },
});
