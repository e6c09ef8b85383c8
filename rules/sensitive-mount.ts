import { type HostPath, hostPath } from '../src/lint/host-paths.js';
import { knownImage } from '../src/lint/known-image.js';
import { makeReadOnly } from '../src/lint/mount-edits.js';
import { milderOutsideProduction } from '../src/lint/purpose.js';
import { defineRule, fixBy, type Problem } from '../src/lint/rule.js';
import type { ServiceSubject } from '../src/lint/subjects.js';
import { type Mount, mountsOf } from '../src/model/service.js';
import { isInside } from '../src/source/path.js';
import type { Span } from '../src/source/source.js';

const problemOf = (service: ServiceSubject, mount: Mount, at: Span, found: HostPath): Problem | undefined => {
  const { name, stack } = service;
  const { sourceText = '', readOnly } = mount;
  const severity = readOnly ? found.readOnly : found.writable;
  const observes = knownImage(service)?.facts.hostUse?.includes('files') ?? false;
  if (!severity || (observes && readOnly)) return undefined;
  const helpsToRead = !readOnly && (found.readOnly !== 'error' || observes);
  const way = readOnly ? 'can read' : 'can read and write';
  return {
    at,
    message: `"${name}" ${way} ${sourceText} of the host, which holds ${found.holds}.`,
    help: helpsToRead
      ? 'Mount only what the service needs, and add `:ro` if it only reads.'
      : 'Mount only what the service needs.',
    severity: milderOutsideProduction(observes ? 'warning' : severity, at, stack),
    path: ['services', name, 'volumes'],
    evidence: sourceText,
    fix: () => (helpsToRead ? fixBy(makeReadOnly(mount), 'unsafe', 'Mount it read-only') : undefined),
  };
};

export default defineRule({
  meta: {
    id: 'sensitive-mount',
    severity: 'error',
    preset: 'recommended',
    fix: 'unsafe',
    since: '0.1.0',
    summary: 'A service gets a path of the host that gives the host away',
    description: `Found are mounts of the file system's root, of \`/etc\`, \`/proc\`, \`/sys\`, \`/dev\`, \`/boot\`, of homes and the credentials in
them (\`.ssh\`, \`.aws\`, \`.kube\` …), of the host's programs, kernel modules and the folders of Docker. How bad it is depends on
whether the mount is read-only: \`/lib/modules:ro\` is nothing to speak of, writable it is a way into the kernel.

Not found are \`/etc/localtime\` and its like, folders of one program below \`/etc\` and \`/var/lib\`, everything inside the project,
and what an image that watches the host mounts to read it (a node exporter, cAdvisor, a shipper of logs). The socket of Docker is
the matter of \`docker-socket\`.`,
    source: 'compose-spec 05-services.md, "volumes"; OWASP Docker Security Cheat Sheet',
    bad: 'services:\n  vpn:\n    image: example/vpn:1\n    volumes: ["/lib/modules:/lib/modules"]\n',
    good: 'services:\n  vpn:\n    image: example/vpn:1\n    volumes: ["/lib/modules:/lib/modules:ro", "/etc/localtime:/etc/localtime:ro"]\n',
    fixSafety: `The mount becomes read-only: a service that writes there fails.`,
    whenOff: 'For services that are part of the host, such as a backup of all of it.',
  },
  *checkService(service) {
    const { directory } = service.stack.workspace;
    for (const mount of mountsOf(service.value)) {
      const { at, type, sourceText } = mount;
      if (!at || type !== 'bind' || sourceText === undefined || isInside(directory, sourceText)) continue;
      const found = hostPath(sourceText);
      const problem = found && problemOf(service, mount, at, found);
      if (problem) yield problem;
    }
  },
});
