import { credentialsOf } from '../src/lint/credentials.js';
import { mask } from '../src/lint/mask.js';
import { milderFor } from '../src/lint/purpose.js';
import { defineRule, type Fix, type Problem } from '../src/lint/rule.js';
import { isHarmless, isPlaceholder, judgeName } from '../src/lint/secret-patterns.js';
import type { Secret } from '../src/lint/secrets.js';
import type { FileSubject, WorkspaceSubject } from '../src/lint/subjects.js';
import { namesIn, wordsOf } from '../src/model/service.js';
import { get, placeOfValue, type Value } from '../src/model/value.js';
import { isInside, type Span } from '../src/source/source.js';

/** Beginnings of names that bundlers put into what they send to every browser. */
const PUBLIC = /^(?:NEXT_PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC|PUBLIC|VITE|REACT_APP|VUE_APP|GATSBY)_/;

/** Values that only get a build past a check. */
const DUMMY = /^(?:dummy|fake|build|test|temp|tmp|ignored|unused|not[-_ ]?(?:used|real|needed)|x+|1)$/i;

/** Whether an argument holds no credential; one without a value takes it from the environment. */
const isNone = (text: string | undefined): boolean =>
  text !== undefined && (text === '' || isHarmless(text) || isPlaceholder(text) || DUMMY.test(text));

type Argument = {
  readonly service: string;
  readonly arg: string;
  /** Its name, or the item of a list. */
  readonly at: Span;
  /** Its value, or the item of a list. */
  readonly valueAt: Span | undefined;
  readonly text: string | undefined;
  readonly role: FileSubject['role'];
};

/** Arguments as they are written, as a mapping or as a list of `NAME=value`. */
const argumentsIn = (args: Value | undefined): readonly Omit<Argument, 'service' | 'role'>[] => {
  if (args?.kind === 'mapping')
    return [...args.entries].flatMap(([arg, { key, value }]) => {
      const valueAt = placeOfValue(value);
      const at = key ?? valueAt;
      const text = value.kind === 'scalar' && value.value !== null ? String(value.value) : undefined;
      return at ? [{ arg, at, valueAt, text }] : [];
    });
  return wordsOf(args).flatMap((word) => {
    const at = placeOfValue(word);
    const [arg = '', ...rest] = String(word.value).split('=');
    return at ? [{ arg, at, valueAt: at, text: rest.length > 0 ? rest.join('=') : undefined }] : [];
  });
};

const allArguments = ({ files }: WorkspaceSubject): readonly Argument[] =>
  files.flatMap(({ roots, role }) =>
    roots.flatMap((root) =>
      namesIn(get(root, 'services')).flatMap((service) =>
        argumentsIn(get(root, 'services', service, 'build', 'args')).map((found) => ({ ...found, service, role })),
      ),
    ),
  );

/** A credential that is written into an argument, and the fix that moves it. */
type Written = { readonly secret: Secret; readonly fix: Fix | undefined };

/**
 * The credentials that are written into arguments of builds, by the argument. Where several have the same one, and nothing else
 * has it, the first has the fix for all.
 */
const writtenIn = (
  given: readonly Argument[],
  workspace: WorkspaceSubject,
): ReadonlyMap<Argument, readonly Written[]> => {
  const found = new Map<Argument, Written[]>();
  for (const { secrets, fix } of credentialsOf(workspace)) {
    const places = secrets.map((secret) => ({
      secret,
      holders: given.filter(({ valueAt }) => valueAt && isInside(secret.at, valueAt)),
    }));
    const isForBuilds = places.every(({ holders }) => holders.length > 0);
    for (const [i, { secret, holders }] of places.entries())
      if (secret.certainty === 'literal' || secret.certainty === 'default')
        for (const holder of holders)
          found.set(holder, [...(found.get(holder) ?? []), { secret, fix: isForBuilds && i === 0 ? fix : undefined }]);
  }
  return found;
};

const problemsOf = ({ service, arg, at, text, role }: Argument, written: readonly Written[]): readonly Problem[] => {
  if (PUBLIC.test(arg)) return [];
  const isNamed = judgeName(arg) === 'secret' && !isNone(text);
  if (!isNamed && written.length === 0) return [];
  const problem = {
    at,
    message: `The build of "${service}" gets ${arg} as an argument, which stays readable in the history of the image.`,
    help: 'Give it as a secret of the build: `build.secrets`, and `RUN --mount=type=secret` in the Dockerfile.',
    severity: milderFor(role, 'error'),
    path: ['services', service, 'build', 'args', arg],
  };
  if (written.length === 0) return [problem];
  return written.map(({ secret, fix }) => ({
    ...problem,
    at: secret.at,
    message: `The build of "${service}" gets ${arg} as an argument, with a credential written into the file, ${mask(secret.text)}: it stays readable in the history of the image.`,
    fix: () => fix,
  }));
};

export default defineRule({
  meta: {
    id: 'secret-in-build-arg',
    severity: 'error',
    preset: 'recommended',
    fix: 'safe',
    since: '0.1.0',
    summary: 'A credential is given to a build as an argument',
    description: `Build arguments stay in the history of the image and in its provenance: whoever can pull it can read them with
\`docker history\`. That holds for a credential from a variable, too. A secret of the build is mounted for one command and kept
nowhere.

Found are arguments whose names are those of credentials, whatever their value, and those whose value is written into the file and
is one by its form, or has one in a URL. Of what is found here, \`hardcoded-secret\` says nothing more. Not found are names that only
speak about a credential (\`TOKEN_URL\`), what bundlers make public anyway (\`NEXT_PUBLIC_…\`, \`VITE_…\`), and dummies that get a build
past a check. It is a step milder in files for development and tests, unless a credential that looks real is written there.`,
    source: 'docs.docker.com, "Build secrets", "SecretsUsedInArgOrEnv"; compose-spec build.md, "args", "secrets"',
    bad: 'services:\n  web:\n    build:\n      context: https://github.com/example/web.git\n      args: {NPM_TOKEN: staple-9-nails}\n',
    good: 'services:\n  web:\n    build:\n      context: https://github.com/example/web.git\n      secrets: [npm_token]\nsecrets:\n  npm_token: {environment: NPM_TOKEN}\n',
    fixSafety: `A credential that is written into the file is moved to \`.env\`, as the fix of \`hardcoded-secret\` does it, so that every stack
resolves as before. The build still gets it as an argument: how the Dockerfile reads it has to be changed by hand.`,
    whenOff: 'For images that never leave the machine they are built on.',
  },
  *checkWorkspace(workspace) {
    const given = allArguments(workspace);
    const written = writtenIn(given, workspace);
    for (const argument of given) yield* problemsOf(argument, written.get(argument) ?? []);
  },
});
