import { Command } from 'commander';
import { mask } from '../lint/mask.js';
import { credentialsIn, type Secret, secretsIn } from '../lint/secrets.js';
import { type Found, findValue } from '../model/find.js';
import { type ComposePath, formatPath, parsePath } from '../model/path.js';
import type { Project } from '../model/project.js';
import { type Mapping, placeOfValue, type Value, withEntry } from '../model/value.js';
import type { Story } from '../report/chapters.js';
import { explainJson, explainText, knownPaths, removedJson, removedText } from '../report/explain.js';
import type { Hidden } from '../report/frame.js';
import type { Removal } from '../resolve/reset.js';
import { DEFAULT_OPTIONS, type Resolved } from '../resolve/resolve.js';
import { withoutUnused } from '../resolve/select.js';
import { sprint } from '../resolve/sprint.js';
import { nearest } from '../source/nearest.js';
import { relative } from '../source/path.js';
import { type Span, textAt } from '../source/source.js';
import { RunError } from '../workspace/run-error.js';
import { COLOUR_MODES, type ColourMode, useColour } from './colour.js';
import { EXIT, type Io } from './io.js';
import { choice, examples } from './options.js';
import { type Opened, openStack, type StackOptions, withStackOptions } from './stack-options.js';

type ExplainOptions = StackOptions & { readonly format: 'pretty' | 'json'; readonly color: ColourMode };

/** What docker compose prints, with the services that no profile asks for: they can be explained, too. */
const wholeModel = ({ model, disabled }: Project): Mapping => {
  const services = model.entries.get('services');
  if (services?.value.kind !== 'mapping') return model;
  const entries = new Map([...services.value.entries, ...disabled.entries]);
  return withEntry(withoutUnused(model, services.value), 'services', {
    ...services,
    value: { ...services.value, entries },
  });
};

/** A value that was asked for, or the path of one that a tag took out. */
type Asked = Pick<Story, 'path' | 'isUnused' | 'removals'> & { readonly value: Value | undefined };

/** Looks into the model that docker compose prints, then into what tags took out, then into what no service uses. */
const find = (model: Mapping, { project, removals }: Resolved, text: string): Asked => {
  const asked = parsePath(text);
  const found = findValue(model, asked);
  const at = (path: ComposePath): readonly Removal[] =>
    removals.filter((removal) => removal.path.length === path.length && startsWith(removal.path, path));
  if (found.kind === 'found') return { ...found, isUnused: false, removals: at(found.path) };
  const removal = removals.findLast(({ path }) => startsWith(asked, path));
  if (removal) return { path: removal.path, value: undefined, isUnused: false, removals: at(removal.path) };
  const unused = project ? findValue(project.model, asked) : found;
  if (unused.kind === 'found') return { ...unused, isUnused: true, removals: at(unused.path) };
  throw unknownPath(found);
};

const unknownPath = (found: Found & { readonly kind: 'missing' }): RunError => {
  const where = found.path.length === 0 ? 'the model' : formatPath(found.path);
  const known = knownPaths(found.value, found.path);
  const keys = known.map((path) => parsePath(path).at(-1));
  const guess = nearest(found.key, keys.map(String));
  const at = guess === undefined ? undefined : known[keys.findIndex((key) => String(key) === guess)];
  const hint = known.length === 0 ? `${where} is a single value.` : `There is ${known.slice(0, 20).join(', ')}.`;
  return new RunError('unknown-path', {
    message: `${where} has no "${found.key}"`,
    hint: at === undefined ? hint : `Did you mean "${at}"?`,
  });
};

const secretsOf = ({ read, resolved }: Opened): readonly Secret[] =>
  [...(resolved?.files ?? [])].flatMap((path) =>
    (read(path, () => undefined)?.documents ?? []).flatMap(({ root }) =>
      root.kind === 'mapping' ? secretsIn(root) : [],
    ),
  );

/** The value of an assignment in an env file: what stands behind the name and its sign. */
const contentOf = (at: Span): Span => ({ ...at, start: at.start + (/^[^=:]*[=:]/.exec(textAt(at))?.[0].length ?? 0) });

/** Places in env files that the value's history names, as far as their content is a credential. */
const hiddenInEnvFiles = (value: Value, name: string, project: Project): Hidden => {
  const places = value.origins.flatMap((origin) => {
    if (origin.kind === 'read') return credentialsIn(name, sprint(value)).length > 0 ? [origin.at] : [];
    const uses = origin.kind === 'interpolated' ? origin.variables : origin.kind === 'environment' ? [origin] : [];
    return uses.flatMap(({ name: used, source }) =>
      source?.kind === 'env-file' && credentialsIn(used, project.environment.get(used)?.value ?? '').length > 0
        ? [contentOf(source.at)]
        : [],
    );
  });
  if (value.kind === 'mapping')
    return [...places, ...[...value.entries].flatMap(([key, entry]) => hiddenInEnvFiles(entry.value, key, project))];
  if (value.kind !== 'sequence') return places;
  return [...places, ...value.items.flatMap((item) => hiddenInEnvFiles(item, name, project))];
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

/** Longest text of a value that is shown. */
const SHOWN = 200;

const masked = (text: string, secrets: readonly string[]): string => {
  let shown = text;
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) shown = shown.replaceAll(secret, mask(secret));
  const short = shown.length > SHOWN ? `${shown.slice(0, SHOWN)}…` : shown;
  return /[\p{Cc}]/u.test(short) ? JSON.stringify(short) : short;
};

const startsWith = (path: ComposePath, other: ComposePath): boolean => other.every((key, i) => key === path[i]);

/** What stands behind tags that took something out, as far as it is a credential: an old value may be left there. */
const hiddenBehindTags = (removals: readonly Removal[]): Hidden =>
  removals.flatMap(({ at, path }) => {
    const { text } = at.source;
    const lineEnd = text.indexOf('\n', at.end);
    const rest = { ...at, start: at.end, end: lineEnd < 0 ? text.length : lineEnd };
    return credentialsIn(String(path.at(-1) ?? ''), textAt(rest).trim()).length > 0 ? [rest] : [];
  });

/** A value's story, or that of a value which was taken out. */
const storyOf = (
  opened: Opened,
  resolved: Resolved,
  project: Project,
  text: string,
  io: Io,
): Omit<Story, 'value'> & { readonly value: Value | undefined } => {
  const model = wholeModel(project);
  const asked = find(model, resolved, text);
  const { value, path, removals } = asked;
  const inFiles = secretsOf(opened);
  const inModel = secretsIn(model);
  const variable = (name: string): string | undefined => {
    const given = project.environment.get(name)?.value;
    return given === undefined ? undefined : masked(given, credentialsIn(name, given));
  };
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
    const used = shown.origins.flatMap((origin) => {
      const names = origin.kind === 'interpolated' ? origin.variables : origin.kind === 'environment' ? [origin] : [];
      return names.flatMap(({ name }) => credentialsIn(name, project.environment.get(name)?.value ?? ''));
    });
    const content = shown.kind === 'scalar' && shown.value === null ? 'null' : sprint(shown);
    return masked(content, [...[...written, ...own].map((secret) => secret.text), ...used]);
  };
  const name = String(path.at(-1) ?? '');
  const hidden = [
    ...inFiles.map(({ at }) => at),
    ...(value ? [...hiddenInEnvFiles(value, name, project), ...hiddenLosses(value, name)] : []),
    ...hiddenBehindTags(removals),
  ];
  return { ...asked, cwd: io.cwd, shownPath: (full) => relative(io.cwd, full), hidden, show, variable };
};

/** `fog-lint explain`: one value's story, in order. */
export const explainCommand = (io: Io): Command =>
  withStackOptions(new Command('fog-lint explain'))
    .description("Tell one value's story: who wrote it, who changed it, who won")
    .argument('<path>', 'the value: services.web.ports, services.web.ports[0], services.web.labels["a.b"]')
    .argument('[files...]', 'the files of one stack, in order; none for what docker compose would load here')
    .option('--format <name>', 'pretty or json', choice(['pretty', 'json'] as const), 'pretty')
    .option('--color <when>', 'auto, always or never', choice(COLOUR_MODES), 'auto')
    .addHelpText(
      'after',
      examples(
        'explain services.web.image',
        'explain services.backend.ports docker-compose.yml docker-compose.dev.yml',
        'explain \'services.web.labels["com.example.owner"]\' --format json',
      ),
    )
    .action((text: string, files: readonly string[], options: ExplainOptions) => {
      const opened = openStack(files, options, { ...DEFAULT_OPTIONS, allResources: true }, io);
      if (opened.isRefused) io.exitCode = EXIT.findings;
      const { resolved } = opened;
      if (!resolved?.project) return;
      const { value, ...story } = storyOf(opened, resolved, resolved.project, text, io);
      const isJson = options.format === 'json';
      const colour = useColour(options.color, io);
      if (value) io.write(isJson ? explainJson({ ...story, value }) : explainText({ ...story, value }, colour));
      else io.write(isJson ? removedJson(story) : removedText(story, colour));
    });
