import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'undefined-reference',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A service refers to something that is not declared',
    description: `A dependency, network, volume, secret, config, model, build context or extended service that the stack does not have. A part of a
project, such as an overlay, is judged together with its base.`,
    source: 'compose-spec 05-services.md',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    networks: [front]\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    networks: [front]\nnetworks:\n  front:\n',
    whenOff: 'Never.',
  },
});
