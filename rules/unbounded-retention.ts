import { hasUnreadVariables, isScripted, switchSet } from '../src/lint/container.js';
import { holdsFor, ownConfig, runsOnExample } from '../src/lint/image-config.js';
import { type KnownImage, knownImage } from '../src/lint/known-image.js';
import { isForTests } from '../src/lint/purpose.js';
import { defineRule } from '../src/lint/rule.js';
import type { ServiceSubject } from '../src/lint/subjects.js';
import { get, placeOfValue } from '../src/model/value.js';

/** Whether a configuration bounds what is kept, or may do so because it cannot be read. */
const isBoundedByFile = (service: ServiceSubject, { facts }: KnownImage): boolean => {
  const { exampleConfig, retention } = facts;
  if (!exampleConfig || !retention || runsOnExample(service, exampleConfig)) return false;
  const own = ownConfig(service, exampleConfig);
  if (!own) return retention.isInFile;
  return retention.words.some((word) => own.text.includes(word));
};

export default defineRule({
  meta: {
    id: 'unbounded-retention',
    severity: 'info',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'Nothing bounds how much a service collects',
    description: `Metrics, logs and traces fill a disk slowly and surely. The rule knows what well-known images keep when nobody says, and finds
services where neither an option, nor a variable, nor their configuration file bounds it. A configuration that cannot be read gets
the benefit of the doubt, where it is the place to say so.`,
    source: 'the documentation of each image, as the catalogue names it',
    bad: 'services:\n  logs:\n    image: grafana/loki:3.2.0\n    volumes: ["logs:/loki"]\nvolumes:\n  logs:\n',
    good: {
      'compose.yml':
        'services:\n  logs:\n    image: grafana/loki:3.2.0\n    volumes: ["logs:/loki", "./loki.yaml:/etc/loki/local-config.yaml:ro"]\nvolumes:\n  logs:\n',
      'loki.yaml': 'compactor:\n  retention_enabled: true\nlimits_config:\n  retention_period: 30d\n',
    },
    whenOff: 'When the size of the disk is watched by something else.',
  },
  *checkService(service) {
    const { name, value, key, stack } = service;
    const image = knownImage(service);
    const retention = image?.facts.retention;
    const given = get(value, 'image');
    const at = (given && placeOfValue(given)) ?? key;
    if (!image || !retention || !at || image.isBuilt || isForTests(stack) || isScripted(service)) return;
    if (!holdsFor(image, retention) || hasUnreadVariables(service) || switchSet(service, retention.boundedBy)) return;
    if (isBoundedByFile(service, image)) return;
    const [first] = retention.boundedBy;
    const way = retention.isInFile
      ? `Set ${retention.words[0]} in its configuration.`
      : first?.kind === 'option'
        ? `Set \`--${first.name}\`.`
        : first?.kind === 'variable'
          ? `Set ${first.name}.`
          : 'Bound it in its configuration.';
    yield {
      at,
      message: `${image.facts.title} in "${name}" keeps ${retention.otherwise}.`,
      help: way,
      path: ['services', name],
    };
  },
});
