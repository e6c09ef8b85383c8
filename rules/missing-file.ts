import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'missing-file',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A file that is needed is not there',
    description:
      'Env files, label files, files of `extends` and `include`. Files that another machine would fetch over the network are not loaded.',
    source: 'compose-spec 05-services.md, 14-include.md',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    env_file: settings.env\n',
    good: {
      'compose.yml': 'services:\n  web:\n    image: nginx:1.27\n    env_file: settings.env\n',
      'settings.env': 'A=1\n',
    },
    whenOff: 'When the files are made by a step that runs before docker compose.',
  },
});
