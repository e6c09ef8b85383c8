import { defineRule } from '../src/lint/rule.js';
import { BOUND_TABLE } from '../src/model/bounds.js';

const ROWS = Object.values(BOUND_TABLE)
  .filter(({ beyond }) => beyond === 'fault')
  .map(({ limit, of }) => `- ${limit} ${of}\n`)
  .join('');

export default defineRule({
  meta: {
    id: 'too-large',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A file, or what it expands to, is larger than anything a person writes',
    description: `Files of a pull request are read from whoever sends it. So that no file keeps a run busy or takes its memory, there is a bound
for everything that can grow: aliases of aliases, variables in variables, files that include files. What is beyond is not read,
and what the model would be is not guessed. At most:

${ROWS}`,
    source: 'src/model/bounds.ts; docker compose has no such bounds',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    ports: ["127.0.0.1:1-65535:1-65535", "127.0.0.1:1-65535:1-65535/udp"]\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n',
    whenOff: 'Never.',
  },
});
