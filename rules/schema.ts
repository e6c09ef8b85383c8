import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'schema',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'The file does not follow the Compose schema',
    description: `Unknown keys, with the key that was probably meant; values of the wrong type; names that are not allowed. Every fault is reported,
at the key or value concerned, on the merged model of each stack as docker compose checks it. What docker compose demands beyond
the schema and has no rule of its own is found under this id, too.`,
    source: 'compose-spec schema/compose-spec.json',
    bad: 'services:\n  web:\n    imagee: nginx:1.27\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n',
    whenOff: 'Never.',
  },
});
