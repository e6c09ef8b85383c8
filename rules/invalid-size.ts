import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'invalid-size',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A size cannot be read',
    description: 'A size is a number with a unit: `512m`, `1.5g`, `64kb`.',
    source: 'compose-spec 11-extension.md, "Specifying byte values"',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    mem_limit: 1 apple\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    mem_limit: 1g\n',
    whenOff: 'Never.',
  },
});
