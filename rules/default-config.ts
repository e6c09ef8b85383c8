import type { ExampleConfig } from '../src/catalog/facts.js';
import { isScripted } from '../src/lint/container.js';
import { holdsFor, runsOnExample } from '../src/lint/image-config.js';
import { knownImage } from '../src/lint/known-image.js';
import { isCompletedElsewhere } from '../src/lint/purpose.js';
import { defineRule } from '../src/lint/rule.js';
import type { ServiceSubject } from '../src/lint/subjects.js';
import { get, placeOfValue } from '../src/model/value.js';

/** The example that a service runs on. */
const exampleOf = (service: ServiceSubject): { readonly title: string; readonly config: ExampleConfig } | undefined => {
  const image = knownImage(service);
  const config = image?.facts.exampleConfig;
  if (!image || !config || image.isBuilt || isScripted(service)) return undefined;
  return holdsFor(image, config) && runsOnExample(service, config) ? { title: image.facts.title, config } : undefined;
};

export default defineRule({
  meta: {
    id: 'default-config',
    severity: 'info',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'An image runs on the example configuration that it brings along',
    description: `Some images start without a configuration of one's own, on an example that does little: Prometheus watches itself, Alertmanager
sends its alerts nowhere, Loki keeps its logs in the container. The rule knows these images, and finds services that neither mount
anything at the place of the file nor name another one on the command line. Images that are built here may bring the file along, and
are not found.`,
    source: 'the documentation of each image, as the catalogue names it',
    bad: 'services:\n  metrics:\n    image: prom/prometheus:v3.1.0\n',
    good: {
      'compose.yml':
        'services:\n  metrics:\n    image: prom/prometheus:v3.1.0\n    volumes: ["./prometheus.yml:/etc/prometheus/prometheus.yml:ro"]\n',
      'prometheus.yml': 'scrape_configs: []\n',
    },
    whenOff: 'When the example is what is wanted.',
  },
  *checkService(service) {
    const { name, value, key } = service;
    const image = exampleOf(service);
    const given = get(value, 'image');
    const at = (given && placeOfValue(given)) ?? key;
    if (!image || !at || isCompletedElsewhere(service, (other) => exampleOf(other) !== undefined)) return;
    yield {
      at,
      message: `"${name}" runs on the example configuration of its image, with which ${image.title} ${image.config.does}.`,
      help: `Mount a file of your own on ${image.config.paths[0]}.`,
      path: ['services', name],
    };
  },
});
