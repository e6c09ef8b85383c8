import type { Environment } from '../model/environment.js';
import {
  byDefault,
  type Entry,
  get,
  isNull,
  itemsOf,
  type Mapping,
  mapping,
  placeOfValue,
  scalar,
  textOf,
  type Value,
  withEntry,
  withOrigin,
} from '../model/value.js';
import { absolute } from '../source/path.js';
import type { Assignment } from './dotenv.js';
import { readEnvFile } from './env-file.js';
import { hiding } from './history.js';
import type { LoadContext } from './load.js';
import { type FileContext, isThere } from './named-file.js';
import { parseRawEnvFile } from './raw-env-file.js';

/** What reading the files of a service needs; paths that nobody resolved start where docker compose was started. */
type ServiceFileContext = FileContext & Pick<LoadContext, 'cwd' | 'standIn'>;

const profilesOf = (service: Value): readonly string[] => {
  const profiles = get(service, 'profiles');
  return profiles?.kind === 'sequence' ? profiles.items.map((item) => textOf(item) ?? '') : [];
};

/** Whether a service runs with these profiles: it has none, one of them is given, or `*` is. */
export const isActive = (service: Value, profiles: readonly string[]): boolean => {
  const own = profilesOf(service);
  return own.length === 0 || profiles.includes('*') || own.some((profile) => profiles.includes(profile));
};

/** Splits services into those that run and those that no active profile asks for. @see compose-spec 15-profiles.md */
export const byProfile = (
  services: Mapping,
  profiles: readonly string[],
): { readonly active: Mapping; readonly disabled: Mapping } => {
  const active = new Map<string, Entry>();
  const disabled = new Map<string, Entry>();
  for (const [name, entry] of services.entries) (isActive(entry.value, profiles) ? active : disabled).set(name, entry);
  return { active: { ...services, entries: active }, disabled: { ...services, entries: disabled } };
};

/** Profiles that naming services activates along with them. */
export const profilesOfServices = (names: readonly string[], disabled: Mapping): readonly string[] =>
  names.flatMap((name) => {
    const service = disabled.entries.get(name)?.value;
    return service ? profilesOf(service) : [];
  });

/** The one value of `scale` and `deploy.replicas` stands in both. */
export const withReplicas = (service: Mapping): Mapping => {
  const scale = service.entries.get('scale');
  const deploy = service.entries.get('deploy');
  if (!scale || deploy?.value.kind !== 'mapping' || deploy.value.entries.has('replicas')) return service;
  return withEntry(service, 'deploy', { ...deploy, value: withEntry(deploy.value, 'replicas', scale) });
};

/** Variables of one env file of a service; undefined when there is none to read. */
const readServiceEnvFile = (
  file: Value,
  lookup: Parameters<typeof readEnvFile>[1],
  earlier: Map<string, string>,
  context: ServiceFileContext,
): readonly Assignment[] => {
  const named = absolute(context.cwd, textOf(get(file, 'path')) ?? '');
  const format = textOf(get(file, 'format')) ?? '';
  const required = get(file, 'required');
  const at = placeOfValue(get(file, 'path') ?? file);
  const place = at ? { at } : {};
  const isOptional = required?.kind === 'scalar' && required.value === false;
  if (isOptional && context.fs.kind(named) === undefined) return [];
  const path = context.standIn?.(named) ?? named;
  if (!isThere(path, `The env file ${path}`, at, context)) return [];
  if (format !== '' && format !== '.env' && format !== 'raw') {
    context.report({
      rule: 'schema',
      severity: 'error',
      message: `"${format}" is not a format of env files.`,
      ...place,
    });
    return [];
  }
  if (format === 'raw') return parseRawEnvFile(path, lookup, context, at);
  return readEnvFile(path, lookup, earlier, context, at) ?? [];
};

/** A variable of a file: the key stands at its name, the value at its own place. */
const readEntry = ({ name, value, at, valueAt }: Assignment): Entry => ({
  key: { ...at, end: at.start + name.length },
  value: scalar(value, [{ kind: 'read', at: valueAt }]),
});

/** Sets a variable or a label; what an earlier file, or a file below the service itself, gave is lost. */
const setOver = (entries: Map<string, Entry>, name: string, entry: Entry): void => {
  const earlier = entries.get(name);
  entries.set(name, earlier ? { ...entry, value: hiding(earlier.value, entry.value) } : entry);
};

/**
 * Adds the variables of a service's env files, below those it sets itself; names without a value take it from the
 * project's environment.
 * @see compose-spec 05-services.md, "env_file"; compose-go types/project.go, WithServicesEnvironmentResolved
 */
export const withEnvFiles = (service: Mapping, environment: Environment, context: ServiceFileContext): Mapping => {
  const own = service.entries.get('environment');
  const files = itemsOf(get(service, 'env_file'));
  if (!own && files.length === 0) return service;
  const given = new Map<string, Entry>(own?.value.kind === 'mapping' ? own.value.entries : []);
  for (const [name, entry] of given) {
    const variable = isNull(entry.value) ? environment.get(name) : undefined;
    if (!variable) continue;
    const value = scalar(variable.value, entry.value.origins);
    const origin = { kind: 'environment', name, given: variable.value, source: variable.source } as const;
    given.set(name, { ...entry, value: withOrigin(value, origin) });
  }
  const texts = new Map<string, string>();
  for (const [name, { value }] of given) {
    const text = textOf(value);
    if (text !== undefined) texts.set(name, text);
  }
  const literal = new Map(texts);
  const lookup: Parameters<typeof readEnvFile>[1] = (name) => {
    const text = literal.get(name);
    return environment.get(name) ?? (text === undefined ? undefined : { value: text, source: { kind: 'process' } });
  };
  const entries = new Map<string, Entry>();
  for (const file of files) {
    for (const assignment of readServiceEnvFile(file, lookup, texts, context)) {
      texts.set(assignment.name, assignment.value);
      setOver(entries, assignment.name, readEntry(assignment));
    }
  }
  for (const [name, entry] of given) setOver(entries, name, entry);
  const origins = own?.value.origins ?? byDefault('compose-spec 05-services.md, "env_file"');
  return withEntry(service, 'environment', { ...own, value: mapping(entries, origins) });
};

/**
 * Adds the labels of a service's label files, below those it sets itself; the names of the files are given up, as docker
 * compose does.
 * @see compose-spec 05-services.md, "label_file"; compose-go types/project.go, WithServicesLabelsResolved
 */
export const withLabelFiles = (service: Mapping, context: ServiceFileContext): Mapping => {
  const files = itemsOf(get(service, 'label_file'));
  if (files.length === 0) return service;
  const entries = new Map<string, Entry>();
  const earlier = new Map<string, string>();
  for (const file of files) {
    const path = absolute(context.cwd, textOf(file) ?? '');
    const at = placeOfValue(file);
    if (!isThere(path, `The label file ${path}`, at, context)) continue;
    const known = new Map(earlier);
    const lookup: Parameters<typeof readEnvFile>[1] = (name) => {
      const value = known.get(name);
      return value === undefined ? undefined : { value, source: { kind: 'process' } };
    };
    for (const assignment of readEnvFile(path, lookup, new Map(), context, at) ?? []) {
      earlier.set(assignment.name, assignment.value);
      setOver(entries, assignment.name, readEntry(assignment));
    }
  }
  const own = service.entries.get('labels');
  if (own?.value.kind === 'mapping') for (const [name, entry] of own.value.entries) setOver(entries, name, entry);
  const origins = own?.value.origins ?? byDefault('compose-spec 05-services.md, "label_file"');
  const labelled = withEntry(service, 'labels', { ...own, value: mapping(entries, origins) });
  return withEntry(labelled, 'label_file', undefined);
};
