import { sharedEnvFiles } from '../src/lint/host-mentions.js';
import { defineRule, type Problem } from '../src/lint/rule.js';
import type { ServiceSubject, StackSubject } from '../src/lint/subjects.js';
import type { Need } from '../src/lint/topology.js';
import { namesIn } from '../src/model/service.js';
import { get } from '../src/model/value.js';
import { textAt } from '../src/source/source.js';

/** Needs that say nothing about who talks to whom. */
const ONLY_ORDER: ReadonlySet<string> = new Set(['starts after it', 'link']);

const COMMANDS: ReadonlySet<string> = new Set(['command', 'entrypoint', 'healthcheck']);

/** Whether a name stands in a command line as a host: in a URL, or in front of a port. */
const standsAsHost = (text: string, name: string): boolean => {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text.slice(Math.max(0, at - 3), at);
    const after = text.slice(at + name.length, at + name.length + 3);
    if (before === '://' && /^(?:[:/\s"']|$)/.test(after)) return true;
    if (!/[\w.-]$/.test(before) && /^:\d{2}/.test(after)) return true;
  }
  return false;
};

/** Whether what names the other service does mean it as a host. */
const isTalk = ({ purpose, at, to }: Need): boolean => {
  if (ONLY_ORDER.has(purpose)) return false;
  return !COMMANDS.has(purpose) || (at !== undefined && standsAsHost(textAt(at), to));
};

const namesOfNetworks = ({ value }: ServiceSubject): string => {
  const names = namesIn(get(value, 'networks')).map((name) => `"${name}"`);
  return names.length === 0 ? 'none' : names.join(', ');
};

/** Whether all services of a stack are on one network, so that each reaches every other one. */
const isConnected = ({ services }: StackSubject): boolean => {
  const [first, ...others] = [...services.values()].map(({ value }) => get(value, 'networks'));
  return namesIn(first).some((network) => others.every((networks) => get(networks, network) !== undefined));
};

function* problemsIn(stack: StackSubject): Generator<Problem> {
  const shared = sharedEnvFiles(stack);
  for (const need of stack.topology().needs) {
    const [service, other] = [stack.services.get(need.from), stack.services.get(need.to)];
    if (need.reach !== 'separate' || !service || !other || !need.at || shared.has(need.at.source.path)) continue;
    // Whoever has the network of the host or of another one is not found by a network's name.
    if (get(service.value, 'network_mode') || get(other.value, 'network_mode')) continue;
    if (namesIn(get(service.value, 'extra_hosts')).includes(need.to) || !isTalk(need)) continue;
    yield {
      at: need.at,
      message: `"${service.name}" talks to "${other.name}" (${need.purpose}), but the two share no network: the name leads nowhere.`,
      help: `Put both on one network: "${service.name}" is on ${namesOfNetworks(service)}, "${other.name}" on ${namesOfNetworks(other)}.`,
      notes: other.key ? [{ at: other.key, message: `"${other.name}" is defined here` }] : [],
      path: ['services', service.name, 'networks'],
      evidence: `${other.name} ${need.purpose}`,
    };
  }
}

export default defineRule({
  meta: {
    id: 'unreachable-service',
    severity: 'warning',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A service talks to another one that shares no network with it',
    description: `Services reach each other by name on a network that both are on, and nowhere else: \`depends_on\` starts the other one, and opens
no way to it. Needs are read from variables (URLs, \`host:port\`, \`DB_HOST\`), command lines, and mounted configuration: scrape
targets of Prometheus, data sources of Grafana, upstreams of nginx.

A mere \`depends_on\` is not found, nor are services with the network of the host or of another service, names that
\`extra_hosts\` gives, and hosts in an env file that several services read, of which nobody knows whose they are.`,
    source: 'compose-spec 06-networks.md',
    bad: 'services:\n  api:\n    image: example/api:1\n    environment: {CACHE_URL: "redis://cache:6379"}\n    networks: [front]\n  cache:\n    image: redis:7\n    networks: [back]\nnetworks:\n  front:\n  back:\n',
    good: 'services:\n  api:\n    image: example/api:1\n    environment: {CACHE_URL: "redis://cache:6379"}\n    depends_on: [cache]\n    networks: [front, back]\n  cache:\n    image: redis:7\n    networks: [back]\nnetworks:\n  front:\n  back:\n',
    whenOff: 'When containers are put on further networks from outside.',
  },
  *checkStack(stack) {
    if (!isConnected(stack)) yield* problemsIn(stack);
  },
});
