import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'extends-cycle',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'Services extend each other in a cycle',
    description:
      'The chain is listed with every link. Chains that are longer than anything a person writes are found, too.',
    source: 'compose-spec 05-services.md, "extends"',
    bad: 'services:\n  a:\n    extends: b\n  b:\n    extends: a\n',
    good: 'services:\n  a:\n    extends: b\n    hostname: a\n  b:\n    image: example/b:1\n',
    whenOff: 'Never.',
  },
});
