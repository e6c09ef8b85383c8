import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'container-name-collision',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'Two services have the same container_name',
    description: 'Names of containers are unique on a host: the second one cannot be created.',
    source: 'compose-spec 05-services.md, "container_name"',
    bad: 'services:\n  a:\n    image: example/a:1\n    container_name: app\n  b:\n    image: example/b:1\n    container_name: app\n',
    good: 'services:\n  a:\n    image: example/a:1\n    container_name: app-a\n  b:\n    image: example/b:1\n    container_name: app-b\n',
    whenOff: 'Never.',
  },
});
