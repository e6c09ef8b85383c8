import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'unset-variable',
    severity: 'warning',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A variable has no value and becomes an empty text',
    description: `docker compose only warns and goes on with an empty text, which gives an image without a tag or a mount of \`/\`. Variables are looked
up in \`.env\`, or in \`.env.example\` where there is no \`.env\`.`,
    source: 'compose-spec 12-interpolation.md',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    hostname: ${HOST_NAME}\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    hostname: ${HOST_NAME:-web}\n',
    whenOff: 'When the variables are set by the environment that the files are used in, and named nowhere beside them.',
  },
});
