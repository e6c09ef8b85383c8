import type { HostUse } from '../src/catalog/facts.js';
import { knownImage } from '../src/lint/known-image.js';
import { milderOutsideProduction } from '../src/lint/purpose.js';
import { defineRule, type Severity } from '../src/lint/rule.js';
import { get, placeOfValue, textOf } from '../src/model/value.js';

/** Keys that take the container out of a namespace, and images that are made to be. */
const NAMESPACES: readonly {
  readonly key: string;
  readonly severity: Severity;
  readonly means: string;
  readonly help: string;
  readonly meantFor?: HostUse;
}[] = [
  {
    key: 'pid',
    severity: 'error',
    means: 'sees and can stop every process of the host',
    help: 'Take `pid` away.',
    meantFor: 'processes',
  },
  {
    key: 'ipc',
    severity: 'error',
    means: "shares the host's memory between processes",
    help: 'Take `ipc` away; for more shared memory there is `shm_size`.',
  },
  {
    key: 'uts',
    severity: 'warning',
    means: 'can rename the host',
    help: 'Take `uts` away; `hostname` names the container.',
  },
  {
    key: 'userns_mode',
    severity: 'error',
    means: 'is root on the host where it is root, although the daemon maps users',
    help: 'Take `userns_mode` away.',
    meantFor: 'processes',
  },
  {
    key: 'cgroup',
    severity: 'error',
    means: "sees, and if privileged changes, the host's control groups",
    help: 'Take `cgroup` away.',
    meantFor: 'processes',
  },
  {
    key: 'network_mode',
    severity: 'warning',
    means: "is on the host's network: every port that it opens is open to whoever reaches the host",
    help: 'Put it on a network of the project and publish the ports that are needed.',
    meantFor: 'network',
  },
];

export default defineRule({
  meta: {
    id: 'host-namespace',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A service shares a namespace of the host',
    description: `Containers have processes, memory, names, users, control groups and a network of their own. With \`host\` they have those of
the machine: other programs can be read, stopped or listened to, and nothing that the container opens is kept inside.

The host's network is a warning, and none for images that serve or watch it (a node exporter, a VPN, Home Assistant). The rule is
milder in files for development and tests.`,
    source: 'compose-spec 05-services.md, "pid", "ipc", "uts", "userns_mode", "cgroup", "network_mode"',
    bad: 'services:\n  worker:\n    image: example/worker:1\n    pid: host\n',
    good: 'services:\n  exporter:\n    image: prom/node-exporter:v1.8.2\n    pid: host\n    network_mode: host\n',
    whenOff: 'For services that are part of the host.',
  },
  *checkService(service) {
    const { name, value, stack } = service;
    const uses = knownImage(service)?.facts.hostUse ?? [];
    for (const { key, severity, means, help, meantFor } of NAMESPACES) {
      const given = get(value, key);
      const at = given && placeOfValue(given);
      if (!at || textOf(given) !== 'host' || (meantFor && uses.includes(meantFor))) continue;
      yield {
        at,
        message: `"${name}" ${means} (\`${key}: host\`).`,
        help,
        severity: milderOutsideProduction(severity, at, stack),
        path: ['services', name, key],
      };
    }
  },
});
