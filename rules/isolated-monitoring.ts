import { imageFacts } from '../src/catalog/images.js';
import { defineRule, type Problem } from '../src/lint/rule.js';
import type { FileSubject, ServiceSubject, StackSubject, WorkspaceSubject } from '../src/lint/subjects.js';
import { writtenServices } from '../src/lint/written-services.js';
import { namesIn } from '../src/model/service.js';
import { get, isTrue, type Mapping, placeOfValue, textOf } from '../src/model/value.js';
import { firstOf, listed } from '../src/source/listed.js';

/** Images that go and fetch what they collect, by their names in the catalogue. */
const COLLECTORS: ReadonlySet<string> = new Set([
  'prom/prometheus',
  'victoriametrics/victoria-metrics',
  'telegraf',
  'louislam/uptime-kuma',
]);

const factsOf = (service: Mapping) => imageFacts(textOf(get(service, 'image')) ?? '');

const isCollector = (service: Mapping): boolean =>
  factsOf(service)?.names.some((name) => COLLECTORS.has(name)) ?? false;

const networksOf = (service: Mapping): readonly string[] => namesIn(get(service, 'networks'));

const isExternal = ({ model }: StackSubject, network: string): boolean => {
  const external = get(model, 'networks', network, 'external');
  return isTrue(external);
};

const quoted = (names: readonly string[]): readonly string[] => names.map((name) => `"${name}"`);

/** Services named in a message; more are counted. */
const MOST_NAMED = 3;

const listOf = (services: readonly ServiceSubject[]): string => {
  const names = quoted(services.map(({ name }) => name));
  return listed(names.length > MOST_NAMED + 1 ? firstOf(names, MOST_NAMED) : names);
};

/** The services on each network of a stack. */
const membersOf = ({ services }: StackSubject): ReadonlyMap<string, readonly ServiceSubject[]> => {
  const members = new Map<string, ServiceSubject[]>();
  for (const service of services.values())
    for (const network of networksOf(service.value)) {
      const known = members.get(network);
      if (known) known.push(service);
      else members.set(network, [service]);
    }
  return members;
};

/**
 * What may stand between a collector and what it watches: an exporter or an agent that is on a further network, or one that
 * looks at the host.
 */
const isBridge = ({ value }: ServiceSubject, own: ReadonlySet<string>): boolean => {
  const facts = factsOf(value);
  return (facts?.hostUse ?? []).length > 0 || networksOf(value).some((network) => !own.has(network));
};

function* blindIn(stack: StackSubject): Generator<Problem> {
  const collectors = [...stack.services.values()].filter(({ value }) => isCollector(value));
  if (collectors.length === 0) return;
  const members = membersOf(stack);
  const watched = [...stack.services.values()].filter(
    ({ value }) => factsOf(value)?.kind !== 'monitoring' && networksOf(value).length > 0,
  );
  for (const { name, value, key } of collectors) {
    const networks = networksOf(value);
    const own = new Set(networks);
    const beside = networks.flatMap((network) => members.get(network) ?? []).filter((other) => other.value !== value);
    const at = placeOfValue(get(value, 'networks') ?? value) ?? key;
    if (!at || networks.length === 0 || watched.length === 0 || get(value, 'extra_hosts')) continue;
    if (networks.some((network) => isExternal(stack, network))) continue;
    if (beside.some((other) => watched.includes(other) || isBridge(other, own))) continue;
    yield {
      at,
      message: `"${name}" is on ${quoted(networks)} alone, and ${listOf(watched)} on none of its networks: it reaches nothing that it could watch.`,
      help: `Put it on their networks as well, or them on ${quoted(networks)}.`,
      path: ['services', name, 'networks'],
    };
  }
}

const sameProduct = (a: Mapping, b: Mapping): boolean => {
  const facts = factsOf(a);
  return facts !== undefined && facts === factsOf(b);
};

/** Whether some service may have an image in several files, as far as these tell without being resolved. */
const mayBeShared = ({ files }: WorkspaceSubject): boolean => {
  const seen = new Set<string>();
  for (const file of files) {
    if (file.roots.some((root) => get(root, 'include'))) return true;
    const names = new Set(writtenServices(file).map(({ name }) => name));
    for (const name of names) {
      const keys = file.writtenKeys(name);
      if (!keys.has('image') && !keys.has('extends')) continue;
      if (seen.has(name)) return true;
      seen.add(name);
    }
  }
  return false;
};

/** A collector that two files define, each on networks that the other one's does not have. */
const halved = (
  earlier: FileSubject,
  later: FileSubject,
  name: string,
  { stacks }: WorkspaceSubject,
): Problem | undefined => {
  const [ours, theirs] = [earlier.services.get(name), later.services.get(name)];
  if (!ours || !theirs || !isCollector(ours) || !sameProduct(ours, theirs)) return undefined;
  const [first, second] = [networksOf(ours), networksOf(theirs)];
  const at = placeOfValue(get(theirs, 'networks') ?? theirs);
  const other = placeOfValue(get(ours, 'networks') ?? ours);
  if (!at || !other || first.length + second.length === 0 || second.some((network) => first.includes(network)))
    return undefined;
  if (!stacks.some(({ files }) => files.includes(earlier) && files.includes(later))) return undefined;
  return {
    at,
    message: `"${name}" is on ${quoted(second)} here, and on ${quoted(first)} in ${earlier.name}: each of the two watches only its own part.`,
    help: 'Keep one of them, on the networks of all that it watches.',
    notes: [{ at: other, message: `on ${quoted(first)} here` }],
    path: ['services', name, 'networks'],
    evidence: earlier.name,
  };
};

export default defineRule({
  meta: {
    id: 'isolated-monitoring',
    severity: 'info',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'Monitoring shares no network with what it watches',
    description: `Prometheus and its like fetch what they collect from the services, and reach those on their own networks only. A separate network for
monitoring is good, when the watched services are on it, too.

Two things are found. A collector shares a network with monitoring alone, with no exporter or agent there that has a further network
or looks at the host. And two files that are loaded together define the same collector in full, each on networks of its own, so that
nobody sees the whole. What joins by an external network, the network of the host or \`extra_hosts\` is not known, and left alone.`,
    source: 'compose-spec 06-networks.md',
    bad: 'services:\n  api:\n    image: example/api:1\n  prometheus:\n    image: prom/prometheus:v3.5.0\n    networks: [monitoring]\nnetworks:\n  monitoring:\n',
    good: 'services:\n  api:\n    image: example/api:1\n    networks: [default, monitoring]\n  prometheus:\n    image: prom/prometheus:v3.5.0\n    networks: [monitoring]\nnetworks:\n  monitoring:\n',
    whenOff: 'When it watches other projects or machines, by addresses that its configuration gives.',
  },
  *checkStack(stack) {
    yield* blindIn(stack);
  },
  *checkWorkspace(workspace) {
    if (!mayBeShared(workspace)) return;
    const complete = workspace.files.filter(({ isSelfSufficient }) => isSelfSufficient);
    for (const [i, later] of complete.entries())
      for (const name of later.services.keys())
        for (const earlier of complete.slice(0, i)) {
          const problem = halved(earlier, later, name, workspace);
          if (problem) yield problem;
        }
  },
});
