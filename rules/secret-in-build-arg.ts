import { milderFor } from '../src/lint/purpose.js';
import { defineRule } from '../src/lint/rule.js';
import { isHarmless, isPlaceholder, judgeName } from '../src/lint/secret-patterns.js';
import { namesIn, wordsOf } from '../src/model/service.js';
import { get, placeOfValue, type Value } from '../src/model/value.js';
import type { Span } from '../src/source/source.js';

/** Beginnings of names that bundlers put into what they send to every browser. */
const PUBLIC = /^(?:NEXT_PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC|PUBLIC|VITE|REACT_APP|VUE_APP|GATSBY)_/;

/** Values that only get a build past a check. */
const DUMMY = /^(?:dummy|fake|build|test|temp|tmp|ignored|unused|not[-_ ]?(?:used|real|needed)|x+|1)$/i;

/** Whether an argument holds no credential; one without a value takes it from the environment. */
const isNone = (text: string | undefined): boolean =>
  text !== undefined && (text === '' || isHarmless(text) || isPlaceholder(text) || DUMMY.test(text));

type Argument = { readonly arg: string; readonly at: Span; readonly text: string | undefined };

/** Arguments as they are written, as a mapping or as a list of `NAME=value`. */
const argumentsIn = (args: Value | undefined): readonly Argument[] => {
  if (args?.kind === 'mapping')
    return [...args.entries].flatMap(([arg, { key, value }]) => {
      const at = key ?? placeOfValue(value);
      const text = value.kind === 'scalar' && value.value !== null ? String(value.value) : undefined;
      return at ? [{ arg, at, text }] : [];
    });
  return wordsOf(args).flatMap((word) => {
    const at = placeOfValue(word);
    const [arg = '', ...rest] = String(word.value).split('=');
    return at ? [{ arg, at, text: rest.length > 0 ? rest.join('=') : undefined }] : [];
  });
};

export default defineRule({
  meta: {
    id: 'secret-in-build-arg',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A credential is given to a build as an argument',
    description: `Build arguments stay in the history of the image and in its provenance: whoever can pull it can read them with
\`docker history\`. That holds for a credential from a variable, too. A secret of the build is mounted for one command and kept
nowhere.

Found are arguments whose names are those of credentials, whatever their value. Not found are names that only speak about one
(\`TOKEN_URL\`), what bundlers make public anyway (\`NEXT_PUBLIC_…\`, \`VITE_…\`), and dummies that get a build past a check. It is a
step milder in files for development and tests.`,
    source: 'docs.docker.com, "Build secrets", "SecretsUsedInArgOrEnv"; compose-spec build.md, "args", "secrets"',
    bad: 'services:\n  web:\n    build:\n      context: https://github.com/example/web.git\n      args: {NPM_TOKEN: "${NPM_TOKEN}"}\n',
    good: 'services:\n  web:\n    build:\n      context: https://github.com/example/web.git\n      secrets: [npm_token]\nsecrets:\n  npm_token: {environment: NPM_TOKEN}\n',
    whenOff: 'For images that never leave the machine they are built on.',
  },
  *checkFile({ roots, role }) {
    for (const root of roots)
      for (const name of namesIn(get(root, 'services')))
        for (const { arg, at, text } of argumentsIn(get(root, 'services', name, 'build', 'args'))) {
          if (judgeName(arg) !== 'secret' || PUBLIC.test(arg) || isNone(text)) continue;
          yield {
            at,
            message: `The build of "${name}" gets ${arg} as an argument, which stays readable in the history of the image.`,
            help: 'Give it as a secret of the build: `build.secrets`, and `RUN --mount=type=secret` in the Dockerfile.',
            severity: milderFor(role, 'error'),
            path: ['services', name, 'build', 'args', arg],
          };
        }
  },
});
