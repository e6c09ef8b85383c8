import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'invalid-duration',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A duration cannot be read',
    description: 'A duration is numbers with units: `30s`, `1m30s`, `1.5h`, `2d`.',
    source: 'compose-spec 11-extension.md, "Specifying durations"',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    stop_grace_period: 10x\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    stop_grace_period: 10s\n',
    whenOff: 'Never.',
  },
});
