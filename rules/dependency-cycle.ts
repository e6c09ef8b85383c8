import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'dependency-cycle',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'Services depend on each other in a cycle',
    description:
      'None of them can be started first. `links`, `volumes_from` and `network_mode: service:` count as dependencies.',
    source: 'compose-spec 05-services.md, "depends_on"',
    bad: 'services:\n  a:\n    image: example/a:1\n    depends_on: [b]\n  b:\n    image: example/b:1\n    depends_on: [a]\n',
    good: 'services:\n  a:\n    image: example/a:1\n    depends_on: [b]\n  b:\n    image: example/b:1\n',
    whenOff: 'Never.',
  },
});
