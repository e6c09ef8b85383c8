import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'profile-dependency',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A service depends on one that only a profile starts',
    description: 'Without the profile the dependency is not there, and docker compose refuses the stack.',
    source: 'compose-spec 15-profiles.md',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    depends_on: [debug]\n  debug:\n    image: example/debug:1\n    profiles: [debug]\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n  debug:\n    image: example/debug:1\n    profiles: [debug]\n',
    whenOff: 'Never.',
  },
});
