import { isDatastore, knownImage } from '../src/lint/known-image.js';
import { openPortsOf } from '../src/lint/loopback.js';
import { isProduction } from '../src/lint/purpose.js';
import { defineRule } from '../src/lint/rule.js';
import type { ServiceSubject, StackSubject } from '../src/lint/subjects.js';
import { formatHostPort } from '../src/model/service.js';

const WEB: readonly number[] = [80, 443];

/** Ports of protocols that are spoken with other machines, whatever stands in front: mail, DNS, SSH, MQTT, VPN, media. */
const FOR_OTHERS: ReadonlySet<number> = new Set([
  21, 22, 25, 53, 110, 143, 465, 587, 636, 993, 995, 1194, 1883, 2222, 3478, 4443, 5222, 5269, 5349, 8883, 51820,
]);

/** Whether a service is what visitors of a stack come to: it has a port of the web. */
const isFrontDoor = (service: ServiceSubject): boolean =>
  openPortsOf(service).some(({ published }) => published !== undefined && WEB.includes(published.first));

const isProxy = (service: ServiceSubject): boolean => knownImage(service)?.facts.kind === 'proxy';

const frontDoorOf = ({ services }: StackSubject): ServiceSubject | undefined =>
  [...services.values()].find((service) => service.isActive && isFrontDoor(service));

/** Whether `exposed-datastore` speaks about the port. */
const isDatastorePort = (service: ServiceSubject): boolean => {
  const facts = knownImage(service)?.facts;
  return facts !== undefined && (isDatastore(facts) || facts.kind === 'admin-console');
};

export default defineRule({
  meta: {
    id: 'published-port-in-prod',
    severity: 'warning',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'In production a service is published beside the proxy that stands in front of it',
    description: `A stack that publishes port 80 or 443 is meant to be entered there. Another service that publishes a port,
often one left over from the base, is reached without the proxy's TLS, limits and access rules.

Looked at are stacks with a production file. Not found are ports on a loopback address, UDP, the ports of protocols that no web
proxy passes on (mail, SSH, MQTT …), and stacks without such an entrance: there the port is the entrance.`,
    source: 'compose-spec 05-services.md, "ports"',
    bad: {
      'compose.yml': 'services:\n  api:\n    image: example/api:1\n    ports: ["8000:8000"]\n',
      'compose.prod.yml':
        'services:\n  api:\n    restart: always\n  web:\n    image: nginx:1.27\n    ports: ["443:443"]\n',
    },
    good: {
      'compose.yml': 'services:\n  api:\n    image: example/api:1\n',
      'compose.override.yml': 'services:\n  api:\n    ports: ["8000:8000"]\n',
      'compose.prod.yml':
        'services:\n  api:\n    restart: always\n  web:\n    image: nginx:1.27\n    ports: ["443:443"]\n',
    },
    whenOff: 'When a firewall in front of the host lets only the entrance through.',
  },
  *checkStack(stack) {
    const door = isProduction(stack) ? frontDoorOf(stack) : undefined;
    if (!door) return;
    for (const service of stack.services.values()) {
      if (!service.isActive || isFrontDoor(service) || isProxy(service) || isDatastorePort(service)) continue;
      for (const port of openPortsOf(service)) {
        const { at, published, target, protocol } = port;
        if (!at || !published || protocol === 'udp' || FOR_OTHERS.has(target) || FOR_OTHERS.has(published.first))
          continue;
        yield {
          at,
          message: `In production "${service.name}" publishes ${formatHostPort(port)}: it can be reached past "${door.name}".`,
          help: `Leave the port to a file for development, or publish it on 127.0.0.1; "${door.name}" reaches the service without it.`,
          notes: door.key
            ? [{ at: door.key, message: `"${door.name}" is the entrance of the stack "${stack.name}"` }]
            : [],
          path: ['services', service.name, 'ports'],
          evidence: `${target}/${protocol}`,
        };
      }
    }
  },
});
