import { data } from '../src/lint/edits/content.js';
import { insertAt } from '../src/lint/edits/insert-at.js';
import { isOneShot, isProduction, isSwarm } from '../src/lint/purpose.js';
import { defineRule, fixBy, type Problem } from '../src/lint/rule.js';
import type { ServiceSubject, StackSubject } from '../src/lint/subjects.js';
import { textsIn } from '../src/model/service.js';
import { get, isTrue, type Mapping, placeOfValue } from '../src/model/value.js';

/** Whether a service is to run all the time: none that ends by itself, is asked for by a profile, or only shows a prompt. */
const isLasting = (service: ServiceSubject): boolean => {
  const { value } = service;
  const tty = get(value, 'tty');
  return (
    !isOneShot(service) &&
    textsIn(get(value, 'profiles')).length === 0 &&
    get(value, 'provider') === undefined &&
    !isTrue(tty)
  );
};

const restarts = (service: Mapping): boolean =>
  get(service, 'restart') !== undefined || get(service, 'deploy', 'restart_policy') !== undefined;

function* forOne({ name, value, key }: ServiceSubject, stack: StackSubject): Generator<Problem> {
  const at = key ?? placeOfValue(value);
  if (!at) return;
  const target = stack.files.find(({ role }) => role === 'prod');
  yield {
    at,
    message: `In production "${name}" is not started again when it ends: it has no \`restart\`.`,
    help: `Add \`restart: unless-stopped\`${target ? ` in ${target.name}` : ''}.`,
    path: ['services', name, 'restart'],
    fix: () =>
      target &&
      fixBy(
        insertAt(target.source, ['services', name, 'restart'], 'entry', data('unless-stopped')),
        'unsafe',
        'Restart it unless it is stopped',
      ),
  };
}

/** Where nobody has thought of it, once is enough. */
function* forAll(services: readonly ServiceSubject[], stack: StackSubject): Generator<Problem> {
  const target = stack.files.find(({ role }) => role === 'prod');
  const first = services.find(({ key }) => key && key.source === target?.source) ?? services[0];
  const at = first?.key ?? (first && placeOfValue(first.value));
  if (!first || !at) return;
  yield {
    at,
    message: `In production none of the ${services.length} services is started again when it ends: there is no \`restart\`.`,
    help: `Add \`restart: unless-stopped\` to each${target ? ` in ${target.name}` : ''}.`,
    path: ['services', first.name, 'restart'],
    evidence: 'all',
  };
}

export default defineRule({
  meta: {
    id: 'missing-restart-policy',
    severity: 'warning',
    preset: 'recommended',
    fix: 'unsafe',
    since: '0.1.0',
    summary: 'In production a service is not started again when it ends',
    description: `Without \`restart\` a container that has crashed, or was running when the machine restarted, stays down until somebody notices.
Looked at are stacks with a production file, where \`restart\` may also stand in the base. Where no service has one, that is one
finding for all.

Not found are services that end by themselves (something waits for their end, or they are called \`migrate\`, \`init\`, \`backup\` and
the like), services behind a profile, those with \`restart: "no"\`, and what is written for Swarm, which restarts by itself.`,
    source: 'compose-spec 05-services.md, "restart"',
    bad: {
      'compose.yml': 'services:\n  api:\n    image: example/api:1\n',
      'compose.prod.yml': 'services:\n  api:\n    environment: {LOG_LEVEL: warn}\n',
    },
    good: {
      'compose.yml': 'services:\n  api:\n    image: example/api:1\n',
      'compose.prod.yml': 'services:\n  api:\n    restart: unless-stopped\n',
    },
    fixSafety: 'The service is started again when it ends, and when the machine starts, until it is stopped by hand.',
    whenOff: 'When something else starts the containers again, such as systemd.',
  },
  *checkStack(stack) {
    if (!isProduction(stack) || isSwarm(stack)) return;
    const lasting = [...stack.services.values()].filter(isLasting);
    const lacking = lasting.filter(({ value }) => !restarts(value));
    if (lacking.length > 2 && lacking.length === lasting.length) yield* forAll(lacking, stack);
    else for (const service of lacking) yield* forOne(service, stack);
  },
});
