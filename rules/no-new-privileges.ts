import { defineRule } from '../src/lint/rule.js';
import { wordsOf } from '../src/model/service.js';
import { get, isTrue, placeOfValue } from '../src/model/value.js';

export default defineRule({
  meta: {
    id: 'no-new-privileges',
    severity: 'warning',
    preset: 'strict',
    fix: 'none',
    since: '0.1.0',
    summary: 'A service may gain privileges that it was not started with',
    description: `Without \`no-new-privileges\` a program with the setuid bit, \`sudo\` among them, makes root out of an ordinary user of the
container. Hardly a service needs that. Privileged services are not found, since they have everything already.`,
    source: 'compose-spec 05-services.md, "security_opt"; docs.docker.com, "docker run", "--security-opt"',
    bad: 'services:\n  api:\n    image: example/api:1\n',
    good: 'services:\n  api:\n    image: example/api:1\n    security_opt: ["no-new-privileges:true"]\n',
    whenOff: 'Where the daemon sets it for every container (`"no-new-privileges": true` in daemon.json).',
  },
  *checkService({ name, value, key }) {
    const privileged = get(value, 'privileged');
    if (isTrue(privileged)) return;
    const given = wordsOf(get(value, 'security_opt')).find((word) => /^no-new-privileges\b/.test(String(word.value)));
    if (given && !/[:=]false$/i.test(String(given.value))) return;
    const at = given ? placeOfValue(given) : (key ?? placeOfValue(value));
    if (!at) return;
    yield {
      at,
      message: `Programs in "${name}" may gain privileges: no-new-privileges is ${given ? 'off' : 'not set'}.`,
      help: 'Add `security_opt: ["no-new-privileges:true"]`.',
      path: ['services', name, 'security_opt'],
    };
  },
});
