import { placeAtSpan } from '../src/lint/edits/place.js';
import { remove } from '../src/lint/edits/remove.js';
import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: 'obsolete-version',
    severity: 'warning',
    preset: 'recommended',
    fix: 'safe',
    since: '0.1.0',
    summary: 'The top-level `version` has no effect',
    description: `docker compose ignores it and warns. It suggests an old format that no longer exists. Nothing is said of a stack for Swarm, that is, one
with keys that only Swarm obeys: older versions of \`docker stack deploy\` refuse a file without it.`,
    source: 'compose-spec 04-version-and-name.md, "Version top-level element (obsolete)"',
    bad: 'version: "3.8"\nservices:\n  web:\n    image: nginx:1.27\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n',
    fixSafety: 'docker compose does not look at the value.',
    whenOff: 'When the files are also read by an older `docker stack deploy`, or by Compose V1.',
  },
  fixFault: ({ at }) => {
    const place = at && placeAtSpan(at);
    const edits = place && remove(place);
    return edits && { title: 'Remove `version`', applicability: 'safe', edits };
  },
});
