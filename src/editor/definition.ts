import type { Location } from 'vscode-languageserver';
import { type ComposePath, type PathTable, pathTable, rowAt } from '../model/path.js';
import { get, type Mapping, placeOfValue, textOf, type Value } from '../model/value.js';
import type { ParsedFile } from '../parse/parse.js';
import { wholeModel } from '../report/story.js';
import type { Span } from '../source/source.js';
import type { Workspace } from '../workspace/workspace.js';
import { locationOf } from './places.js';
import type { Analysis } from './session.js';
import { type Target, targetAt, type ValueAt, valuesAt } from './target.js';

/** The section and name that a value refers to; undefined when it refers to nothing. */
type Reference = (value: Value, path: ComposePath) => ComposePath | undefined;

const byKey =
  (section: string): Reference =>
  (_, path) => [section, path.at(-1) ?? ''];

const byText =
  (section: string): Reference =>
  (value) => {
    const name = textOf(value);
    return name === undefined ? undefined : [section, name];
  };

const bySource =
  (section: string): Reference =>
  (value) => {
    const name = textOf(get(value, 'source'));
    const isNamed = section !== 'volumes' || textOf(get(value, 'type')) === 'volume';
    return name !== undefined && isNamed ? [section, name] : undefined;
  };

const serviceBehind: Reference = (value) => {
  const [, name] = /^service:(.+)$/.exec(textOf(value) ?? '') ?? [];
  return name === undefined ? undefined : ['services', name];
};

const linked: Reference = (value) => ['services', (textOf(value) ?? '').split(':')[0] ?? ''];

/** Values of a resolved service that name something else. @see compose-spec 05-services.md */
const REFERENCES: PathTable<Reference> = pathTable<Reference>({
  'services.*.depends_on.*': byKey('services'),
  'services.*.networks.*': byKey('networks'),
  'services.*.volumes.*': bySource('volumes'),
  'services.*.secrets.*': bySource('secrets'),
  'services.*.configs.*': bySource('configs'),
  'services.*.network_mode': serviceBehind,
  'services.*.ipc': serviceBehind,
  'services.*.pid': serviceBehind,
  'services.*.links.*': linked,
  'services.*.volumes_from.*': linked,
  'services.*.build.secrets.*': bySource('secrets'),
  'services.*.models.*': byKey('models'),
  'services.*.extends': byText('services'),
});

/** Keys below which a part of a reference stands, such as the source of a mount. */
const PARTS: ReadonlySet<string | number> = new Set(['source', 'condition', 'target', 'type']);

const referenceOf = ({ path, value }: ValueAt, model: Mapping): ComposePath | undefined => {
  const isPart = PARTS.has(path.at(-1) ?? '') && path.length > 3;
  const whole = isPart ? path.slice(0, -1) : path;
  return rowAt(REFERENCES, whole)?.(isPart ? (get(model, ...whole) ?? value) : value, whole);
};

/** Where an entry of a section is defined: its key in the file that wrote it last, or else its content. */
const placeOfEntry = (model: Mapping, [section = '', name = '']: ComposePath): Span | undefined => {
  const entries = get(model, section);
  const entry = entries?.kind === 'mapping' ? entries.entries.get(String(name)) : undefined;
  return entry?.key ?? (entry && placeOfValue(entry.value));
};

/** Where the variables are set that a value was made of, as far as the cursor is on one. */
const variablePlaces = ({ value }: ValueAt, { offset, written }: Target): readonly Span[] =>
  value.origins.flatMap((origin) => {
    if (origin.kind !== 'interpolated') return [];
    return origin.variables.flatMap(({ at, source }) => {
      const isMeant = at.source.path === written.source.path && at.start <= offset && offset <= at.end;
      return isMeant && source?.kind === 'env-file' ? [source.at] : [];
    });
  });

const placesIn = (model: Mapping, target: Target): readonly Span[] => {
  const found = valuesAt(model, target);
  // What an alias stands for is written in one place, whatever overrides it later.
  if (target.on === 'alias')
    return found
      .slice(0, 1)
      .flatMap(({ value }) => value.origins.find((origin) => origin.kind === 'written')?.at ?? []);
  return found.flatMap((one) => {
    const variables = variablePlaces(one, target);
    if (variables.length > 0) return variables;
    const reference = referenceOf(one, model);
    const named = reference && placeOfEntry(model, reference);
    return named ?? placeOfValue(one.value) ?? [];
  });
};

/** Where a file defines a service of its own. */
const serviceIn = ({ documents }: ParsedFile, name: string): Span | undefined => {
  for (const { root } of documents) {
    const services = get(root, 'services');
    const key = services?.kind === 'mapping' ? services.entries.get(name)?.key : undefined;
    if (key) return key;
  }
  return undefined;
};

/** The service that `extends` names, in the file that it names; the resolved model no longer has the reference. */
const extendedService = (workspace: Workspace, file: ParsedFile, { path }: Target): Span | undefined => {
  const [section, service = '', key] = path;
  if (section !== 'services' || key !== 'extends') return undefined;
  const reference = file.documents.flatMap(({ root }) => get(root, 'services', service, 'extends') ?? [])[0];
  const name = textOf(reference) ?? textOf(get(reference, 'service'));
  const named = textOf(get(reference, 'file'))?.replace(/^(?:\.\.?\/)+/, '');
  const others = [...workspace.parsed.values()].filter(({ source }) => source.path.endsWith(`/${named}`));
  return (named === undefined ? [file] : others).flatMap((other) => serviceIn(other, name ?? '') ?? [])[0];
};

const inWorkspace = (workspace: Workspace, path: string, offsetIn: (file: ParsedFile) => number): readonly Span[] => {
  const file = workspace.parsed.get(path);
  const target = file && targetAt(file, offsetIn(file));
  if (!file || !target) return [];
  const extended = extendedService(workspace, file, target);
  if (extended) return [extended];
  return workspace.stacks.flatMap(({ project }) => (project ? placesIn(wholeModel(project), target) : []));
};

/**
 * Where the definition stands that wins: for a value, the file that has the last word on it in each of the stacks; for the name
 * of a service, network, volume, secret or config, the one that it names; for a variable, its line in the env file.
 * @returns Each place once, in the order of the stacks.
 */
export const definitionsAt = (
  analyses: readonly Analysis[],
  path: string,
  offsetIn: (file: ParsedFile) => number,
): readonly Location[] => {
  const places = analyses.flatMap(({ results }) =>
    results.flatMap(({ workspace }) => inWorkspace(workspace, path, offsetIn)),
  );
  const distinct = new Map(places.map((at) => [`${at.source.path}:${at.start}:${at.end}`, at]));
  return [...distinct.values()].map(locationOf);
};
