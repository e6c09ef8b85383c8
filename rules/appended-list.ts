import { collide } from '../src/lint/host-ports.js';
import { defineRule, type Fix, type Problem } from '../src/lint/rule.js';
import type { FileSubject, ServiceSubject } from '../src/lint/subjects.js';
import { isLayer, isTagged, placeIn, writtenService } from '../src/lint/written-services.js';
import { formatHostPort, type Port, portsOf } from '../src/model/service.js';
import { get, itemsOf, placeOfValue, textOf, type Value } from '../src/model/value.js';
import type { Span } from '../src/source/source.js';

/** An entry of a merged list, and the file that wrote it. */
type Entry = { readonly at: Span; readonly file: FileSubject; readonly rank: number };

const entryAt = ({ stack }: ServiceSubject, at: Span | undefined): Entry | undefined => {
  const rank = stack.files.findIndex(({ source }) => source === at?.source);
  const file = stack.files[rank];
  return at && file ? { at, file, rank } : undefined;
};

/** Writes `!override` behind the key of a list, so that it takes the place of the list below. */
const overrideFix = (file: FileSubject, service: string, key: string): Fix | undefined => {
  const written = writtenService(file, service);
  const place = written && placeIn(written, [key]);
  const colon = place?.steps.at(-1)?.item.colon;
  if (!place || colon === undefined || isTagged(place) || place.node.properties.length > 0) return undefined;
  if (place.node.kind !== 'sequence') return undefined;
  const { source } = file;
  return {
    title: `Replace the whole list with \`${key}: !override\``,
    applicability: 'unsafe',
    edits: [{ at: { source, start: colon + 1, end: colon + 1 }, text: ' !override' }],
  };
};

type Addition = {
  readonly earlier: Entry;
  readonly later: Entry;
  readonly key: string;
  readonly message: string;
  readonly note: string;
  readonly evidence: string;
};

const problemOf = (service: ServiceSubject, addition: Addition): Problem => {
  const { earlier, later, key, message, note, evidence } = addition;
  return {
    at: later.at,
    message,
    help: `Lists of several files add up. Write \`${key}: !override\` (Docker Compose 2.24.4 or later) and list all that you want, or change the entry in ${earlier.file.name}.`,
    notes: [{ at: earlier.at, message: note }],
    path: ['services', service.name, key],
    evidence,
    fix: () => overrideFix(later.file, service.name, key),
  };
};

const collides = (service: ServiceSubject, a: Port, b: Port): boolean =>
  a.published !== undefined &&
  b.published !== undefined &&
  collide({ service, port: a, number: a.published.first }, { service, port: b, number: b.published.first });

const hostSide = (port: Port): string => (port.published ? formatHostPort(port) : 'a port that Docker picks');

type AddedPort = { readonly port: Port; readonly entry: Entry };

/** What a service publishes and a file of the stack wrote, by the container's port. */
const portsByTarget = (service: ServiceSubject): ReadonlyMap<string, readonly AddedPort[]> => {
  const groups = new Map<string, AddedPort[]>();
  for (const port of portsOf(service.value)) {
    const entry = entryAt(service, port.at);
    if (!entry) continue;
    const target = `${port.target}${port.protocol === 'tcp' ? '' : `/${port.protocol}`}`;
    const group = groups.get(target) ?? [];
    group.push({ port, entry });
    groups.set(target, group);
  }
  return groups;
};

/** The ports of a group that are the only one of their file. */
const alone = (group: readonly AddedPort[]): readonly AddedPort[] => {
  const counts = new Map<number, number>();
  for (const { entry } of group) counts.set(entry.rank, (counts.get(entry.rank) ?? 0) + 1);
  return group.filter(({ entry }) => counts.get(entry.rank) === 1);
};

function* addedPorts(service: ServiceSubject): Generator<Addition> {
  for (const [target, group] of portsByTarget(service))
    for (const { port: second, entry: later } of alone(group)) {
      if (!second.published || !isLayer(later.file)) continue;
      for (const { port: first, entry: earlier } of group) {
        if (earlier.rank >= later.rank || collides(service, first, second)) continue;
        yield {
          earlier,
          later,
          key: 'ports',
          message: `"${service.name}" publishes its port ${target} twice: as ${hostSide(second)} here, and still as ${hostSide(first)} because of ${earlier.file.name}.`,
          note: `also published as ${hostSide(first)}`,
          evidence: `${hostSide(first)} ${hostSide(second)} ${target}`,
        };
      }
    }
}

/** Items of a list of texts, with the file that each came from. */
const entriesOf = (service: ServiceSubject, list: Value | undefined): readonly { entry: Entry; text: string }[] =>
  itemsOf(list).flatMap((item) => {
    const entry = entryAt(service, placeOfValue(item));
    return entry ? [{ entry, text: textOf(item) ?? '' }] : [];
  });

/** A host of `extra_hosts` has a list of addresses. */
function* addedHosts(service: ServiceSubject): Generator<Addition> {
  const hosts = get(service.value, 'extra_hosts');
  if (hosts?.kind !== 'mapping') return;
  for (const [host, { value }] of hosts.entries) {
    const [first, ...others] = entriesOf(service, value);
    const later = others.find(({ entry }) => first && entry.rank > first.entry.rank);
    if (!first || !later || !isLayer(later.entry.file)) continue;
    yield {
      earlier: first.entry,
      later: later.entry,
      key: 'extra_hosts',
      message: `"${service.name}" has two addresses for the host ${host}: ${later.text} from here, and still ${first.text} from ${first.entry.file.name}.`,
      note: `${host} is ${first.text} here`,
      evidence: host,
    };
  }
}

function* addedResolvers(service: ServiceSubject): Generator<Addition> {
  const [first, ...others] = entriesOf(service, get(service.value, 'dns'));
  const later = others.find(({ entry }) => first && entry.rank > first.entry.rank);
  if (!first || !later || !isLayer(later.entry.file)) return;
  yield {
    earlier: first.entry,
    later: later.entry,
    key: 'dns',
    message: `"${service.name}" asks the DNS server ${first.text} of ${first.entry.file.name} first, and ${later.text} of this file only when that one does not answer.`,
    note: `${first.text} comes first`,
    evidence: `${first.text} ${later.text}`,
  };
}

export default defineRule({
  meta: {
    id: 'appended-list',
    severity: 'warning',
    preset: 'recommended',
    fix: 'unsafe',
    since: '0.1.0',
    summary: 'A file adds to a list that it seems to want to replace',
    description: `Most lists of several files add up. A second file that publishes a container's port on another host port does not move it: both
host ports are open, and the first one may be the one that production must not have. The rule finds a port of one container that an
earlier file publishes elsewhere, a host of \`extra_hosts\` that gets a second address, and a DNS server behind that of an earlier
file.

Two entries that take the same host port are a \`port-collision\`. Mounts are told apart by their target, so that a later one
does replace the earlier one. A file that lists several host ports for one container port means it so.`,
    source: 'compose-spec 13-merge.md, "Unique resources"; docker/compose#3729',
    bad: {
      'docker-compose.yml': 'services:\n  web:\n    image: example/web:1\n    ports: ["3000:3000"]\n',
      'docker-compose.prod.yml': 'services:\n  web:\n    ports: ["127.0.0.1:8080:3000"]\n',
    },
    good: {
      'docker-compose.yml': 'services:\n  web:\n    image: example/web:1\n    ports: ["3000:3000"]\n',
      'docker-compose.prod.yml': 'services:\n  web:\n    ports: !override ["127.0.0.1:8080:3000"]\n',
    },
    fixSafety: `With \`!override\` the list takes the place of the one below: everything that the earlier file has in it, and that this one does not
list, goes. Docker Compose before 2.24.4 does not know the tag.`,
    whenOff: 'When additional ports are what the file is for.',
  },
  *checkService(service) {
    for (const addition of [...addedPorts(service), ...addedHosts(service), ...addedResolvers(service)])
      yield problemOf(service, addition);
  },
});
