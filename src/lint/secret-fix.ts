import { get, isNull, type Mapping, textOf, type Value } from '../model/value.js';
import { withoutEnd } from '../source/ends.js';
import { basename, dirname, join, relative } from '../source/path.js';
import { type Span, textAt } from '../source/source.js';
import { EXAMPLES } from '../workspace/examples.js';
import { type PartReplacement, replaceParts } from './edits/replace.js';
import type { Fix, FixLine, FixVariable } from './rule.js';
import { referenceBefore } from './same-credential.js';
import type { Secret } from './secrets.js';
import { isOfShells } from './shell-variables.js';
import type { FileSubject, WorkspaceSubject } from './subjects.js';

/** The same credential in all its places. */
export type SecretGroup = {
  readonly secrets: readonly [Secret, ...Secret[]];
  /** Places in commands and probes where it stands once more. */
  readonly repetitions: readonly Span[];
};

/** Names that say only that something is secret; the service's name makes one of them that tells which. */
export const GENERIC = /^(?:PASS|PASSWD|PASSWORD|PW|SECRET|TOKEN|KEY|API_?KEY|CREDENTIALS?)$/;

const asVariable = (text: string): string =>
  withoutEnd(text.replace(/\W+/g, '_').replace(/^_+/, ''), '_').toUpperCase();

/** Names of variables that hold credentials by the URLs or connection strings they are part of: `DATABASE_URL`, `SEARCH_DSN`. */
const OF_CONNECTIONS = /_?(?:URL|URI|DSN|CONN(?:ECTION)?_?STR(?:ING)?|CONNECTION)$/;

/** The name that a credential gets from the variable in which it is a part. */
export const nameByHolder = ({ holder, path }: Secret): string | undefined => {
  if (holder === undefined || !/^[A-Za-z]\w*$/.test(holder) || NO_VARIABLES.has(String(path[2]))) return undefined;
  const owner = holder.toUpperCase().replace(OF_CONNECTIONS, '');
  return owner === '' || GENERIC.test(owner) ? undefined : `${owner}_PASSWORD`;
};

/** Keys of a service whose texts are no values of variables. */
const NO_VARIABLES: ReadonlySet<string> = new Set(['command', 'entrypoint', 'healthcheck', 'labels']);

/** How many credentials may have to share one name, told apart by numbers. */
const MOST_NUMBERED = 50;

/** Names that a credential may get, the best ones first. */
const namesFor = ({ secrets }: SecretGroup, { files }: WorkspaceSubject): readonly string[] => {
  const given = secrets.flatMap(({ name }) =>
    name !== undefined && /^[A-Za-z_]\w*$/.test(name) ? [name.toUpperCase()] : [],
  );
  const service = secrets.find(({ path }) => path[0] === 'services')?.path[1];
  const owner = service === undefined ? 'APP' : asVariable(String(service));
  const telling = given.filter((name) => !GENERIC.test(name));
  const owned = [...given, 'PASSWORD'].map((name) => `${owner}_${name}`);
  const first = owned[0] ?? 'PASSWORD';
  const file = files.find(({ path }) => path === secrets[0].at.source.path);
  const label = file && file.role !== 'base' ? asVariable(file.label) : '';
  const labelled = label === '' ? [] : telling.map((name) => `${label}_${name}`);
  const held = secrets.flatMap((secret) => nameByHolder(secret) ?? []);
  const numbered = Array.from({ length: MOST_NUMBERED - 1 }, (_, i) => `${first}_${i + 2}`);
  return [...telling, ...labelled, ...held, ...owned, ...numbered].filter(
    (name) => /^[A-Z_]\w*$/.test(name) && !isOfShells(name),
  );
};

const valuesOf = (value: Value | undefined): readonly Value[] =>
  value?.kind === 'mapping'
    ? [...value.entries.values()].map((entry) => entry.value)
    : value?.kind === 'sequence'
      ? value.items
      : [];

/** Whether a service takes a variable over from the project's environment: a name without a value. */
const takesOver = (root: Mapping, name: string): boolean =>
  valuesOf(get(root, 'services')).some((service) =>
    [get(service, 'environment'), get(service, 'build', 'args')].some(
      (variables) =>
        isNull(get(variables, name)) ||
        valuesOf(variables).some((item) => textOf(item) === name && variables?.kind === 'sequence'),
    ),
  );

/** Whether a service takes a variable over from the project's environment, so that setting it changes what the service gets. */
const isHandedOn = (name: string, { files }: WorkspaceSubject): boolean =>
  files.some(({ roots }) => roots.some((root) => takesOver(root, name)));

/** Whether a variable is in use in the files already, beside what is replaced. */
const isInUse = (name: string, workspace: WorkspaceSubject): boolean => {
  const reference = new RegExp(`\\$\\{?${name}(?!\\w)`);
  return workspace.files.some(({ source }) => reference.test(source.text)) || isHandedOn(name, workspace);
};

/** The env files of the stacks that load one of some files; undefined where one of them is not known. */
const envFilesOf = (paths: ReadonlySet<string>, workspace: WorkspaceSubject): readonly string[] | undefined => {
  const loads = (file: FileSubject): boolean => paths.has(file.path);
  const found = workspace.stacks.filter(({ files }) => files.some(loads)).map(({ envFile }) => envFile);
  const known = found.flatMap((file) => file ?? []);
  if (known.length < found.length) return undefined;
  return known.length === 0 ? [join(workspace.directory, '.env')] : [...new Set(known)].sort();
};

const assignedIn = (file: string, name: string, { envFiles }: WorkspaceSubject): string | undefined =>
  envFiles.find(({ source }) => source.path === file)?.assignments.findLast((assignment) => assignment.name === name)
    ?.value;

const exampleBeside = (file: string, { kind }: WorkspaceSubject): string => {
  const folder = dirname(file);
  const name = EXAMPLES.find((example) => kind(join(folder, example)) === 'file');
  return join(folder, name ?? '.env.example');
};

/** Services that read an env file as a whole, so that they get a variable that is added to it, and do not have it yet. */
const readersOf = (files: readonly string[], name: string, { stacks }: WorkspaceSubject): readonly string[] => {
  const readers = stacks.flatMap(({ services }) =>
    [...services.values()].filter(
      ({ value }) =>
        get(value, 'environment', name) === undefined &&
        valuesOf(get(value, 'env_file')).some((item) => files.includes(textOf(get(item, 'path')) ?? '')),
    ),
  );
  return [...new Set(readers.map((service) => service.name))].sort();
};

/** The line that makes git ignore a file, in the nearest `.gitignore`; none where git does so, or is not used. */
const ignoring = (file: string, { isIgnored, kind }: WorkspaceSubject): readonly FixLine[] => {
  if (isIgnored(file) !== false) return [];
  let folder = dirname(file);
  while (folder !== '/' && kind(join(folder, '.gitignore')) !== 'file' && kind(join(folder, '.git')) === undefined)
    folder = dirname(folder);
  const isBeside = folder === dirname(file);
  return [{ file: join(folder, '.gitignore'), line: isBeside ? basename(file) : `/${relative(folder, file)}` }];
};

/** What is written at a place is the credential, character for character, but for doubled dollar signs. */
const isExact = (at: Span, text: string): boolean => textAt(at).replaceAll('$$', () => '$') === text;

/** How often a variable is referred to. */
const countReferences = (name: string, texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + [...text.matchAll(new RegExp(`\\$\\{?${name}(?!\\w)`, 'g'))].length, 0);

/** The whole reference whose default a credential is: `${NAME:-secret}`. */
const referenceAround = (at: Span): { readonly at: Span; readonly name: string } | undefined => {
  const before = referenceBefore(at);
  const { source, end } = at;
  return before && source.text[end] === '}'
    ? { at: { source, start: before.start, end: end + 1 }, name: before.name }
    : undefined;
};

/** The variables whose default a credential is in some places. */
export const variablesOfDefaults = (places: readonly Span[]): ReadonlySet<string> =>
  new Set(places.flatMap((at) => referenceAround(at)?.name ?? []));

/** Puts a variable in all places of a credential; where that is its default, the default goes. */
export const replacedBy = (name: string, places: readonly Span[]): readonly PartReplacement[] =>
  places.map((at) => ({ at: referenceAround(at)?.at ?? at, text: `\${${name}}` }));

/**
 * The one variable whose default a credential is, which can take its place everywhere and get it as its value. None where it is
 * the default of several, or something else says what is to be where the variable is not set.
 * @param texts All texts that may refer to the variable.
 */
export const variableOfDefaults = (places: readonly Span[], texts: readonly string[]): string | undefined => {
  const [name, another] = variablesOfDefaults(places);
  if (name === undefined || another !== undefined) return undefined;
  const defaults = places.filter((at) => referenceAround(at) !== undefined);
  return countReferences(name, texts) === defaults.length ? name : undefined;
};

/** The variable that can take a credential's place. */
const variableFor = (
  group: SecretGroup,
  places: readonly Span[],
  envFiles: readonly string[],
  taken: ReadonlySet<string>,
  workspace: WorkspaceSubject,
): string | undefined => {
  const { text } = group.secrets[0];
  const isFree = (name: string): boolean =>
    !taken.has(name) && envFiles.every((file) => (assignedIn(file, name, workspace) ?? text) === text);
  if (!places.every((at) => isExact(at, text))) return undefined;
  if (variablesOfDefaults(places).size > 0) {
    const texts = workspace.files.map(({ source }) => source.text);
    const name = variableOfDefaults(places, texts);
    return name !== undefined && isFree(name) && !isHandedOn(name, workspace) ? name : undefined;
  }
  const isSet = (name: string): boolean => envFiles.every((file) => assignedIn(file, name, workspace) === text);
  return namesFor(group, workspace).find(
    (candidate) => isFree(candidate) && (isSet(candidate) || !isInUse(candidate, workspace)),
  );
};

/**
 * The fix that moves a credential into the env file of every stack that has it.
 * @param taken Variables that fixes of other credentials use; the one of this fix is added.
 * @returns undefined where a place cannot be replaced with certainty, or no name is free.
 */
export const secretFix = (group: SecretGroup, taken: Set<string>, workspace: WorkspaceSubject): Fix | undefined => {
  const places = [...group.secrets.map(({ at }) => at), ...group.repetitions];
  const files = envFilesOf(new Set(places.map(({ source }) => source.path)), workspace);
  const name = files && variableFor(group, places, files, taken, workspace);
  const edits = name === undefined ? undefined : replaceParts(replacedBy(name, places));
  if (!files || name === undefined || !edits) return undefined;
  taken.add(name);
  const variables = files.map((file): FixVariable => {
    return { name, value: group.secrets[0].text, file, example: exampleBeside(file, workspace) };
  });
  const isKnown = files.every((file) => assignedIn(file, name, workspace) !== undefined);
  const readers = isKnown ? [] : readersOf(files, name, workspace);
  const spread =
    readers.length === 0 ? '' : `; ${readers.map((reader) => `"${reader}"`).join(' and ')} will get it, too`;
  return {
    title: `Move the credential to ${files.map((file) => relative(workspace.directory, file)).join(' and ')} as ${name}${spread}`,
    applicability: readers.length === 0 ? 'safe' : 'unsafe',
    edits,
    variables,
    lines: files.flatMap((file) => ignoring(file, workspace)),
  };
};
