import { milderOutsideProduction } from '../src/lint/purpose.js';
import { defineRule, type Severity } from '../src/lint/rule.js';
import { wordsOf } from '../src/model/service.js';
import { get, placeOfValue } from '../src/model/value.js';

/** Security options that take a confinement away, and what it was for. */
const DISABLING: readonly {
  readonly pattern: RegExp;
  readonly severity: Severity;
  readonly what: string;
  readonly why: string;
}[] = [
  {
    pattern: /^seccomp[:=]unconfined$/,
    severity: 'error',
    what: 'the filter of system calls is off',
    why: 'every call that the kernel knows can be tried',
  },
  {
    pattern: /^apparmor[:=]unconfined$/,
    severity: 'error',
    what: 'AppArmor is off',
    why: 'nothing keeps the container from mounting file systems or writing below /proc and /sys',
  },
  {
    pattern: /^systempaths[:=]unconfined$/,
    severity: 'error',
    what: 'the hidden paths below /proc and /sys are open',
    why: 'settings of the host can be read and written',
  },
  {
    pattern: /^label[:=]disable$/,
    severity: 'warning',
    what: 'SELinux is off',
    why: 'the container can touch files of the host that are not labelled for it',
  },
];

export default defineRule({
  meta: {
    id: 'confinement-disabled',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'The confinement of a container is switched off',
    description: `Docker confines every container by a filter of system calls, by AppArmor or SELinux, and by hiding parts of /proc and /sys.
The rule finds the entries of \`security_opt\` that switch these off, with \`:\` and with \`=\`. It is milder in files for
development and tests, where a debugger may need them, and for \`label:disable\`, which matters on machines with SELinux.`,
    source: 'compose-spec 05-services.md, "security_opt"; docs.docker.com, "Seccomp security profiles for Docker"',
    bad: 'services:\n  browser:\n    image: example/browser:1\n    security_opt: ["seccomp:unconfined"]\n',
    good: 'services:\n  browser:\n    image: example/browser:1\n    security_opt: ["seccomp:./chrome.json", "no-new-privileges:true"]\n',
    whenOff: 'For services that are part of the host.',
  },
  *checkService({ name, value, stack }) {
    for (const word of wordsOf(get(value, 'security_opt'))) {
      const text = String(word.value).trim().toLowerCase();
      const found = DISABLING.find(({ pattern }) => pattern.test(text));
      const at = placeOfValue(word);
      if (!found || !at) continue;
      yield {
        at,
        message: `For "${name}" ${found.what}: ${found.why}.`,
        help: 'Take the entry away, or name a profile that allows just what is needed.',
        severity: milderOutsideProduction(found.severity, at, stack),
        path: ['services', name, 'security_opt'],
        evidence: text,
      };
    }
  },
});
