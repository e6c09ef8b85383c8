import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'ambiguous-scalar',
    severity: 'warning',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A boolean of YAML 1.1 is used',
    description:
      '`yes`, `no`, `on` and `off` are texts to YAML 1.2. docker compose takes them for booleans where it needs one, with a warning.',
    source: 'YAML 1.2.2; docker compose, toBoolean',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    init: yes\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    init: true\n',
    whenOff: 'When the files are also read by something that knows YAML 1.1 only.',
  },
});
