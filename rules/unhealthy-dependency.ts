import { healthCheckOf, mayBeChecked } from '../src/lint/health.js';
import { defineRule } from '../src/lint/rule.js';
import { namesIn } from '../src/model/service.js';
import { get, placeOfValue, textOf } from '../src/model/value.js';

export default defineRule({
  meta: {
    id: 'unhealthy-dependency',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A service waits for the health of one that has no health check',
    description: `With \`condition: service_healthy\` and no health check on the other side \`docker compose up\` ends with "has no healthcheck
configured". The health check may come from the Compose files, from the Dockerfile's stage that is built, or from the image. Where it
is certain that there is none it is an error; where the image is not known, or its Dockerfile is not there to be read, it is a
warning.`,
    source: 'compose-spec 05-services.md, "depends_on"',
    bad: 'services:\n  api:\n    image: example/api:1.2\n    depends_on:\n      cache:\n        condition: service_healthy\n  cache:\n    image: redis:7.4\n',
    good: 'services:\n  api:\n    image: example/api:1.2\n    depends_on:\n      cache:\n        condition: service_healthy\n  cache:\n    image: redis:7.4\n    healthcheck:\n      test: [CMD, redis-cli, ping]\n',
    whenOff: 'When the images that you use bring health checks which fog-lint cannot know.',
  },
  *checkService({ name, value, stack }) {
    const dependencies = get(value, 'depends_on');
    for (const other of namesIn(dependencies)) {
      const condition = get(dependencies, other, 'condition');
      const dependency = stack.services.get(other);
      const at = condition && placeOfValue(condition);
      if (!dependency || !at || textOf(condition) !== 'service_healthy') continue;
      if (healthCheckOf(dependency)) continue;
      const isCertain = !mayBeChecked(dependency);
      yield {
        at,
        message: isCertain
          ? `"${name}" waits until "${other}" is healthy, but "${other}" has no health check: \`up\` fails.`
          : `"${name}" waits until "${other}" is healthy, but no file gives "${other}" a health check: unless its image brings one, \`up\` fails.`,
        help: `Give "${other}" a \`healthcheck\`, or wait for \`service_started\`.`,
        notes: dependency.key ? [{ at: dependency.key, message: `"${other}" is defined here` }] : [],
        severity: isCertain ? 'error' : 'warning',
        path: ['services', name, 'depends_on', other],
      };
    }
  },
});
