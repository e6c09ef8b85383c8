import type { ImagePort } from '../src/catalog/facts.js';
import { switchSet } from '../src/lint/container.js';
import { isDatastore, type KnownImage, knownImage } from '../src/lint/known-image.js';
import { bindToLoopback, isOnAllAddresses, isUnsettled, openPortsOf } from '../src/lint/loopback.js';
import { milderOutsideProduction } from '../src/lint/purpose.js';
import { defineRule, type Problem } from '../src/lint/rule.js';
import type { ServiceSubject } from '../src/lint/subjects.js';
import type { Port } from '../src/model/service.js';
import type { Span } from '../src/source/source.js';

/** What the catalogue says of the port that is published, where it is one for data or administration. */
const inner = (service: ServiceSubject, { facts }: KnownImage, { target, protocol }: Port): ImagePort | undefined =>
  facts.ports.find(
    ({ port, use, protocol: known = 'tcp', openedBy }) =>
      port === target &&
      known === protocol &&
      (use === 'admin' || (use === 'data' && isDatastore(facts))) &&
      (!openedBy || switchSet(service, openedBy) !== undefined),
  );

const problemOf = (
  service: ServiceSubject,
  image: KnownImage,
  port: Port,
  use: ImagePort['use'],
  at: Span,
): Problem => {
  const { name, stack } = service;
  const { title, kind } = image.facts;
  const what =
    use === 'admin' && kind !== 'admin-console'
      ? `the port ${port.target} that ${title} is governed by`
      : `the port ${port.target} of ${title}`;
  const isPicked = port.published === undefined && !isUnsettled(port);
  const where = `on every address of the host${isPicked ? ', under a number that Docker picks' : ''}`;
  return {
    at,
    message: `"${name}" publishes ${what} ${where}, past the host's firewall: other machines can reach it.`,
    help: 'Other services reach it without that. For programs on the host, publish it on 127.0.0.1.',
    severity: milderOutsideProduction(use === 'data' && !isPicked ? 'error' : 'warning', at, stack),
    path: ['services', name, 'ports'],
    evidence: `${port.target}/${port.protocol}`,
    fix: () => bindToLoopback(port),
  };
};

export default defineRule({
  meta: {
    id: 'exposed-datastore',
    severity: 'error',
    preset: 'recommended',
    fix: 'unsafe',
    since: '0.1.0',
    summary: 'A database, cache, queue or console is published on every address of the host',
    description: `Docker opens published ports in front of the host's own firewall, so that \`5432:5432\` is open to whoever reaches the machine.
Services of one project need no published port to reach each other. The rule knows the ports of well-known images, and of images
that are built on them: those for data (an error), and those by which something is governed (a warning).

Not found are ports on a loopback or one chosen address, the ports that are made for other machines (a web page, the MQTT of
devices, the S3 API of an object store), and images that are not known. In files for development and tests it is a step milder.`,
    source: 'compose-spec 05-services.md, "ports"; docs.docker.com, "Packet filtering and firewalls"',
    bad: 'services:\n  db:\n    image: postgres:16\n    ports: ["5432:5432"]\n',
    good: 'services:\n  db:\n    image: postgres:16\n    ports: ["127.0.0.1:5432:5432"]\n',
    fixSafety: 'The port is published on 127.0.0.1: other machines no longer reach it, programs on the host still do.',
    whenOff: 'On a machine that only ever runs behind a firewall of its own.',
  },
  *checkService(service) {
    const image = knownImage(service);
    if (!image) return;
    for (const port of openPortsOf(service)) {
      const known = inner(service, image, port);
      // With a number, the variable that nobody has set may have been an address.
      const isKnown = isOnAllAddresses(port) && !(port.published && isUnsettled(port));
      if (known && port.at && isKnown) yield problemOf(service, image, port, known.use, port.at);
    }
  },
});
