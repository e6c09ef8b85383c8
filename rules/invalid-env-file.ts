import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'invalid-env-file',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'An env file cannot be read',
    description:
      'A name with a space or an unusual character, or a quote that is not closed. docker compose refuses the whole stack.',
    source: 'compose-spec 05-services.md, "Env_file format"',
    bad: {
      'compose.yml': 'services:\n  web:\n    image: nginx:1.27\n    env_file: settings.env\n',
      'settings.env': 'A="open\n',
    },
    good: {
      'compose.yml': 'services:\n  web:\n    image: nginx:1.27\n    env_file: settings.env\n',
      'settings.env': 'A="closed"\n',
    },
    whenOff: 'Never.',
  },
});
