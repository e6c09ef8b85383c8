import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'several-default-files',
    severity: 'warning',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'Several files have a name that docker compose looks for',
    description: `\`compose.yaml\` wins over \`compose.yml\` and both over \`docker-compose.yml\`; for overrides it is the other way round. The others are
ignored with a warning. Nothing is said where every file is named on the command line.`,
    source: 'compose-spec 03-compose-file.md',
    bad: {
      'compose.yaml': 'services:\n  web:\n    image: nginx:1.27\n',
      'docker-compose.yml': 'services:\n  web:\n    image: nginx:1.27\n',
    },
    good: 'services:\n  web:\n    image: nginx:1.27\n',
    whenOff: 'When every command names its files with `-f`.',
  },
});
