import { lackOf, remedyFor } from '../src/lint/missing-env.js';
import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'required-variable',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A required variable has no value',
    description: `\`\${NAME:?message}\` stops docker compose when NAME has no value, in every file of the stack and before files are merged, so that no
later file can take the need away.

Variables are looked up in \`.env\`. Where there is none, as in a fresh clone, an example beside it stands in: \`.env.example\`,
\`.env.sample\`, \`.env.template\`, \`.env.dist\`, \`env.example\`, \`example.env\` and their like. What the example names without a value,
or in a comment, is left to whoever copies it: all required variables of that kind together are one information. \`config\` and the
proof of a fix know no examples, as docker compose knows none. Where several variables have no value because there is no \`.env\`, they
are one finding.`,
    source: 'compose-spec 12-interpolation.md',
    bad: 'services:\n  web:\n    image: nginx:${TAG:?set the version}\n',
    good: {
      'compose.yml': 'services:\n  web:\n    image: nginx:${TAG:?set the version}\n',
      '.env': 'TAG=1.27\n',
    },
    whenOff: 'When the variables are set by the environment that the files are used in, and named nowhere beside them.',
  },
  together: (cause, names, folder) => ({
    message: `${names.length} required variables have no value, ${lackOf(cause, names, folder)}.`,
    help: `${remedyFor(cause, folder)}, or set them in the environment.`,
  }),
});
