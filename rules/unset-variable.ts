import { lackOf, remedyFor } from '../src/lint/missing-env.js';
import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'unset-variable',
    severity: 'warning',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A variable has no value and becomes an empty text',
    description: `docker compose only warns and goes on with an empty text, which gives an image without a tag or a mount of \`/\`. Where it refuses what
is left, as in \`\${DATA}:/data\`, the finding is an error and says so; the refusal is not found again.

Variables are looked up in \`.env\`, or in an example of it where there is none (see required-variable); one that the example names
without a value, or in a comment, is not found. A variable in several places is one finding, and so are all
variables that have no value because there is no \`.env\`.`,
    source: 'compose-spec 12-interpolation.md',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    hostname: ${HOST_NAME}\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    hostname: ${HOST_NAME:-web}\n',
    whenOff: 'When the variables are set by the environment that the files are used in, and named nowhere beside them.',
  },
  together: (cause, names, folder) => ({
    message: `${names.length} variables are not set and become empty texts, ${lackOf(cause, names, folder)}.`,
    help: `${remedyFor(cause, folder)}, or give them defaults: \`\${${names[0]}:-…}\`.`,
  }),
});
