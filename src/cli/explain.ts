import { Command } from 'commander';
import { mask } from '../lint/mask.js';
import { credentialsIn, type Secret, secretsIn } from '../lint/secrets.js';
import { findValue } from '../model/find.js';
import { type ComposePath, formatPath, parsePath } from '../model/path.js';
import type { Project } from '../model/project.js';
import { type Mapping, placeOfValue, type Value, withEntry } from '../model/value.js';
import { explainJson, explainText, knownPaths, type Story } from '../report/explain.js';
import type { Hidden } from '../report/frame.js';
import { DEFAULT_OPTIONS } from '../resolve/resolve.js';
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

/** The model with the services that no profile asks for: they can be explained, too. */
const wholeModel = ({ model, disabled }: Project): Mapping => {
  const services = model.entries.get('services');
  if (services?.value.kind !== 'mapping') return model;
  const entries = new Map([...services.value.entries, ...disabled.entries]);
  return withEntry(model, 'services', { ...services, value: { ...services.value, entries } });
};

const find = (model: Mapping, text: string): { readonly value: Value; readonly path: ComposePath } => {
  const found = findValue(model, parsePath(text));
  if (found.kind === 'found') return found;
  const where = found.path.length === 0 ? 'the model' : formatPath(found.path);
  const known = knownPaths(found.value, found.path);
  const keys = known.map((path) => parsePath(path).at(-1));
  const guess = nearest(found.key, keys.map(String));
  const at = guess === undefined ? undefined : known[keys.findIndex((key) => String(key) === guess)];
  const hint = known.length === 0 ? `${where} is a single value.` : `There is ${known.slice(0, 20).join(', ')}.`;
  throw new RunError('unknown-path', {
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

/** Longest text of a value that is shown. */
const SHOWN = 200;

const masked = (text: string, secrets: readonly string[]): string => {
  let shown = text;
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) shown = shown.replaceAll(secret, mask(secret));
  const short = shown.length > SHOWN ? `${shown.slice(0, SHOWN)}…` : shown;
  return /[\p{Cc}]/u.test(short) ? JSON.stringify(short) : short;
};

const startsWith = (path: ComposePath, other: ComposePath): boolean => other.every((key, i) => key === path[i]);

const storyOf = (opened: Opened, project: Project, text: string, io: Io): Story => {
  const model = wholeModel(project);
  const { value, path } = find(model, text);
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
  const hidden = [...inFiles.map(({ at }) => at), ...hiddenInEnvFiles(value, String(path.at(-1) ?? ''), project)];
  return { path, value, cwd: io.cwd, shownPath: (full) => relative(io.cwd, full), hidden, show, variable };
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
      const opened = openStack(files, options, DEFAULT_OPTIONS, io);
      if (opened.isRefused) io.exitCode = EXIT.findings;
      const project = opened.resolved?.project;
      if (!project) return;
      const story = storyOf(opened, project, text, io);
      io.write(options.format === 'json' ? explainJson(story) : explainText(story, useColour(options.color, io)));
    });
