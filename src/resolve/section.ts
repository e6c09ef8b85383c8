import { type Entry, type Mapping, mapping, withEntry } from '../model/value.js';

/** A section of the model, such as `services`; undefined when it is absent or no mapping. */
export const sectionOf = (model: Mapping, name: string): Mapping | undefined => {
  const value = model.entries.get(name)?.value;
  return value?.kind === 'mapping' ? value : undefined;
};

/** The same mapping with every mapping in it changed. */
export const mapValues = (value: Mapping, change: (inner: Mapping, name: string) => Mapping): Mapping => {
  let entries: Map<string, Entry> | undefined;
  for (const [name, entry] of value.entries) {
    if (entry.value.kind !== 'mapping') continue;
    const changed = change(entry.value, name);
    if (changed === entry.value) continue;
    entries ??= new Map(value.entries);
    entries.set(name, { ...entry, value: changed });
  }
  return entries ? mapping(entries, value.origins) : value;
};

/** The same model with every mapping in one of its sections changed. */
export const mapSection = (
  model: Mapping,
  name: string,
  change: (inner: Mapping, name: string) => Mapping,
): Mapping => {
  const section = sectionOf(model, name);
  if (!section) return model;
  const changed = mapValues(section, change);
  return changed === section ? model : withEntry(model, name, { ...model.entries.get(name), value: changed });
};
