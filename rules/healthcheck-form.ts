import { defineRule } from '../src/lint/rule.js';
import { wordsOf } from '../src/model/service.js';
import { get, isTrue, placeOfValue } from '../src/model/value.js';

/** Programs that make of a word what a shell does. */
const SHELLS = /^(?:.*\/)?(?:a|ba|da|k|z)?sh$|^(?:.*\/)?(?:busybox|cmd|cmd\.exe|powershell|powershell\.exe|pwsh)$/i;

/** What only a shell makes something of: it joins commands, or leads output elsewhere. */
const OPERATOR = /^(?:\|\|?|&&|[12]?>>?|[12]?>>?\s?\/dev\/null|2>&1)$|^(?:\|\||&&)\s/;

/** A variable that only a shell puts in. */
const VARIABLE = /\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*\}?)/;

/** What is wrong with the words behind the kind: which of them, why, and what to write. */
type Fault = { readonly at: number; readonly why: string; readonly help: string };

const IN_ONE_LINE = 'Write the whole line as one item: `[CMD-SHELL, "…"]`.';

const faultsOf = (kind: string, words: readonly string[]): readonly Fault[] => {
  if (words.length === 0)
    return [{ at: -1, why: `is ${kind} with nothing to run`, help: 'Write what is to be run behind it.' }];
  if (kind === 'CMD-SHELL')
    return words.length === 1
      ? []
      : [
          {
            at: 1,
            why: 'runs the first item behind CMD-SHELL alone: the shell gets the others as arguments',
            help: IN_ONE_LINE,
          },
        ];
  const [first = ''] = words;
  const [program = ''] = first.split(/\s/);
  if (words.length === 1 && /\s/.test(first))
    return [{ at: 0, why: 'runs a program whose name is the whole line, spaces and all', help: IN_ONE_LINE }];
  if (words.some((word) => SHELLS.test(word))) return [];
  return words.flatMap((word, at) => {
    const operator = OPERATOR.exec(word)?.[0].trim();
    if (operator !== undefined) {
      const why = `gives "${operator}" to ${program} as an argument, since CMD runs no shell`;
      return [{ at, why, help: IN_ONE_LINE }];
    }
    const variable = VARIABLE.exec(word)?.[0];
    if (variable === undefined) return [];
    return [
      {
        at,
        why: `gives ${program} the text "${variable}", since CMD runs no shell that puts variables in`,
        help: IN_ONE_LINE,
      },
    ];
  });
};

export default defineRule({
  meta: {
    id: 'healthcheck-form',
    severity: 'warning',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A health check is written in a form that does not run as meant',
    description: `The first item of a list must be \`CMD\`, \`CMD-SHELL\` or \`NONE\`. docker compose refuses anything else, which is an error.

What it takes, and Docker runs otherwise than it reads, is a warning. \`CMD\` runs a program without a shell: \`||\` and \`$$VARIABLE\` reach
the program as they are, and a line in one item is the name of a program that there is not. \`CMD-SHELL\` gives one item to the shell,
and nothing of those behind it. Programs that are shells themselves (\`[CMD, sh, -c, "…"]\`) are left alone.`,
    source: 'compose-spec 05-services.md, "healthcheck"; moby daemon/health.go, cmdProbe',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    healthcheck:\n      test: [CMD-SHELL, curl, -f, http://localhost]\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    healthcheck:\n      test: [CMD, curl, -f, http://localhost]\n',
    whenOff: 'Never.',
  },
  *checkService({ name, value }) {
    const healthcheck = get(value, 'healthcheck');
    const [kind, ...words] = wordsOf(get(healthcheck, 'test'));
    if (!kind || isTrue(get(healthcheck, 'disable')) || !(kind.value === 'CMD' || kind.value === 'CMD-SHELL')) return;
    const texts = words.map((word) => String(word.value));
    const seen = new Set<string>();
    for (const { at, why, help } of faultsOf(kind.value, texts)) {
      const place = placeOfValue(words[at] ?? kind);
      if (!place || seen.has(why)) continue;
      seen.add(why);
      yield {
        at: place,
        message: `The health check of "${name}" ${why}.`,
        help,
        path: ['services', name, 'healthcheck', 'test'],
        evidence: texts[at] ?? '',
      };
    }
  },
});
