import { bounded, type Entry, type Origin, type Origins, placeOfValue, type Value } from '../model/value.js';

/** The overriding steps of a value, which a value that takes its place carries on. */
const lostBefore = (value: Value): Origin[] => value.origins.filter((origin) => origin.kind === 'overrode');

/** `override` in the place of `base`, with the lost place in its history. */
export const replaced = (base: Value, override: Value): Value => {
  const at = placeOfValue(override);
  const lost = placeOfValue(base);
  if (!at || !lost) return override;
  const [first, ...rest] = [...lostBefore(base), ...override.origins];
  if (!first) return override;
  return { ...override, origins: bounded([first, ...rest, { kind: 'overrode', at, lost }]) };
};

/** Histories of two values that were merged into one. */
export const joined = (base: Value, override: Value): Origins => bounded([...base.origins, ...override.origins]);

/** An entry, with the key's span only where there is one. */
export const entryOf = (value: Value, key: Entry['key']): Entry => (key ? { key, value } : { value });

/** An item of a list in the place of another one: its fields took the place of the whole. */
export const replacedItem = (base: Value, override: Value): Value => {
  const whole = replaced(base, override);
  if (whole.kind !== 'mapping') return whole;
  const entries = new Map<string, Entry>();
  for (const [key, entry] of whole.entries)
    entries.set(key, entry.value.kind === 'scalar' ? { ...entry, value: replaced(base, entry.value) } : entry);
  return { ...whole, entries };
};

/** A value that hides one of a lower rank, such as a variable of an env file: that loss is older than those it has. */
export const hiding = (hidden: Value, value: Value): Value => {
  const at = placeOfValue(value);
  const lost = placeOfValue(hidden);
  if (!at || !lost) return value;
  const steps: Origin[] = [...lostBefore(hidden), { kind: 'overrode', at, lost }];
  const [first, ...rest] = [...steps, ...value.origins];
  return first ? { ...value, origins: bounded([first, ...rest]) } : value;
};
