import type { Environment } from '../model/environment.js';
import {
  byDefault,
  type Entry,
  isNull,
  itemsOf,
  type Mapping,
  mapping,
  scalar,
  sequence,
  textOf,
  type Value,
  withEntry,
  withOrigin,
} from '../model/value.js';
import { clean } from '../source/path.js';
import { pairOf } from './lists.js';
import { mapSection, sectionOf } from './section.js';
import { sprint } from './sprint.js';

const DEFAULT_NETWORK = 'compose-spec 06-networks.md, "The default network"';

const onDefaultNetwork = (): Entry => ({
  value: mapping(
    new Map([['default', { value: scalar(null, byDefault(DEFAULT_NETWORK)) }]]),
    byDefault(DEFAULT_NETWORK),
  ),
});

/** Connects services without networks to the default one, and declares that one where it is used. */
const normaliseNetworks = (model: Mapping): Mapping => {
  let used = false;
  const connected = mapSection(model, 'services', (service) => {
    if (service.entries.has('provider') || service.entries.has('network_mode')) return service;
    const networks = service.entries.get('networks');
    const names = networks?.value.kind === 'mapping' ? networks.value.entries : undefined;
    if (networks && names && names.size > 0) {
      used ||= names.has('default');
      return service;
    }
    used = true;
    return withEntry(service, 'networks', onDefaultNetwork());
  });
  const networks = sectionOf(connected, 'networks');
  if (!used || networks?.entries.has('default')) return connected;
  const declared: Mapping = networks ?? mapping(new Map(), byDefault(DEFAULT_NETWORK));
  const entry = connected.entries.get('networks');
  const value = withEntry(declared, 'default', { value: scalar(null, byDefault(DEFAULT_NETWORK)) });
  return withEntry(connected, 'networks', { ...entry, value });
};

const fromEnvironment = (value: Value, name: string, environment: Environment): Value | undefined => {
  const variable = environment.get(name);
  if (!variable) return undefined;
  const { value: given, source } = variable;
  return withOrigin(scalar(given, value.origins), { kind: 'environment', name, given, source });
};

/** Names without a value take it from the environment; those that find none are kept or dropped. */
const withValues = (value: Value, environment: Environment, keepEmpty: boolean): Value => {
  if (value.kind === 'mapping') {
    const entries = new Map<string, Entry>();
    for (const [name, entry] of value.entries) {
      const found = isNull(entry.value) ? fromEnvironment(entry.value, name, environment) : entry.value;
      if (found) entries.set(name, { ...entry, value: found });
      else if (keepEmpty) entries.set(name, entry);
    }
    return { ...value, entries };
  }
  if (value.kind !== 'sequence') return value;
  const items: Value[] = [];
  for (const item of value.items) {
    const text = textOf(item);
    if (text === undefined || text.includes('=') || item.kind !== 'scalar') {
      if (text !== undefined) items.push(item);
      continue;
    }
    const found = fromEnvironment(item, text, environment);
    const { entry } = pairOf(item);
    if (found) items.push({ ...scalar(`${text}=${sprint(found)}`, found.origins), pair: { ...entry, value: found } });
    else if (keepEmpty) items.push(item);
  }
  return sequence(items, value.origins);
};

const build = (service: Mapping, environment: Environment): Mapping => {
  const entry = service.entries.get('build');
  if (entry?.value.kind !== 'mapping') return service;
  let value = entry.value;
  const source = 'compose-spec build.md, "Attributes"';
  const lacks = (key: string): boolean => isNull(value.entries.get(key)?.value) || !value.entries.has(key);
  if (lacks('context')) value = withEntry(value, 'context', { value: scalar('.', byDefault(source)) });
  if (lacks('dockerfile') && lacks('dockerfile_inline'))
    value = withEntry(value, 'dockerfile', { value: scalar('Dockerfile', byDefault(source)) });
  const args = value.entries.get('args');
  if (args) value = withEntry(value, 'args', { ...args, value: withValues(args.value, environment, false) });
  return withEntry(service, 'build', { ...entry, value });
};

const dependency = (restart: boolean, source: string, value: Value): Mapping => {
  const implied = (content: string | boolean): Entry => ({ value: scalar(content, byDefault(source)) });
  return mapping(
    new Map([
      ['condition', implied('service_started')],
      ['restart', implied(restart)],
      ['required', implied(true)],
    ]),
    withOrigin(value, { kind: 'default', source }).origins,
  );
};

const NAMESPACES = ['network_mode', 'ipc', 'pid', 'uts', 'cgroup'] as const;

/** Services that another key than `depends_on` makes a service depend on, with the entries they imply. */
const impliedDependencies = (service: Mapping): ReadonlyMap<string, Mapping> => {
  const found = new Map<string, Mapping>();
  const add = (name: string, restart: boolean, key: string, value: Value): void => {
    const source = `compose-spec 05-services.md, "${key}": a dependency of its own`;
    if (!found.has(name)) found.set(name, dependency(restart, source, value));
  };
  const items = (key: string): readonly Value[] => {
    const value = service.entries.get(key)?.value;
    return itemsOf(value);
  };
  for (const item of items('links')) {
    const link = textOf(item);
    const parts = link?.split(':') ?? [];
    if (link !== undefined) add(parts.length === 2 ? (parts[0] ?? link) : link, true, 'links', item);
  }
  for (const key of NAMESPACES) {
    const value = service.entries.get(key)?.value;
    const text = textOf(value);
    if (value && text?.startsWith('service:')) add(text.slice('service:'.length), true, key, value);
  }
  for (const item of items('volumes_from')) {
    const text = textOf(item);
    if (text !== undefined && !text.startsWith('container:'))
      add(text.split(':')[0] ?? text, false, 'volumes_from', item);
  }
  return found;
};

const dependencies = (service: Mapping): Mapping => {
  const implied = impliedDependencies(service);
  const entry = service.entries.get('depends_on');
  const given = entry?.value.kind === 'mapping' ? entry.value : undefined;
  let value = given ?? mapping(new Map(), byDefault('compose-spec 05-services.md, "depends_on"'));
  for (const [name, dependencyOf] of implied)
    if (!value.entries.has(name)) value = withEntry(value, name, { value: dependencyOf });
  return value === given || value.entries.size === 0 ? service : withEntry(service, 'depends_on', { ...entry, value });
};

const mountTargets = (service: Mapping): Mapping => {
  const entry = service.entries.get('volumes');
  if (entry?.value.kind !== 'sequence') return service;
  const items = entry.value.items.map((item) => {
    const target = item.kind === 'mapping' ? item.entries.get('target') : undefined;
    const text = textOf(target?.value);
    if (item.kind !== 'mapping' || !target || target.value.kind !== 'scalar' || text === undefined) return item;
    return withEntry(item, 'target', { ...target, value: { ...target.value, value: clean(text) } });
  });
  return withEntry(service, 'volumes', { ...entry, value: { ...entry.value, items } });
};

const pullPolicy = (service: Mapping): Mapping => {
  const entry = service.entries.get('pull_policy');
  if (entry?.value.kind !== 'scalar' || entry.value.value !== 'if_not_present') return service;
  return withEntry(service, 'pull_policy', { ...entry, value: { ...entry.value, value: 'missing' } });
};

const normaliseService =
  (environment: Environment) =>
  (service: Mapping): Mapping => {
    let result = build(pullPolicy(service), environment);
    const variables = result.entries.get('environment');
    if (variables)
      result = withEntry(result, 'environment', {
        ...variables,
        value: withValues(variables.value, environment, true),
      });
    return mountTargets(dependencies(result));
  };

/** Whether `external` says yes, in any of the spellings that Go reads as true. */
const isTrue = (value: Value | undefined): boolean =>
  value?.kind === 'scalar' && ['1', 't', 'T', 'TRUE', 'true', 'True'].includes(String(value.value));

/** Names the resources that have no name: `<project>_<key>`, or the key itself for external ones. */
const nameResources = (model: Mapping, projectName: string): Mapping => {
  let result = model;
  for (const key of ['networks', 'volumes', 'configs', 'secrets']) {
    const entry = result.entries.get(key);
    if (entry?.value.kind !== 'mapping') continue;
    const entries = new Map<string, Entry>();
    for (const [name, resource] of entry.value.entries) {
      const value = resource.value.kind === 'mapping' ? resource.value : mapping(new Map(), resource.value.origins);
      const given = value.entries.get('name')?.value;
      const isExternal = isTrue(value.entries.get('external')?.value);
      const content = isExternal ? name : `${projectName}_${name}`;
      const source = isExternal
        ? 'compose-spec: an external resource has its key as name'
        : 'compose-spec: `<project>_<key>`';
      const named =
        given && !isNull(given) ? value : withEntry(value, 'name', { value: scalar(content, byDefault(source)) });
      entries.set(name, { ...resource, value: named });
    }
    result = withEntry(result, key, { ...entry, value: { ...entry.value, entries } });
  }
  return result;
};

/**
 * Makes implicit things explicit: the default network, dependencies, names of resources, the Dockerfile.
 * @see compose-go loader/normalize.go
 */
export const normalise = (model: Mapping, projectName: string, environment: Environment): Mapping =>
  nameResources(mapSection(normaliseNetworks(model), 'services', normaliseService(environment)), projectName);
