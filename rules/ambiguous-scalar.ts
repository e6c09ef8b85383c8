import { placeAtSpan } from '../src/lint/edits/place.js';
import { replaceScalar, type ScalarContent } from '../src/lint/edits/replace.js';
import { type Misread, misreadIn } from '../src/lint/misread.js';
import { defineRule, type Fix, type Problem } from '../src/lint/rule.js';
import { judgeName } from '../src/lint/secret-patterns.js';
import { type ComposePath, formatPath } from '../src/model/path.js';
import type { Span } from '../src/source/source.js';

/** What docker compose takes the words for. */
const MEANINGS: ReadonlyMap<string, boolean> = new Map([
  ...['y', 'yes', 'on'].map((word) => [word, true] as const),
  ...['n', 'no', 'off'].map((word) => [word, false] as const),
]);

const rewritten = (
  at: Span,
  content: ScalarContent,
  applicability: Fix['applicability'],
  title: string,
): Fix | undefined => {
  const place = placeAtSpan(at);
  const edits = place && replaceScalar(place, content);
  return edits && { title, applicability, edits };
};

/** Whether a text and what is made of it are the same number, and nothing that is read by its digits. */
const isSameNumber = ({ written, read, path }: Misread): boolean =>
  Number(written.replaceAll('_', '')) === Number(read) &&
  (/e/i.test(written) || !read.includes('e')) &&
  !/version|tag|release/i.test(String(path.at(-1)));

const isSecretName = (path: ComposePath): boolean => judgeName(String(path.at(-1))) === 'secret';

type Words = Pick<Problem, 'message' | 'help' | 'severity' | 'fix'>;

const WORDS: Readonly<Record<Misread['kind'], (found: Misread, place: string, isSecret: boolean) => Words>> = {
  text: (found, place, isSecret) => {
    const { written, read, at } = found;
    const isBoolean = typeof found.value.value === 'boolean';
    return {
      message: isSecret
        ? `${place} is a number without quotes, and docker compose makes another text of it.`
        : `${place} is ${written} without quotes, and docker compose makes the text "${read}" of it.`,
      help: isBoolean || isSecret ? 'Put the text that is meant in quotes.' : `Put it in quotes: "${written}".`,
      severity: isBoolean || isSameNumber(found) ? 'info' : 'warning',
      fix: () =>
        isBoolean
          ? rewritten(at, read, 'safe', `Write "${read}", as docker compose does`)
          : rewritten(at, written, 'unsafe', 'Put it in quotes, so that it arrives as it is written'),
    };
  },
  octal: ({ written, read }, place) => ({
    message: `${place} is ${written}, which docker compose reads as an octal number: ${read}.`,
    help: `Write ${read}, or leave the zero out if it means nothing.`,
  }),
  decimal: ({ written, read, at }, place) => ({
    message: `${place} is ${written} without a leading zero, a decimal number: the permissions are ${read}.`,
    help: `Write 0${written}.`,
    fix: () => ({
      title: `Write 0${written}`,
      applicability: 'unsafe',
      edits: [{ at: { ...at, end: at.start }, text: '0' }],
    }),
  }),
  pair: ({ written, read, at }, place) => ({
    message: `${place} is ${written} without quotes: docker compose reads two ports, and what reads YAML 1.1 the number ${read}.`,
    help: `Put it in quotes: "${written}".`,
    severity: 'info',
    fix: () => rewritten(at, written, 'safe', 'Put it in quotes'),
  }),
};

export default defineRule({
  meta: {
    id: 'ambiguous-scalar',
    severity: 'warning',
    preset: 'recommended',
    fix: 'safe',
    since: '0.1.0',
    summary: 'A value without quotes is not what it looks like',
    description: `Without quotes YAML makes a number or a boolean of what looks like one, and docker compose makes a text of that again where it
needs a text. What comes out need not be what is written:

| written | where | docker compose reads |
| --- | --- | --- |
| \`UMASK: 022\` | variable, label, build argument, option | \`"18"\`: a leading zero is octal |
| \`VERSION: 1.10\` | the same | \`"1.1"\` |
| \`LIMIT: 1_000\`, \`1e3\` | the same | \`"1000"\` (an information, since it is the same number) |
| \`DEBUG: True\` | the same | \`"true"\` (an information) |
| \`mode: 440\` | secret, config, tmpfs | permissions 0670: without a leading zero it is decimal |
| \`pids_limit: 0100\` | any number | 64 |
| \`init: yes\`, \`tty: "on"\` | where it needs a boolean | \`true\`, with a warning: they are texts to YAML 1.2 |
| \`"22:22"\` without quotes | port | two ports; but 1342 to what reads YAML 1.1, in base 60 (an information) |

Numbers that come out as they are written are not found, nor is \`no\` behind \`restart\`, which is a text to docker compose.`,
    source: 'YAML 1.2.2, 10.3.2; YAML 1.1, "int"; docker compose, toBoolean; what its `config` prints for these values',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    init: yes\n    environment:\n      UMASK: 022\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    init: true\n    environment:\n      UMASK: "022"\n',
    fixSafety: `A boolean is written as docker compose reads it, and a pair of ports is put in quotes: every stack stays as it is. Quotes around a
number, and a leading zero before permissions, let arrive what is written, which changes what runs; these fixes are unsafe. A number
with a leading zero where a number is needed has no fix, since either reading may be meant.`,
    whenOff: 'When every value of the files is known to be meant as docker compose reads it.',
  },
  *checkFile({ roots, workspace }) {
    for (const root of roots)
      for (const found of misreadIn(root)) {
        const { at, path, value, kind, read } = found;
        const isSecret = kind === 'text' && (isSecretName(path) || workspace.show(value) !== read);
        yield { at, path, evidence: kind, ...WORDS[kind](found, formatPath(path), isSecret) };
      }
  },
  fixFault: ({ at }) => {
    const place = at && placeAtSpan(at);
    const value = MEANINGS.get(place?.node.text.toLowerCase() ?? '');
    return at && value !== undefined ? rewritten(at, value, 'safe', `Write \`${value}\``) : undefined;
  },
});
