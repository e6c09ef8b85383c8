import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'invalid-port',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A port cannot be read',
    description:
      'The short form is `[[address:]host:]container[/protocol]`, with ranges of equal length; an IPv6 address stands in brackets.',
    source: 'compose-spec 05-services.md, "ports"',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    ports: ["8080:http"]\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    ports: ["8080:80"]\n',
    whenOff: 'Never.',
  },
});
