import type { Probe } from '../src/catalog/facts.js';
import { probeFor } from '../src/catalog/images.js';
import { data } from '../src/lint/edits/content.js';
import { insertAt } from '../src/lint/edits/insert-at.js';
import { healthCheckOf, isBuiltUnseen } from '../src/lint/health.js';
import { knownImage } from '../src/lint/known-image.js';
import { definitionOf, dependentsOf, isCompletedElsewhere, isForTests, isOneShot } from '../src/lint/purpose.js';
import { defineRule, type Fix } from '../src/lint/rule.js';
import type { ServiceSubject } from '../src/lint/subjects.js';
import { get, textOf } from '../src/model/value.js';
import { firstOf, listed } from '../src/source/listed.js';
import { relative } from '../src/source/path.js';
import type { Span } from '../src/source/source.js';

/** Whether the image that is pulled holds one program and nothing else, so that there is nothing to probe with. */
const isBare = (service: ServiceSubject): boolean => {
  const image = knownImage(service);
  return image?.isBuilt === false && image.facts.isBare === true;
};

/** Whether a service lacks a health check that it could have. */
const lacks = (service: ServiceSubject): boolean =>
  !get(service.value, 'healthcheck') &&
  !get(service.value, 'provider') &&
  !isOneShot(service) &&
  !healthCheckOf(service) &&
  !isBuiltUnseen(service) &&
  !isBare(service);

/** Whether the image is pulled, and nothing is known of it: it may well have a HEALTHCHECK. */
const isUnknown = (service: ServiceSubject): boolean => !get(service.value, 'build') && !knownImage(service);

/** A probe as it would be written, on one line. */
const shown = ({ test }: Probe): string => `[${test.map((word) => JSON.stringify(word)).join(', ')}]`;

const helpFor = (probe: Probe | undefined): string => {
  if (!probe) return 'Add `healthcheck:` with a command that the image contains.';
  const needs = probe.needs === undefined ? '' : `; it needs ${probe.needs}`;
  return `Add \`healthcheck:\` with \`test: ${shown(probe)}\`${needs}.`;
};

/** The probe of the catalogue, written where the service is. One that needs something else is for the user to write. */
const fixFor = ({ name, key }: ServiceSubject, at: Span, probe: Probe | undefined): Fix | undefined => {
  // A definition that other files extend is for the user to change.
  if (!key || at !== key || !probe || probe.needs !== undefined) return undefined;
  const content = data({ test: probe.test, ...(probe.startPeriod ? { start_period: probe.startPeriod } : {}) });
  const edits = insertAt(key.source, ['services', name, 'healthcheck'], 'entry', content);
  return edits && { title: `Probe it with ${probe.test[1]?.split(' ')[0]}`, applicability: 'unsafe', edits };
};

/** Files that are named; more are counted. */
const MOST_NAMED = 5;

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
is built, and in what is known of the image. A Dockerfile that cannot be read is given the benefit of the doubt. Services that end
by themselves need no probe, nor do those in stacks for tests that nothing waits for, and images that hold one program and nothing else have nothing to probe with.

For well-known images the help names a probe that works with what the image of that version contains, and the fix writes it.

It is a warning where another service depends on this one, and an information elsewhere. An image of which nothing is known may
have a HEALTHCHECK: it is found only where something depends on it. A service that several files define is one finding.`,
    source: 'compose-spec 05-services.md, "healthcheck", "depends_on"',
    bad: 'services:\n  api:\n    image: example/api:1.2\n    depends_on: [cache]\n    healthcheck: {test: [CMD, api, ping]}\n  cache:\n    image: redis:7.4\n',
    good: 'services:\n  cache:\n    image: redis:7.4\n    healthcheck:\n      test: [CMD, redis-cli, ping]\n',
    fixSafety: `The service gets a probe that it did not have: Docker runs it, and services that wait for this one wait until it succeeds.`,
    whenOff: 'When an orchestrator other than Compose probes the containers.',
  },
  *checkService(service) {
    const { name, value } = service;
    const at = definitionOf(service);
    if (!at || !lacks(service) || isCompletedElsewhere(service, lacks)) return;
    const [first, ...others] = dependentsOf(service);
    if (first === undefined && (isForTests(service.stack) || isUnknown(service))) return;
    const who = others.length > 0 ? `"${first}" and ${others.length} more depend` : `"${first}" depends`;
    const needed = first === undefined ? '' : `, yet ${who} on it`;
    const subject = `The service "${name}" has no health check${needed}`;
    const probe = get(value, 'build') ? undefined : probeFor(textOf(get(value, 'image')) ?? '');
    const help = helpFor(probe);
    yield {
      at,
      message: `${subject}.`,
      help,
      severity: first === undefined ? 'info' : 'warning',
      path: ['services', name],
      // One service in several files needs one probe.
      cause: { of: JSON.stringify([subject, help]), subject, name: at.source.path, note: 'and here' },
      fix: () => fixFor(service, at, probe),
    };
  },
  together: ({ subject = '' }, paths, folder) => ({
    message: `${subject}, in ${paths.length} files: ${listed(
      firstOf(
        paths.map((path) => relative(folder, path)),
        MOST_NAMED,
      ),
    )}.`,
  }),
});
