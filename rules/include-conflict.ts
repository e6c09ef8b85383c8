import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'include-conflict',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'An included file defines a resource differently',
    description: `A resource may be defined here and in an included file only if both say the same. To change what is included, give \`include\` a second
path, or override it in a file of its own.`,
    source: 'compose-spec 14-include.md',
    bad: {
      'compose.yml': 'include: [other.yml]\nservices:\n  a:\n    image: example/a:2\n',
      'other.yml': 'services:\n  a:\n    image: example/a:1\n',
    },
    good: {
      'compose.yml': 'include: [other.yml]\nservices:\n  b:\n    image: example/b:1\n',
      'other.yml': 'services:\n  a:\n    image: example/a:1\n',
    },
    whenOff: 'Never.',
  },
});
