import { placeAtSpan } from '../src/lint/edits/place.js';
import { replaceScalar } from '../src/lint/edits/replace.js';
import { defineRule } from '../src/lint/rule.js';

/** What docker compose takes the words for. */
const MEANINGS: ReadonlyMap<string, boolean> = new Map([
  ...['y', 'yes', 'on'].map((word) => [word, true] as const),
  ...['n', 'no', 'off'].map((word) => [word, false] as const),
]);

export default defineRule({
  meta: {
    id: 'ambiguous-scalar',
    severity: 'warning',
    preset: 'recommended',
    fix: 'safe',
    since: '0.1.0',
    summary: 'A boolean of YAML 1.1 is used',
    description:
      '`yes`, `no`, `on` and `off` are texts to YAML 1.2. docker compose takes them for booleans where it needs one, with a warning.',
    source: 'YAML 1.2.2; docker compose, toBoolean',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    init: yes\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    init: true\n',
    fixSafety: 'It is the same boolean to docker compose.',
    whenOff: 'When the files are also read by something that knows YAML 1.1 only.',
  },
  fixFault: ({ at }) => {
    const place = at && placeAtSpan(at);
    const value = MEANINGS.get(place?.node.text.toLowerCase() ?? '');
    const edits = place && value !== undefined && replaceScalar(place, value);
    return edits ? { title: `Write \`${value}\``, applicability: 'safe', edits } : undefined;
  },
});
