import { imageFacts } from '../src/catalog/images.js';
import { defineRule } from '../src/lint/rule.js';
import type { ServiceSubject } from '../src/lint/subjects.js';
import { namesIn } from '../src/model/service.js';
import { get, placeOfValue, textOf } from '../src/model/value.js';

/** Services that wait for this one. */
const dependents = ({ name, stack }: ServiceSubject): readonly string[] =>
  [...stack.services.values()]
    .filter(({ value }) => namesIn(get(value, 'depends_on')).includes(name))
    .map((service) => service.name);

/** Whether a service looks as if it ends by itself: something waits for its end, or it must not be restarted. */
const isOneShot = ({ name, value, stack }: ServiceSubject): boolean =>
  textOf(get(value, 'restart')) === 'no' ||
  [...stack.services.values()].some(
    (other) => textOf(get(other.value, 'depends_on', name, 'condition')) === 'service_completed_successfully',
  );

/** Whether a probe is known to exist outside of the Compose files, or cannot be ruled out. */
const hasProbeElsewhere = ({ value, dockerfile }: ServiceSubject): boolean => {
  if (get(value, 'build')) {
    const built = dockerfile();
    return built === undefined || built.stage === undefined || built.stage.hasHealthcheck;
  }
  return imageFacts(textOf(get(value, 'image')) ?? '')?.hasHealthcheck ?? false;
};

export default defineRule({
  meta: {
    id: 'missing-healthcheck',
    severity: 'info',
    preset: 'recommended',
    fix: 'unsafe',
    since: '0.1.0',
    summary: 'A service has no health check',
    description: `Without a health check Docker knows that a process runs, not that it answers: a dependent service starts too early, and a hung
container stays. The rule looks for \`healthcheck\` in the merged service, for HEALTHCHECK in the stage of the local Dockerfile that
is built, and in what is known of the image. A Dockerfile that cannot be read is given the benefit of the doubt, and services that
end by themselves need no probe.

It is a warning where another service depends on this one, and an information elsewhere.`,
    source: 'compose-spec 05-services.md, "healthcheck", "depends_on"',
    bad: 'services:\n  api:\n    image: example/api:1.2\n    depends_on: [cache]\n    healthcheck: {test: [CMD, api, ping]}\n  cache:\n    image: redis:7.4\n',
    good: 'services:\n  cache:\n    image: redis:7.4\n    healthcheck:\n      test: [CMD, redis-cli, ping]\n',
    fixSafety: `The service gets a probe that it did not have: Docker runs it, and services that wait for this one wait until it succeeds.`,
    whenOff: 'When an orchestrator other than Compose probes the containers.',
  },
  *checkService(service) {
    const { name, value } = service;
    if (get(value, 'healthcheck') || get(value, 'provider') || isOneShot(service) || hasProbeElsewhere(service)) return;
    const at = service.key ?? placeOfValue(value);
    if (!at) return;
    const waiting = dependents(service);
    const [first] = waiting;
    const who = waiting.length > 1 ? `"${first}" and ${waiting.length - 1} more depend` : `"${first}" depends`;
    yield {
      at,
      message:
        first === undefined
          ? `The service "${name}" has no health check.`
          : `The service "${name}" has no health check, yet ${who} on it.`,
      help: 'Add `healthcheck:` with a command that the image contains.',
      severity: first === undefined ? 'info' : 'warning',
      path: ['services', name],
    };
  },
});
