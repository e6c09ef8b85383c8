import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'conflicting-keys',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'Two keys exclude each other',
    description: `\`network_mode\` and \`networks\`, \`dockerfile\` and \`dockerfile_inline\`, \`external\` and a driver, \`scale\` and another number of replicas,
limits given twice with different values, two mounts on one target, several sources for one secret.`,
    source: 'compose-spec; docker compose, checkConsistency',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    network_mode: host\n    networks: [front]\nnetworks:\n  front:\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    network_mode: host\n',
    whenOff: 'Never.',
  },
});
