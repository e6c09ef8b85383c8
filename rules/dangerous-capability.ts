import { knownImage } from '../src/lint/known-image.js';
import { milderOutsideProduction } from '../src/lint/purpose.js';
import { defineRule, type Severity } from '../src/lint/rule.js';
import type { ServiceSubject } from '../src/lint/subjects.js';
import { wordsOf } from '../src/model/service.js';
import { get, placeOfValue, textOf } from '../src/model/value.js';

/** What a capability allows beyond the container, behind "…, with which it can ". */
type Grant = { readonly severity: Severity; readonly allows: string };

/** @see man 7 capabilities; docs.docker.com, "Runtime privilege and Linux capabilities" */
const GRANTS: ReadonlyMap<string, Grant> = new Map<string, Grant>([
  ['ALL', { severity: 'error', allows: 'do everything that root on the host can' }],
  ['SYS_ADMIN', { severity: 'error', allows: 'mount file systems and leave the container' }],
  ['SYS_MODULE', { severity: 'error', allows: 'load code into the kernel of the host' }],
  ['SYS_RAWIO', { severity: 'error', allows: 'read and write the memory and the devices of the host' }],
  ['SYS_BOOT', { severity: 'error', allows: 'restart the host' }],
  ['DAC_READ_SEARCH', { severity: 'error', allows: 'read every file of the host' }],
  ['MAC_ADMIN', { severity: 'error', allows: 'change the rules that confine containers' }],
  ['MAC_OVERRIDE', { severity: 'error', allows: 'pass over the rules that confine containers' }],
  ['BPF', { severity: 'error', allows: 'load programs into the kernel of the host' }],
  ['SYS_TIME', { severity: 'warning', allows: 'set the clock of the host' }],
  ['SYSLOG', { severity: 'warning', allows: 'read the messages of the kernel, addresses included' }],
  ['PERFMON', { severity: 'warning', allows: 'watch what the kernel of the host does' }],
]);

/** What some capabilities allow in a namespace that is the host's. In one of the container's own they stay inside. */
const GRANTS_ON_HOST: Readonly<Record<string, { readonly key: string; readonly grant: Grant }>> = {
  SYS_PTRACE: { key: 'pid', grant: { severity: 'error', allows: 'read and change every process of the host' } },
  NET_ADMIN: { key: 'network_mode', grant: { severity: 'warning', allows: 'change the network of the host' } },
};

const grantOf = (capability: string, service: ServiceSubject): Grant | undefined => {
  const onHost = GRANTS_ON_HOST[capability];
  if (!onHost) return GRANTS.get(capability);
  const isMeant = knownImage(service)?.facts.hostUse?.includes('network-admin') ?? false;
  return textOf(get(service.value, onHost.key)) === 'host' && !isMeant ? onHost.grant : undefined;
};

/** Whether mounting is what the service is for: FUSE has a device of its own. */
const mountsByFuse = ({ value }: ServiceSubject): boolean => {
  const devices = get(value, 'devices');
  return devices?.kind === 'sequence' && devices.items.some((device) => textOf(get(device, 'source')) === '/dev/fuse');
};

export default defineRule({
  meta: {
    id: 'dangerous-capability',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A service gets a capability that reaches beyond its container',
    description: `Most capabilities stay inside the container. Those that let it load kernel code, mount file systems, read any file or set the
clock do not. Names are compared without \`CAP_\` and case.

\`SYS_PTRACE\` and \`NET_ADMIN\` act in the namespaces that the container has: they are found where it shares the host's. So a VPN
that sets up its own network is not found, nor are the capabilities that reach nothing outside (\`NET_RAW\`, \`SYS_NICE\`, \`IPC_LOCK\` …).`,
    source: 'compose-spec 05-services.md, "cap_add"; man 7 capabilities',
    bad: 'services:\n  backup:\n    image: example/backup:1\n    cap_add: [SYS_ADMIN]\n',
    good: 'services:\n  vpn:\n    image: example/vpn:1\n    cap_add: [NET_ADMIN]\n    devices: ["/dev/net/tun"]\n',
    whenOff: 'For services that are part of the host.',
  },
  *checkService(service) {
    const { name, value, stack } = service;
    for (const word of wordsOf(get(value, 'cap_add'))) {
      const capability = String(word.value).toUpperCase().replace(/^CAP_/, '');
      const grant = grantOf(capability, service);
      const at = placeOfValue(word);
      if (!grant || !at) continue;
      const isForFuse = capability === 'SYS_ADMIN' && mountsByFuse(service);
      yield {
        at,
        message: `"${name}" gets the capability ${capability}, with which it can ${grant.allows}.`,
        help: 'Take it away, or name the narrower capability that the service needs.',
        severity: milderOutsideProduction(isForFuse ? 'warning' : grant.severity, at, stack),
        path: ['services', name, 'cap_add'],
        evidence: capability,
      };
    }
  },
});
