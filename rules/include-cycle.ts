import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'include-cycle',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'Files include each other in a cycle',
    description: 'docker compose refuses the stack.',
    source: 'compose-spec 14-include.md',
    bad: {
      'compose.yml': 'include: [other.yml]\nservices: {}\n',
      'other.yml': 'include: [compose.yml]\nservices: {}\n',
    },
    good: {
      'compose.yml': 'include: [other.yml]\n',
      'other.yml': 'services:\n  a:\n    image: example/a:1\n',
    },
    whenOff: 'Never.',
  },
});
