import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'healthcheck-form',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A list form of a health check starts with no kind',
    description: 'The first item of a list must be `CMD`, `CMD-SHELL` or `NONE`. docker compose refuses anything else.',
    source: 'compose-spec 05-services.md, "healthcheck"',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    healthcheck:\n      test: [curl, -f, http://localhost]\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    healthcheck:\n      test: [CMD, curl, -f, http://localhost]\n',
    whenOff: 'Never.',
  },
});
