import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'invalid-interpolation',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A `${…}` is malformed',
    description: `docker compose refuses the file. Write \`\${NAME}\`, \`\${NAME:-default}\`, \`\${NAME:?message}\` or \`\${NAME:+text}\`, and \`$$\` for a dollar
sign that is meant as one.`,
    source: 'compose-spec 12-interpolation.md',
    bad: 'services:\n  web:\n    image: nginx:${TAG\n',
    good: 'services:\n  web:\n    image: nginx:${TAG:-1.27}\n',
    whenOff: 'Never.',
  },
});
