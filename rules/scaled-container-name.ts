import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'scaled-container-name',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A service with several replicas has a container_name',
    description: 'Names of containers are unique, so that there can be one replica only.',
    source: 'compose-spec 05-services.md, "container_name"',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    container_name: web\n    scale: 2\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    scale: 2\n',
    whenOff: 'Never.',
  },
});
