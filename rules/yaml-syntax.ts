import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'yaml-syntax',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'The file is not valid YAML',
    description: `docker compose cannot read the file, and nothing else can be said about the stacks it is part of. All faults of the syntax are
reported, each where it is; so are unknown anchors, values that contain themselves, control characters, and files that are larger
or nested deeper than anything a person writes.`,
    source: 'YAML 1.2.2; go-yaml, which docker compose reads with',
    bad: 'services:\n  web:\n    image: [nginx\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n',
    whenOff: 'Never.',
  },
});
