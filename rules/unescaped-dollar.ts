import { defineRule, type Fix, type Problem } from '../src/lint/rule.js';
import { judgeName } from '../src/lint/secret-patterns.js';
import type { ServiceSubject } from '../src/lint/subjects.js';
import { variablesOf, wordsOf } from '../src/model/service.js';
import { get, hasUnsetVariable, type Scalar, type Value, type VariableUse } from '../src/model/value.js';
import { type Span, textAt } from '../src/source/source.js';

/** References in a text that found no value, so that nothing is left of them. */
const lostIn = (value: Scalar): readonly VariableUse[] =>
  hasUnsetVariable(value)
    ? value.origins.flatMap((origin) =>
        origin.kind === 'interpolated' ? origin.variables.filter(({ outcome }) => outcome === 'unset') : [],
      )
    : [];

/** What runs inside of the container, with its name for people. */
const commandsOf = (service: Value): readonly (readonly [string, Value | undefined])[] => {
  const hooks = ['post_start', 'pre_stop'].flatMap((key) => {
    const list = get(service, key);
    return list?.kind === 'sequence' ? list.items.map((hook) => [key, get(hook, 'command')] as const) : [];
  });
  return [
    ['command', get(service, 'command')],
    ['entrypoint', get(service, 'entrypoint')],
    ['healthcheck', get(service, 'healthcheck', 'test')],
    ...hooks,
  ];
};

/**
 * `$NAME` and `${NAME}` with one more dollar sign, so that they reach the container; nothing where the place is that of a whole
 * text, in which the dollar sign cannot be told.
 */
const escaped = (at: Span): Fix | undefined => {
  if (!textAt(at).startsWith('$')) return undefined;
  const edits = [{ at: { ...at, end: at.start }, text: '$' }];
  return { title: 'Write `$$`, so that the container sees the dollar sign', applicability: 'unsafe', edits };
};

const SHELL = /(?:^|\/)(?:ash|bash|dash|ksh|sh|zsh)$/;

/** Whether a shell reads a command: one that it starts with, or that of `CMD-SHELL`. */
const isReadByShell = (command: Value | undefined, entrypoint: Value | undefined): boolean => {
  const words = [...wordsOf(entrypoint), ...wordsOf(command)].map((word) => String(word.value));
  return words[0] === 'CMD-SHELL' || words.some((word, i) => SHELL.test(word) && /^-\w*c$/.test(words[i + 1] ?? ''));
};

/** A command refers to a variable of the container, and Compose puts its own, which is not set, in its place. */
function* inCommands({ name, value }: ServiceSubject): Generator<Problem> {
  for (const [key, command] of commandsOf(value)) {
    for (const word of wordsOf(command))
      for (const lost of lostIn(word)) {
        const hasShell = isReadByShell(command, key === 'healthcheck' ? undefined : get(value, 'entrypoint'));
        const meant = variablesOf(value).find((variable) => variable.name === lost.name);
        // A variable of the container that gets the same value of Compose is there as soon as that is set.
        if (!meant || lostIn(meant.value).some(({ name: other }) => other === lost.name)) continue;
        yield {
          at: lost.at,
          message: `Compose puts its own ${lost.name} in here, which is not set: the ${key} of "${name}" gets nothing, although its container has ${lost.name}.`,
          help: hasShell
            ? `Write $\${${lost.name}}, so that the shell in the container puts it in.`
            : `Write the value, or run it with \`sh -c\` and write $\${${lost.name}}: no shell in the container reads this.`,
          notes: meant.key ? [{ at: meant.key, message: 'the variable of the container' }] : [],
          path: ['services', name, key],
          evidence: lost.name,
          fix: () => (hasShell ? escaped(lost.at) : undefined),
        };
      }
  }
}

/** A credential in which Compose takes what follows a dollar sign for a variable. */
function* inSecrets({ name, value }: ServiceSubject): Generator<Problem> {
  for (const variable of variablesOf(value)) {
    if (judgeName(variable.name) !== 'secret') continue;
    for (const { at, name: lost } of lostIn(variable.value)) {
      const before = at.source.text.charAt(at.start - 1);
      const isBraced = at.source.text.charAt(at.start + 1) === '{';
      // Behind a letter or sign of the same word; a reference of its own is what everybody writes.
      if (isBraced || !/[^\s'"=:/@,]/.test(before)) continue;
      yield {
        at,
        message: `What follows the dollar sign in ${variable.name} of "${name}" is a variable to Compose, which is not set: the value arrives without it.`,
        help: 'Write `$$` for a dollar sign.',
        path: ['services', name, 'environment', variable.name],
        evidence: lost,
        fix: () => escaped(at),
      };
    }
  }
}

export default defineRule({
  meta: {
    id: 'unescaped-dollar',
    severity: 'warning',
    preset: 'recommended',
    fix: 'unsafe',
    since: '0.1.0',
    summary: 'Compose takes away what follows a dollar sign that was meant for the container',
    description: `\`\${NODE_PORT}\` in a health check or command is put in by Compose, from \`.env\` and the shell, before any container starts. Where
the variable is one of the service's \`environment\` it was meant for the shell inside, which needs \`$\${NODE_PORT}\`. In the same way a
password such as \`abc$def\` loses its end.

Found are references that Compose has no value for: in a command, entrypoint, health check or hook where the service has a variable
of that name of another source, and in a credential where the dollar sign stands inside of a word.`,
    source: 'compose-spec 12-interpolation.md',
    bad: 'services:\n  node:\n    image: example/node:1.2\n    environment:\n      NODE_PORT: "9001"\n    healthcheck:\n      test: curl -f http://localhost:${NODE_PORT}/health\n',
    good: 'services:\n  node:\n    image: example/node:1.2\n    environment:\n      NODE_PORT: "9001"\n    healthcheck:\n      test: curl -f http://localhost:$${NODE_PORT}/health\n',
    fixSafety: `A second dollar sign is added. The resolved text then holds the reference instead of nothing, which is the point, and a change.`,
    whenOff: 'When a variable that is not set is meant to leave nothing.',
  },
  *checkService(service) {
    yield* inCommands(service);
    yield* inSecrets(service);
  },
});
