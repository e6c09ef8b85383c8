import { defineRule } from '../src/lint/rule.js';
import { get, placeOfValue, textOf } from '../src/model/value.js';

export default defineRule({
  meta: {
    id: 'log-rotation',
    severity: 'info',
    preset: 'strict',
    fix: 'none',
    since: '0.1.0',
    summary: 'The log of a service grows without bound',
    description: `Docker's default driver, \`json-file\`, keeps everything that a container has ever written, until the disk is full. \`max-size\`
bounds it; the driver \`local\` does so by itself. Services with another driver are not found.`,
    source: 'docs.docker.com, "Configure logging drivers", "JSON File logging driver"',
    bad: 'services:\n  api:\n    image: example/api:1\n',
    good: 'services:\n  api:\n    image: example/api:1\n    logging: {driver: json-file, options: {max-size: 10m, max-file: "3"}}\n  web:\n    image: nginx:1.27\n    logging: {driver: local}\n',
    whenOff: 'Where the daemon bounds the logs of every container (`log-opts` in daemon.json).',
  },
  *checkService({ name, value, key }) {
    const logging = get(value, 'logging');
    const driver = textOf(get(logging, 'driver')) ?? 'json-file';
    if (driver !== 'json-file' || get(logging, 'options', 'max-size')) return;
    const at = (logging && placeOfValue(logging)) ?? key ?? placeOfValue(value);
    if (!at) return;
    yield {
      at,
      message: `The log of "${name}" grows without bound.`,
      help: 'Set `max-size` and `max-file` under `logging.options`, or use the driver `local`.',
      path: ['services', name, 'logging'],
    };
  },
});
