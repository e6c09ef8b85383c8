import { variablesOfDefaults } from '../lint/secret-fix.js';
import { secretsIn } from '../lint/secrets.js';
import { get, type Mapping, textOf, type Value } from '../model/value.js';
import { type Assignment, parseDotenv } from '../resolve/dotenv.js';
import { substitute } from '../resolve/template.js';
import { join } from '../source/path.js';
import { type Source, sourceOf } from '../source/source.js';
import { EXAMPLES } from '../workspace/examples.js';
import { ignoredBelow } from '../workspace/ignored.js';
import { rootOf, type Work } from './work.js';
import { rootsOf, writtenIn } from './written.js';

/** A variable that the files put in, and what they say without it. */
export type UsedVariable = {
  readonly name: string;
  readonly fallback: string | undefined;
  /** Whether they say different things in different places. */
  readonly isAmbiguous: boolean;
  /** Services, or other top-level keys, whose text names it. */
  readonly users: readonly string[];
};

const textsIn = (value: Value): readonly string[] => {
  if (value.kind === 'sequence') return value.items.flatMap(textsIn);
  if (value.kind === 'mapping') return [...value.entries.values()].flatMap((entry) => textsIn(entry.value));
  return typeof value.value === 'string' ? [value.value] : [];
};

/** Sections of a file that variables are counted for: each service, each other top-level key. */
const sections = (root: Mapping): readonly (readonly [string, Value])[] =>
  [...root.entries].flatMap(([key, { value }]): readonly (readonly [string, Value])[] =>
    key === 'services' && value.kind === 'mapping'
      ? [...value.entries].map(([name, entry]) => [name, entry.value] as const)
      : [[key, value]],
  );

const fallbackOf = (text: string, from: number, to: number): string | undefined => {
  const found = /^\$\{\w+:?-([^}]*)\}$/.exec(text.slice(from, to));
  return found?.[1];
};

/** All variables that some Compose files put in, in the order in which they are met. */
export const usedVariables = (roots: readonly Mapping[]): readonly UsedVariable[] => {
  const found = new Map<string, { fallback: string | undefined; isAmbiguous: boolean; users: Set<string> }>();
  for (const root of roots)
    for (const [user, value] of sections(root))
      for (const text of textsIn(value).filter((candidate) => candidate.includes('$')))
        for (const { name, from, to } of substitute(text, () => undefined).references) {
          if (name.startsWith('COMPOSE_')) continue;
          const fallback = fallbackOf(text, from, to);
          const known = found.get(name) ?? { fallback, isAmbiguous: false, users: new Set<string>() };
          known.isAmbiguous ||= known.fallback !== fallback;
          if (!user.startsWith('x-')) known.users.add(user);
          found.set(name, known);
        }
  return [...found].map(([name, { fallback, isAmbiguous, users }]) => ({
    name,
    fallback,
    isAmbiguous,
    users: [...users],
  }));
};

const assignmentsIn = (source: Source | undefined): readonly Assignment[] =>
  source ? parseDotenv(source, () => undefined, new Map()).assignments : [];

const namesIn = (source: Source | undefined): ReadonlySet<string> =>
  new Set(assignmentsIn(source).map(({ name }) => name));

/** A value as an env file holds it literally. */
const assigned = (value: string): string => (/^[\w./:@%+,-]*$/.test(value) ? value : `'${value}'`);

const withBreak = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

/** Variables whose default is a credential: it is not written down once more. */
const variablesOfCredentials = (roots: readonly Mapping[]): ReadonlySet<string> =>
  variablesOfDefaults(
    roots.flatMap((root) => secretsIn(root).flatMap(({ certainty, at }) => (certainty === 'placeholder' ? [] : [at]))),
  );

/** Variables in groups of the same users, each with a comment. What has no value that can be shown is left to its default. */
const exampleLines = (
  work: Work,
  variables: readonly UsedVariable[],
  credentials: ReadonlySet<string>,
): readonly string[] => {
  const groups = new Map<string, string[]>();
  for (const { name, fallback, isAmbiguous, users } of variables) {
    const known = work.variables.get(name);
    const title = [...(known?.usedBy ?? users)].join(', ');
    const lines = groups.get(title) ?? [];
    if (isAmbiguous || credentials.has(name)) lines.push(`# ${name}=`);
    else lines.push(known?.isSecret || fallback === undefined ? `${name}=` : `${name}=${assigned(fallback)}`);
    groups.set(title, lines);
  }
  return [...groups].flatMap(([title, lines]) => ['', `# ${title}`, ...lines]);
};

/** Env files as a plan leaves them: texts by path. `.env` only gets what is new. */
export const envFiles = (work: Work): ReadonlyMap<string, Source> => {
  if (work.variables.size === 0) return new Map();
  const { workspace, subject } = work.analysis;
  const at = (name: string): string => join(workspace.directory, name);
  const env = subject.read(at('.env'));
  const example = EXAMPLES.map((name) => subject.read(at(name))).find((source) => source !== undefined);
  const roots = [...work.texts].flatMap(([path, source]) => (/\.ya?ml$/.test(path) ? (rootOf(source) ?? []) : []));
  const missing = usedVariables(roots).filter(({ name }) => !namesIn(example).has(name));
  const header = [
    '# Variables of the Compose files. Copy this file to .env and fill in what is empty; git ignores .env.',
  ];
  const text =
    withBreak(example?.text ?? `${header.join('\n')}\n`) +
    exampleLines(work, missing, variablesOfCredentials(roots))
      .map((line) => `${line}\n`)
      .join('');
  const secrets = [...work.variables].filter(([name, { isSecret }]) => isSecret && !namesIn(env).has(name));
  const values = secrets.map(([name, { value }]) => `${name}=${assigned(value)}\n`).join('');
  const files = new Map<string, Source>();
  const examplePath = example?.path ?? at('.env.example');
  if (missing.length > 0) files.set(examplePath, sourceOf(examplePath, text, example?.encoding));
  if (values !== '') files.set(at('.env'), sourceOf(at('.env'), withBreak(env?.text ?? '') + values, env?.encoding));
  return files;
};

/** Folder of the files that hold credentials, beside the Compose files. */
export const SECRETS_FOLDER = 'secrets';

/** Whether the production file takes credentials from files in that folder, as decided. */
const hasSecretFiles = ({ decisions, layout, texts }: Work): boolean => {
  const secrets = get(rootOf(texts.get(layout.prod)), 'secrets');
  return (
    decisions.prod?.secrets === 'files' &&
    secrets?.kind === 'mapping' &&
    [...secrets.entries.values()].some(({ value }) => textOf(get(value, 'file'))?.startsWith(`./${SECRETS_FOLDER}/`))
  );
};

/** `.gitignore` with lines for what holds credentials, where a plan puts something there and git would take it in. */
export const gitignoreFor = (work: Work, files: ReadonlyMap<string, Source>): Source | undefined => {
  const { workspace, subject } = work.analysis;
  const { directory } = workspace;
  const isIgnored = ignoredBelow(workspace.fs, workspace.root);
  const lines = [
    ...(files.has(join(directory, '.env')) && !isIgnored(join(directory, '.env'), false) ? ['.env\n'] : []),
    ...(hasSecretFiles(work) && !isIgnored(join(directory, SECRETS_FOLDER), true) ? [`${SECRETS_FOLDER}/\n`] : []),
  ];
  if (lines.length === 0 || work.operations.length === 0) return undefined;
  const path = join(directory, '.gitignore');
  return sourceOf(path, `${withBreak(subject.read(path)?.text ?? '')}${lines.join('')}`);
};

/** Whether a service takes everything that is in `.env` into its environment: nothing can be added there unnoticed. */
export const readsWholeEnv = ({ analysis }: Work): boolean =>
  analysis.workspace.files.some((file) =>
    writtenIn(file, 'services').some(({ value }) => {
      const listed = get(value, 'env_file');
      return listed !== undefined && textsIn(listed).some((path) => /(?:^|\/)\.env$/.test(path));
    }),
  );

/**
 * The env file that a proof works with: what the stacks were loaded with today, with the new variables. Where there is no
 * `.env`, today's stacks took the example's values, and so must the new ones.
 */
export const proofEnv = (work: Work): Source | undefined => {
  const { workspace, subject } = work.analysis;
  const path = join(workspace.directory, '.env');
  const today = [path, ...EXAMPLES.map((name) => join(workspace.directory, name))]
    .map((candidate) => subject.read(candidate))
    .find((source) => source !== undefined);
  const secrets = [...work.variables].filter(([name, { isSecret }]) => isSecret && !namesIn(today).has(name));
  if (secrets.length === 0) return undefined;
  const values = secrets.map(([name, { value }]) => `${name}=${assigned(value)}\n`).join('');
  return sourceOf(path, withBreak(today?.text ?? '') + values);
};

/**
 * Variables that the project has today, in its env files or its Compose files: a new one must not be one of them, unless it is
 * to have the value that stands beside the name. None stands there where several are given, or none.
 */
export const takenVariables = (work: Work): ReadonlyMap<string, string | undefined> => {
  const { workspace, subject } = work.analysis;
  const examples = EXAMPLES.flatMap((name) => assignmentsIn(subject.read(join(workspace.directory, name))));
  const given = [...subject.envFiles.flatMap(({ assignments }) => assignments), ...examples];
  const used = usedVariables(workspace.files.flatMap(rootsOf)).map(({ name }) => [name, undefined] as const);
  // An example is there to be filled in: that it gives nothing says nothing.
  const values = (name: string): readonly string[] =>
    given.flatMap((other) => (other.name === name && other.value !== '' ? [other.value] : []));
  const names = new Set(given.map(({ name }) => name));
  const only = ([value, ...others]: readonly string[]): string | undefined =>
    others.every((other) => other === value) ? value : undefined;
  return new Map([...used, ...[...names].map((name) => [name, only(values(name))] as const)]);
};
