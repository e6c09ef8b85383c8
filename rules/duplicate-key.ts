import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'duplicate-key',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A mapping has the same key twice',
    description:
      'Most YAML readers keep one of the two in silence; docker compose refuses the file. The finding names both places.',
    source: 'YAML 1.2.2, section 3.2.1.3; go-yaml',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    image: nginx:1.26\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n',
    whenOff: 'Never.',
  },
});
