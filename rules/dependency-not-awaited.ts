import type { ImageKind } from '../src/catalog/facts.js';
import { awaitHealth } from '../src/lint/depends-on.js';
import { healthCheckOf } from '../src/lint/health.js';
import { knownImage } from '../src/lint/known-image.js';
import { isOneShot, isSwarm } from '../src/lint/purpose.js';
import { defineRule, fixBy } from '../src/lint/rule.js';
import { namesIn } from '../src/model/service.js';
import { get, placeOfValue, textOf } from '../src/model/value.js';

/** Kinds of images that look at a service whenever it is there, and need not wait for it. */
const ATTACHED: ReadonlySet<ImageKind> = new Set(['admin-console', 'monitoring']);

export default defineRule({
  meta: {
    id: 'dependency-not-awaited',
    severity: 'warning',
    preset: 'recommended',
    fix: 'unsafe',
    since: '0.1.0',
    summary: 'A service does not wait for the health check of what it depends on',
    description: `\`depends_on: [db]\` means that the database's container has started, not that it answers: that is a second later or, on the
first start, a minute. Where the dependency has a health check, \`condition: service_healthy\` waits for it. The check may stand in
the Compose file, in the Dockerfile that the dependency is built from, or in an image of the catalogue.

Dependencies that end by themselves, those with \`required: false\`, those of consoles and monitoring, which try again, and stacks for
Swarm, which knows no order, are not found.`,
    source: 'compose-spec 05-services.md, "depends_on", long syntax',
    bad: 'services:\n  api:\n    image: example/api:1\n    depends_on: [db]\n  db:\n    image: postgres:16\n    healthcheck: {test: [CMD, pg_isready]}\n',
    good: 'services:\n  api:\n    image: example/api:1\n    depends_on:\n      db: {condition: service_healthy}\n  db:\n    image: postgres:16\n    healthcheck: {test: [CMD, pg_isready]}\n',
    fixSafety: `The service starts when the dependency is healthy, and not at all if it never becomes so. A short form becomes a long
one, in which the other dependencies are as before.`,
    whenOff: 'For services that wait and try again by themselves.',
  },
  *checkService(service) {
    const { name, value, stack } = service;
    if (isSwarm(stack) || ATTACHED.has(knownImage(service)?.facts.kind ?? 'runtime')) return;
    const dependsOn = get(value, 'depends_on');
    for (const other of namesIn(dependsOn)) {
      const entry = dependsOn?.kind === 'mapping' ? dependsOn.entries.get(other) : undefined;
      const needed = stack.services.get(other);
      const condition = textOf(get(entry?.value, 'condition'));
      const required = get(entry?.value, 'required');
      const at = entry?.key ?? (entry && placeOfValue(entry.value));
      if (!needed || !at || condition !== 'service_started' || isOneShot(needed)) continue;
      if (required?.kind === 'scalar' && required.value === false) continue;
      const check = healthCheckOf(needed);
      if (!check) continue;
      yield {
        at,
        message: `"${name}" starts as soon as "${other}" has started, although ${check.what} would say when it is ready.`,
        help: `Write \`${other}: { condition: service_healthy }\` under \`depends_on\`.`,
        notes: check.at ? [{ at: check.at, message: `the health check of "${other}"` }] : [],
        path: ['services', name, 'depends_on', other],
        fix: () => fixBy(awaitHealth(at, other), 'unsafe', `Wait until "${other}" is healthy`),
      };
    }
  },
});
