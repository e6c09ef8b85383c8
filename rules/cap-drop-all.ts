import { defineRule } from '../src/lint/rule.js';
import { wordsOf } from '../src/model/service.js';
import { get, isTrue, placeOfValue } from '../src/model/value.js';

export default defineRule({
  meta: {
    id: 'cap-drop-all',
    severity: 'warning',
    preset: 'strict',
    fix: 'none',
    since: '0.1.0',
    summary: 'A service keeps the capabilities that Docker gives by default',
    description: `Docker gives fourteen capabilities to every container, among them to change owners of files and to send raw packets. Most
services need none, or one or two that \`cap_add\` can give back. Privileged services are not found: for them it has no effect.`,
    source: 'compose-spec 05-services.md, "cap_drop"; docs.docker.com, "Runtime privilege and Linux capabilities"',
    bad: 'services:\n  api:\n    image: example/api:1\n',
    good: 'services:\n  api:\n    image: example/api:1\n    cap_drop: [ALL]\n    cap_add: [NET_BIND_SERVICE]\n',
    whenOff: 'For images that start as root and give their rights away themselves, as many databases do.',
  },
  *checkService({ name, value, key }) {
    const privileged = get(value, 'privileged');
    if (isTrue(privileged)) return;
    if (wordsOf(get(value, 'cap_drop')).some((word) => /^(?:cap_)?all$/i.test(String(word.value)))) return;
    const at = key ?? placeOfValue(value);
    if (!at) return;
    yield {
      at,
      message: `"${name}" keeps the capabilities that Docker gives by default.`,
      help: 'Add `cap_drop: [ALL]`, and give back with `cap_add` what it cannot do without.',
      path: ['services', name, 'cap_drop'],
    };
  },
});
