import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'unused-suppression',
    severity: 'warning',
    preset: 'recommended',
    fix: 'safe',
    since: '0.1.0',
    summary: 'A comment suppresses nothing',
    description: `A comment that suppresses nothing today hides tomorrow's finding. Found are comments whose rules find nothing where the
comment holds, names of rules that there are not, comments in words that fog-lint does not know, ends of regions that were
never opened, and \`fog-lint-disable-file\` elsewhere than in the first comment of a file.

\`\`\`yaml
# fog-lint-disable-file latest-tag -- in the first comment: holds for the whole file
services:
  # fog-lint-disable-next-line privileged, docker-socket -- the agent needs both
  agent:
    image: example/agent # fog-lint-disable-line latest-tag -- pinned by our registry
    # fog-lint-disable hardcoded-secret
    environment:
      PASSWORD: only-for-tests
    # fog-lint-enable hardcoded-secret
\`\`\`

A rule that did not run is not judged, nor is any when only some of a folder's Compose files were looked at.`,
    source: 'fog-lint, "Suppressing"',
    bad: 'services:\n  web:\n    image: nginx:1.27 # fog-lint-disable-line latest-tag\n',
    good: 'services:\n  web:\n    image: nginx # fog-lint-disable-line latest-tag -- always the newest, on purpose\n',
    fixSafety: 'Only comments, or names of rules in them, are removed: every stack resolves to the same project.',
    whenOff: 'While rules are switched off for some time, and their comments are to outlive that.',
  },
});
