import { mask } from '../lint/mask.js';
import { credentialsIn, type Secret, secretsIn } from '../lint/secrets.js';
import type { ComposePath } from '../model/path.js';
import type { Project } from '../model/project.js';
import { type Mapping, type Origin, placeOfValue, type Value, type VariableSource, withEntry } from '../model/value.js';
import type { ParsedFile } from '../parse/parse.js';
import type { Removal } from '../resolve/reset.js';
import { withoutUnused } from '../resolve/select.js';
import { sprint } from '../resolve/sprint.js';
import { type Span, textAt } from '../source/source.js';
import type { Story } from './chapters.js';
import type { Hidden } from './frame.js';
import { shownPath } from './place.js';

/** What docker compose prints, with the services that no profile asks for: they can be explained, too. */
export const wholeModel = ({ model, disabled }: Project): Mapping => {
  const services = model.entries.get('services');
  if (services?.value.kind !== 'mapping') return model;
  const entries = new Map([...services.value.entries, ...disabled.entries]);
  return withEntry(withoutUnused(model, services.value), 'services', {
    ...services,
    value: { ...services.value, entries },
  });
};

/** A value that was asked for, or the path of one that a tag took out. */
export type Asked = Pick<Story, 'path' | 'isUnused' | 'removals' | 'taken'> & { readonly value: Value | undefined };

const secretsOf = (files: readonly ParsedFile[]): readonly Secret[] =>
  files.flatMap(({ documents }) => documents.flatMap(({ root }) => (root.kind === 'mapping' ? secretsIn(root) : [])));

/** The value of an assignment in an env file: what stands behind the name and its sign. */
const contentOf = (at: Span): Span => ({ ...at, start: at.start + (/^[^=:]*[=:]/.exec(textAt(at))?.[0].length ?? 0) });

/** The variables that a step has put in, with what they gave. */
const variablesOf = (
  origin: Origin,
): readonly { readonly name: string; readonly given?: string; readonly source?: VariableSource }[] => {
  if (origin.kind === 'interpolated') return origin.variables;
  return origin.kind === 'environment' ? [origin] : [];
};

/** What tags took out right below a value, and nothing has brought back. */
export const takenBelow = (removals: readonly Removal[], path: ComposePath, value: Value): readonly Removal[] =>
  removals.filter(
    (removal) =>
      removal.path.length === path.length + 1 &&
      startsWith(removal.path, path) &&
      value.kind === 'mapping' &&
      !value.entries.has(String(removal.path.at(-1))),
  );

/** Places in env files that the value's history names, as far as their content is a credential. */
const hiddenInEnvFiles = (value: Value, name: string): Hidden => {
  const places = value.origins.flatMap((origin) => {
    if (origin.kind === 'read') return credentialsIn(name, sprint(value)).length > 0 ? [origin.at] : [];
    return variablesOf(origin).flatMap(({ name: used, given = '', source }) =>
      source?.kind === 'env-file' && credentialsIn(used, given).length > 0 ? [contentOf(source.at)] : [],
    );
  });
  if (value.kind === 'mapping')
    return [...places, ...[...value.entries].flatMap(([key, entry]) => hiddenInEnvFiles(entry.value, key))];
  if (value.kind !== 'sequence') return places;
  return [...places, ...value.items.flatMap((item) => hiddenInEnvFiles(item, name))];
};

/** Places of values that others took the place of, as far as they are credentials. */
const hiddenLosses = (value: Value, name: string): Hidden => {
  const own = value.origins.flatMap((origin) =>
    origin.kind === 'overrode' && credentialsIn(name, textAt(origin.lost)).length > 0 ? [origin.lost] : [],
  );
  if (value.kind === 'scalar') return own;
  const inner =
    value.kind === 'mapping'
      ? [...value.entries].flatMap(([key, entry]) => hiddenLosses(entry.value, key))
      : value.items.flatMap((item) => hiddenLosses(item, name));
  return [...own, ...inner];
};

const masked = (text: string, secrets: readonly string[]): string => {
  let shown = text;
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) shown = shown.replaceAll(secret, mask(secret));
  return shown;
};

/** Whether a path leads to where another one does, or further down. */
export const startsWith = (path: ComposePath, other: ComposePath): boolean => other.every((key, i) => key === path[i]);

/** What stands behind tags that took something out, as far as it is a credential: an old value may be left there. */
const hiddenBehindTags = (removals: readonly Removal[]): Hidden =>
  removals.flatMap(({ at, path }) => {
    const { text } = at.source;
    const lineEnd = text.indexOf('\n', at.end);
    const rest = { ...at, start: at.end, end: lineEnd < 0 ? text.length : lineEnd };
    return credentialsIn(String(path.at(-1) ?? ''), textAt(rest).trim()).length > 0 ? [rest] : [];
  });

/**
 * Shortest credential that is looked for wherever it might have come to, as far as the value was taken from elsewhere, and in
 * any value. Shorter ones are words that stand for something else, too.
 */
const SHORTEST_TAKEN = 6;
const SHORTEST_ANYWHERE = 12;

const isTaken = ({ origins }: Value): boolean =>
  origins.some(({ kind }) => kind === 'read' || kind === 'environment' || kind === 'interpolated');

/** What a story is told from. */
export type StoryInput = {
  readonly project: Project;
  /** The Compose files that the project was made of. */
  readonly files: readonly ParsedFile[];
  /** Folder that shown paths start from. */
  readonly cwd: string;
};

/** A value's story, or that of a value which was taken out, with everything known that must not be shown. */
export const storyOf = (
  asked: Asked,
  { project, files, cwd }: StoryInput,
): Omit<Story, 'value'> & Pick<Asked, 'value'> => {
  const { value, path, removals } = asked;
  const inFiles = secretsOf(files);
  const inModel = secretsIn(wholeModel(project));
  const known = [...new Set([...inFiles, ...inModel].map(({ text }) => text))];
  const variable = (name: string, given: string): string => masked(given, credentialsIn(name, given));
  const show = (shown: Value, at: ComposePath): string => {
    const place = placeOfValue(shown);
    const written = inFiles.filter(
      (secret) =>
        place &&
        secret.at.source.path === place.source.path &&
        secret.at.start < place.end &&
        place.start < secret.at.end,
    );
    const own = inModel.filter((secret) => startsWith(at, secret.path));
    const used = shown.origins.flatMap((origin) =>
      variablesOf(origin).flatMap(({ name, given = '' }) => credentialsIn(name, given)),
    );
    const content = shown.kind === 'scalar' && shown.value === null ? 'null' : sprint(shown);
    const least = isTaken(shown) ? SHORTEST_TAKEN : SHORTEST_ANYWHERE;
    const others = known.filter((text) => text.length >= least);
    return masked(content, [...[...written, ...own].map((secret) => secret.text), ...used, ...others]);
  };
  const name = String(path.at(-1) ?? '');
  const hidden = [
    ...inFiles.map(({ at }) => at),
    ...(value ? [...hiddenInEnvFiles(value, name), ...hiddenLosses(value, name)] : []),
    ...hiddenBehindTags([...removals, ...asked.taken]),
  ];
  return { ...asked, cwd, shownPath: (full) => shownPath(cwd, full), hidden, show, variable };
};
