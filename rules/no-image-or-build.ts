import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'no-image-or-build',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A service has neither image nor build',
    description: `Judged on the merged service, so that an overlay which only adds to a service of its base is not wrong. Where nobody has said
which files make a stack, and another file of the folder names the image, nothing is said: it is taken for the one that is loaded, too.`,
    source: 'compose-spec 05-services.md',
    bad: 'services:\n  web:\n    ports: ["80"]\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    ports: ["80"]\n',
    whenOff: 'Never.',
  },
});
