import { isOneShot, isProduction, isSwarm } from '../src/lint/purpose.js';
import { defineRule } from '../src/lint/rule.js';
import type { ServiceSubject } from '../src/lint/subjects.js';
import { get, type Mapping, placeOfValue } from '../src/model/value.js';

const memoryLimitOf = (service: Mapping) =>
  get(service, 'mem_limit') ?? get(service, 'deploy', 'resources', 'limits', 'memory');

const isLasting = (service: ServiceSubject): boolean =>
  service.isActive && !isOneShot(service) && get(service.value, 'provider') === undefined;

export default defineRule({
  meta: {
    id: 'missing-limits',
    severity: 'warning',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'In production some services have a limit of memory, and others have none',
    description: `A service without a limit can take all the memory of the machine; the kernel then ends whatever is largest, which may be the
database. Looked at are stacks with a production file in which at least one service has a limit: there somebody has shared out the
memory, and what has none undoes that. Whether a project without any limit needs them is for its people to say.

Services that end by themselves, and those that only a profile starts, are not found.`,
    source: 'compose-spec deploy.md, "resources"; 05-services.md, "mem_limit"',
    bad: {
      'compose.yml': 'services:\n  api:\n    image: example/api:1\n  worker:\n    image: example/worker:1\n',
      'compose.prod.yml': 'services:\n  api:\n    deploy: {resources: {limits: {memory: 512M}}}\n',
    },
    good: {
      'compose.yml': 'services:\n  api:\n    image: example/api:1\n  worker:\n    image: example/worker:1\n',
      'compose.prod.yml':
        'services:\n  api:\n    deploy: {resources: {limits: {memory: 512M}}}\n  worker:\n    mem_limit: 1g\n',
    },
    whenOff: 'When the services without a limit are meant to take what is left.',
  },
  *checkStack(stack) {
    if (!isProduction(stack) || isSwarm(stack)) return;
    const lasting = [...stack.services.values()].filter(isLasting);
    const limited = lasting.find(({ value }) => memoryLimitOf(value));
    const limit = limited && memoryLimitOf(limited.value);
    const limitedAt = limit && placeOfValue(limit);
    if (!limited) return;
    for (const { name, value, key } of lasting) {
      const at = key ?? placeOfValue(value);
      if (!at || memoryLimitOf(value)) continue;
      yield {
        at,
        message: `In production "${name}" may take all the memory of the machine, although "${limited.name}" has a limit.`,
        help: 'Set `deploy.resources.limits.memory`.',
        notes: limitedAt ? [{ at: limitedAt, message: `the limit of "${limited.name}"` }] : [],
        path: ['services', name, 'deploy', 'resources', 'limits', 'memory'],
      };
    }
  },
});
