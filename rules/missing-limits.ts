import { data } from '../src/lint/edits/content.js';
import { insertAt } from '../src/lint/edits/insert-at.js';
import { isOneShot, isProduction, isSwarm } from '../src/lint/purpose.js';
import { defineRule, type Fix } from '../src/lint/rule.js';
import type { ServiceSubject, StackSubject } from '../src/lint/subjects.js';
import { get, type Mapping, placeOfValue } from '../src/model/value.js';

const memoryLimitOf = (service: Mapping) =>
  get(service, 'mem_limit') ?? get(service, 'deploy', 'resources', 'limits', 'memory');

const isLasting = (service: ServiceSubject): boolean =>
  service.isActive && !isOneShot(service) && get(service.value, 'provider') === undefined;

/** Writes the limit that is decided into the production file. A limit is never made up. */
const decidedLimit = (name: string, { files, workspace }: StackSubject): Fix | undefined => {
  const limits = workspace.settings.decisions.prod?.limits;
  const memory = (limits?.get(name) ?? limits?.get('default'))?.memory;
  const target = files.find(({ role }) => role === 'prod');
  if (memory === undefined || !target) return undefined;
  const path = ['services', name, 'deploy', 'resources', 'limits', 'memory'];
  const edits = insertAt(target.source, path, 'entry', data(memory));
  return edits && { title: `Limit its memory to ${memory}, as decided`, applicability: 'unsafe', edits };
};

export default defineRule({
  meta: {
    id: 'missing-limits',
    severity: 'warning',
    preset: 'recommended',
    fix: 'unsafe',
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
    fixSafety: `The limit that \`decisions.prod.limits\` names is written into the production file: the kernel ends the service when it takes
more.`,
    options: {
      decisions:
        'in `prod.limits` the limits by service, `default` for all others: the fix writes the one of memory; without it there is no fix.',
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
        fix: () => decidedLimit(name, stack),
      };
    }
  },
});
