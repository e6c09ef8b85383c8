import type { FaultSink } from '../model/fault.js';
import { namesIn } from '../model/service.js';
import {
  type Entry,
  get,
  isTrue,
  itemsOf,
  type Mapping,
  mapping,
  placeOfValue,
  textOf,
  withEntry,
} from '../model/value.js';
import type { Span } from '../source/source.js';
import { nameMatcher } from './name-pattern.js';

/** Names of the services that are named, by name or pattern, and of everything they depend on. */
const chosenNames = (services: Mapping, names: readonly string[], report: FaultSink): ReadonlySet<string> => {
  const chosen = new Set<string>();
  const queue: { name: string; required: boolean; at?: Span | undefined }[] = names.map((name) => ({
    name,
    required: true,
  }));
  for (let next = queue.shift(); next; next = queue.shift()) {
    const isMeant = nameMatcher(next.name);
    const found = namesIn(services).filter(isMeant);
    if (found.length === 0 && next.required)
      report({
        rule: 'undefined-reference',
        severity: 'error',
        message: `No service that runs is called "${next.name}".`,
        ...(next.at ? { at: next.at } : {}),
      });
    for (const name of found) {
      if (chosen.has(name)) continue;
      chosen.add(name);
      const dependencies = get(services, name, 'depends_on');
      for (const [other, { key, value }] of dependencies?.kind === 'mapping' ? dependencies.entries : []) {
        const required = get(value, 'required');
        const at = key ?? placeOfValue(value);
        queue.push({ name: other, required: isTrue(required), at });
      }
    }
  }
  return chosen;
};

/**
 * Services that are named, by name or pattern, and everything they depend on. Dependencies on others are dropped.
 * @see compose-go types/project.go, WithSelectedServices
 */
export const selectServices = (services: Mapping, names: readonly string[], report: FaultSink): Mapping => {
  if (names.length === 0) return services;
  const chosen = chosenNames(services, names, report);
  const entries = new Map<string, Entry>();
  for (const [name, entry] of services.entries) {
    if (!chosen.has(name) || entry.value.kind !== 'mapping') continue;
    const depends = entry.value.entries.get('depends_on');
    if (depends?.value.kind !== 'mapping') {
      entries.set(name, entry);
      continue;
    }
    const kept = new Map([...depends.value.entries].filter(([other]) => chosen.has(other)));
    const value = withEntry(entry.value, 'depends_on', { ...depends, value: mapping(kept, depends.value.origins) });
    entries.set(name, { ...entry, value });
  }
  return mapping(entries, services.origins);
};

/** Names that the services use, by section of the model. */
const usedNames = (services: Mapping): ReadonlyMap<string, ReadonlySet<string>> => {
  const used = new Map<string, Set<string>>();
  const add = (section: string, name: string | undefined): void => {
    if (name === undefined || name === '') return;
    const names = used.get(section) ?? new Set();
    names.add(name);
    used.set(section, names);
  };
  for (const { value: service } of services.entries.values()) {
    for (const name of namesIn(get(service, 'networks'))) add('networks', name);
    for (const name of namesIn(get(service, 'models'))) add('models', name);
    for (const volume of itemsOf(get(service, 'volumes')))
      if (textOf(get(volume, 'type')) === 'volume') add('volumes', textOf(get(volume, 'source')));
    for (const secret of [...itemsOf(get(service, 'secrets')), ...itemsOf(get(service, 'build', 'secrets'))])
      add('secrets', textOf(get(secret, 'source')));
    for (const config of itemsOf(get(service, 'configs'))) add('configs', textOf(get(config, 'source')));
  }
  return used;
};

/** The model without the resources that no service uses. @see compose-go types/project.go, WithoutUnnecessaryResources */
export const withoutUnused = (model: Mapping, services: Mapping): Mapping => {
  const used = usedNames(services);
  let result = model;
  for (const section of ['networks', 'volumes', 'secrets', 'configs', 'models']) {
    const entry = result.entries.get(section);
    if (entry?.value.kind !== 'mapping') continue;
    const kept = new Map([...entry.value.entries].filter(([name]) => used.get(section)?.has(name)));
    const value = mapping(kept, entry.value.origins);
    result = withEntry(result, section, kept.size > 0 ? { ...entry, value } : undefined);
  }
  return result;
};
