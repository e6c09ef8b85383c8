import { placeAtSpan } from '../src/lint/edits/place.js';
import { remove } from '../src/lint/edits/remove.js';
import { defineRule, type Fix, type Problem } from '../src/lint/rule.js';
import type { EnvFileSubject, FileSubject } from '../src/lint/subjects.js';
import { namesIn } from '../src/model/service.js';
import { get, placeOfValue, textOf, type Value } from '../src/model/value.js';
import { relative } from '../src/source/path.js';
import { type Span, textAt } from '../src/source/source.js';

/** Lists of a service whose items are `NAME=value`, with what they are for people. */
const LISTS: readonly { readonly keys: readonly string[]; readonly what: string }[] = [
  { keys: ['environment'], what: 'variable' },
  { keys: ['build', 'args'], what: 'build argument' },
  { keys: ['labels'], what: 'label' },
  { keys: ['build', 'labels'], what: 'label' },
  { keys: ['deploy', 'labels'], what: 'label' },
  { keys: ['annotations'], what: 'annotation' },
  { keys: ['sysctls'], what: 'kernel parameter' },
];

type Item = { readonly name: string; readonly text: string; readonly at: Span };

const itemsOf = (value: Value | undefined): readonly Item[] =>
  value?.kind === 'sequence'
    ? value.items.flatMap((item) => {
        const [text, at] = [textOf(item), placeOfValue(item)];
        return text === undefined || !at ? [] : [{ name: text.split('=', 1)[0] ?? text, text, at }];
      })
    : [];

/** Pairs of an item and the later one that takes its place. */
const repeated = <T extends { readonly name: string }>(items: readonly T[]): readonly (readonly [T, T])[] => {
  const lasts = new Map(items.map((item) => [item.name, item]));
  return items.flatMap((item) => {
    const last = lasts.get(item.name);
    return last && last !== item ? [[item, last] as const] : [];
  });
};

/** Taking the first one away changes nothing, whatever it says. */
const removal = ({ at, name }: Item): Fix | undefined => {
  const place = placeAtSpan(at);
  const edits = place && remove(place);
  return edits && { title: `Remove the ${name} that is lost`, applicability: 'safe', edits };
};

function* inLists(file: FileSubject): Generator<Problem> {
  for (const root of file.roots)
    for (const service of namesIn(get(root, 'services')))
      for (const { keys, what } of LISTS)
        for (const [lost, kept] of repeated(itemsOf(get(root, 'services', service, ...keys)))) {
          yield {
            at: lost.at,
            message: `The ${what} ${lost.name} of "${service}" is given twice in one list: ${lost.text === kept.text ? 'once is enough' : 'this value is lost, the later one counts'}.`,
            help: lost.text === kept.text ? 'Remove one of them.' : 'Remove the one that you do not mean.',
            notes: [{ at: kept.at, message: 'given again here' }],
            path: ['services', service, ...keys, lost.name],
            fix: () => removal(lost),
          };
        }
}

/** A later assignment may be made of the earlier one: then that is not lost. */
const usesItself = (name: string, valueAt: Span): boolean => {
  const text = textAt(valueAt);
  return text.includes(`$${name}`) || text.includes(`\${${name}`);
};

function* inEnvFile({ source, assignments }: EnvFileSubject, directory: string): Generator<Problem> {
  for (const [lost, kept] of repeated(assignments))
    if (!usesItself(kept.name, kept.valueAt))
      yield {
        at: lost.at,
        message: `${lost.name} is given twice in ${relative(directory, source.path)}: ${lost.value === kept.value ? 'once is enough' : 'this value is lost, the later one counts'}.`,
        help: 'Remove the one that you do not mean.',
        notes: [{ at: kept.at, message: 'given again here' }],
        path: [lost.name],
        stacks: [],
      };
}

export default defineRule({
  meta: {
    id: 'duplicate-variable',
    severity: 'warning',
    preset: 'recommended',
    fix: 'safe',
    since: '0.1.0',
    summary: 'A list gives one variable twice',
    description: `In a mapping YAML itself refuses a key that is there twice. In a list of \`NAME=value\`, and in an env file, the later one wins
without a word. The rule looks at \`environment\`, build arguments, labels, annotations and sysctls of each file, and at the env files
that the stacks read. An assignment of an env file that is made of the earlier one (\`PATH=$PATH:/opt\`) is none.`,
    source: 'compose-spec 13-merge.md, "Unique resources"; docker compose, override/uncity.go',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    environment:\n      - MODE=fast\n      - PORT=80\n      - MODE=safe\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    environment:\n      - PORT=80\n      - MODE=safe\n',
    fixSafety:
      'The entry that has no effect is removed. In an env file nothing is: other values between the two may be made of it.',
    whenOff: 'Never: the first value has no effect.',
  },
  checkFile: inLists,
  *checkWorkspace({ envFiles, directory }) {
    for (const file of envFiles) yield* inEnvFile(file, directory);
  },
});
