import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'invalid-volume',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A mount cannot be read',
    description: 'The short form is `[source:]target[:options]`. A bind mount needs a source.',
    source: 'compose-spec 05-services.md, "volumes"',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    volumes: ["./a:/b:ro:/c"]\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    volumes: ["./a:/b:ro"]\n',
    whenOff: 'Never.',
  },
});
