import { knownImage } from '../src/lint/known-image.js';
import { milderOutsideProduction } from '../src/lint/purpose.js';
import { defineRule } from '../src/lint/rule.js';
import { get, placeOfValue } from '../src/model/value.js';

export default defineRule({
  meta: {
    id: 'privileged',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A service runs privileged',
    description: `A privileged container has every capability and every device of the host, and no confinement: root in it is root outside. What
needs one device or one capability can be given just that. The rule looks at the merged service, so that \`privileged\` in an anchor,
behind \`extends\` or in another file is found.

It is a warning for images that run containers of their own (Docker in Docker), and in files for development and tests.`,
    source: 'compose-spec 05-services.md, "privileged"',
    bad: 'services:\n  agent:\n    image: example/agent:1\n    privileged: true\n',
    good: 'services:\n  agent:\n    image: example/agent:1\n    devices: ["/dev/ttyUSB0"]\n    cap_add: [NET_RAW]\n',
    whenOff: 'For services that are part of the host, such as a runner of builds on a machine of its own.',
  },
  *checkService(service) {
    const { name, value, stack } = service;
    const privileged = get(value, 'privileged');
    const at = privileged && placeOfValue(privileged);
    if (!at || privileged.kind !== 'scalar' || privileged.value !== true) return;
    const runsContainers = knownImage(service)?.facts.hostUse?.includes('kernel') ?? false;
    yield {
      at,
      message: `"${name}" runs privileged: root in the container is root on the host.`,
      help: 'Give it the device (`devices`) or the capability (`cap_add`) that it needs instead.',
      severity: runsContainers ? 'warning' : milderOutsideProduction('error', at, stack),
      path: ['services', name, 'privileged'],
    };
  },
});
