import type { ImageFacts } from '../src/catalog/facts.js';
import { isDatastore, knownImage } from '../src/lint/known-image.js';
import { bindToLoopback, isOnAllAddresses, isUnsettled, openPortsOf } from '../src/lint/loopback.js';
import { defineRule } from '../src/lint/rule.js';
import { formatHostPort, type Port } from '../src/model/service.js';

/** Whether a port is one that the image is for, under the number that clients know it by: 53 of a name server. */
const isForEverybody = ({ target, published, protocol }: Port, facts: ImageFacts | undefined): boolean =>
  target < 1024 &&
  published?.first === target &&
  (facts?.ports.some(
    (known) => known.use === 'web' && known.port === target && (known.protocol ?? 'tcp') === protocol,
  ) ??
    false);

export default defineRule({
  meta: {
    id: 'unbound-port',
    severity: 'warning',
    preset: 'strict',
    fix: 'unsafe',
    since: '0.1.0',
    summary: 'A port is published on every address of the host',
    description: `A port without an address, or with \`0.0.0.0\` or \`::\`, is open to whoever reaches the machine, past the host's own firewall.
Not found are what is made for that: ports 80 and 443, those of a proxy, UDP, and what a well-known image
serves on a number that everybody knows, such as a name server on 53. The ports of datastores are the matter of
\`exposed-datastore\`. An address from a variable that nobody has set is not guessed.`,
    source: 'compose-spec 05-services.md, "ports"; docs.docker.com, "Packet filtering and firewalls"',
    bad: 'services:\n  api:\n    image: example/api:1\n    ports: ["8000:8000"]\n',
    good: 'services:\n  api:\n    image: example/api:1\n    ports: ["127.0.0.1:8000:8000"]\n  web:\n    image: nginx:1.27\n    ports: ["443:443"]\n',
    fixSafety: 'The port is published on 127.0.0.1: other machines no longer reach it, programs on the host still do.',
    whenOff: 'On a machine that only ever runs behind a firewall of its own.',
  },
  *checkService(service) {
    const facts = knownImage(service)?.facts;
    if (facts?.kind === 'proxy' || (facts && isDatastore(facts))) return;
    for (const port of openPortsOf(service)) {
      const { at, published, protocol } = port;
      if (!at || !published || protocol === 'udp' || !isOnAllAddresses(port) || isUnsettled(port)) continue;
      if (published.first === 80 || published.first === 443 || isForEverybody(port, facts)) continue;
      yield {
        at,
        message: `"${service.name}" publishes ${formatHostPort(port)} on every address of the host.`,
        help: 'Name the address that it is for: 127.0.0.1 for programs on the host.',
        path: ['services', service.name, 'ports'],
        evidence: `${port.target}/${protocol}`,
        fix: () => bindToLoopback(port),
      };
    }
  },
});
