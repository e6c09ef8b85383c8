import { part } from '../model/part.js';
import {
  type Entry,
  isInteger,
  mapping,
  placeOfValue,
  scalar,
  sequence,
  textOf,
  type Value,
  withEntry,
} from '../model/value.js';
import { entryOf } from './history.js';
import { asMapping, nothing, pairOf, startedDependency } from './lists.js';
import { sprint } from './sprint.js';
import { fieldOf, implied, keyed, refuse, type Transform } from './transform.js';
import type { Field } from './volume.js';

const DEVICE = 'compose-spec 05-services.md, "devices", short syntax';

/** The fields of a short form between its colons. */
const fieldsOf = (spec: string): readonly Field[] => {
  const fields: Field[] = [];
  let from = 0;
  for (const text of spec.split(':')) {
    fields.push({ text, from, to: from + text.length });
    from += text.length + 1;
  }
  return fields;
};

/** `devices`: `source:target:permissions`. */
export const longDevice: Transform = (value, path, run) => {
  if (value.kind === 'mapping') return value;
  const spec = textOf(value);
  if (spec === undefined || value.kind !== 'scalar') {
    refuse(run, 'schema', value, path, 'is not a device.');
    return value;
  }
  const fields = fieldsOf(spec);
  if (fields.length > 3 && !run.lenient)
    refuse(run, 'schema', value, path, 'has too many colons for a device.', 'Use the long form.');
  const nowhere: Field = { text: '', from: 0, to: 0 };
  const [source = nowhere, target, permissions] = fields.length > 3 ? [] : fields;
  return mapping(
    new Map<string, Entry>([
      ['source', fieldOf(value, source)],
      ['target', fieldOf(value, target && target.text !== '' ? target : source)],
      ['permissions', permissions ? fieldOf(value, permissions) : implied('rwm', DEVICE)],
    ]),
    value.origins,
  );
};

/** A text as the only item of a list. */
export const listOfOne: Transform = (value) => (textOf(value) === undefined ? value : sequence([value], value.origins));

/** A list of names as a mapping of names to null. */
export const namesToMapping: Transform = (value) =>
  value.kind === 'sequence' ? (asMapping(value, nothing) ?? value) : value;

/** What is no text as the text that docker compose makes of it. */
export const asText: Transform = (value) =>
  textOf(value) === undefined ? scalar(sprint(value), value.origins) : value;

const DEPENDENCY = 'compose-spec 05-services.md, "depends_on", long syntax';

/** `depends_on`: each dependency with its condition and whether it is required. */
export const longDependsOn: Transform = (value, path, run) => {
  if (value.kind === 'sequence') return asMapping(value, startedDependency) ?? value;
  if (value.kind !== 'mapping') {
    refuse(run, 'schema', value, path, 'must be a list or a mapping.');
    return value;
  }
  let result = value;
  for (const [name, entry] of value.entries) {
    if (entry.value.kind !== 'mapping') {
      refuse(run, 'schema', entry.value, [...path, name], 'must be a mapping.');
      continue;
    }
    let dependency = entry.value;
    if (!dependency.entries.has('condition'))
      dependency = withEntry(dependency, 'condition', implied('service_started', DEPENDENCY));
    if (!dependency.entries.has('required')) dependency = withEntry(dependency, 'required', implied(true, DEPENDENCY));
    if (dependency !== entry.value) result = withEntry(result, name, { ...entry, value: dependency });
  }
  return result;
};

const REQUIRED = implied(true, 'compose-spec 05-services.md, "env_file", required');

/** `env_file`: a list of files with their path and whether they are required. */
export const longEnvFile: Transform = (value, path, run) => {
  const one = (item: Value): Value => {
    const file = textOf(item) === undefined ? item : keyed('path', item);
    return file.kind !== 'mapping' || file.entries.has('required') ? file : withEntry(file, 'required', REQUIRED);
  };
  if (textOf(value) !== undefined) return sequence([one(value)], value.origins);
  if (value.kind === 'sequence') return sequence(value.items.map(one), value.origins);
  refuse(run, 'schema', value, path, 'must be a path or a list.');
  return value;
};

/** `secrets` and `configs` of a service: a name is its source. */
export const longFileReference: Transform = (value, path, run) => {
  if (value.kind === 'mapping') return value;
  if (textOf(value) !== undefined) return keyed('source', value);
  refuse(run, 'schema', value, path, 'must be a name or a mapping.');
  return value;
};

/** A list of `NAME=value` as a mapping, where each must have a value. */
export const pairsToMapping: Transform = (value, path, run) => {
  if (value.kind === 'mapping') return value;
  if (value.kind !== 'sequence') {
    refuse(run, 'schema', value, path, 'must be a list or a mapping.');
    return value;
  }
  const entries = new Map<string, Entry>();
  for (const [i, item] of value.items.entries()) {
    if (item.kind === 'scalar' && textOf(item)?.includes('=')) {
      const { name, entry } = pairOf(item);
      entries.set(name, entry);
    } else if (run.lenient) return value;
    else refuse(run, 'schema', item, [...path, i], 'must be NAME=value.');
  }
  return mapping(entries, value.origins);
};

/** `build.ssh`: `default`, or `id=path`. */
export const sshToMapping: Transform = (value, path, run) => {
  if (value.kind === 'mapping') return value;
  if (value.kind !== 'sequence') {
    refuse(run, 'schema', value, path, 'must be a list or a mapping.');
    return value;
  }
  const entries = new Map<string, Entry>();
  for (const [i, item] of value.items.entries()) {
    const text = textOf(item);
    if (item.kind === 'scalar' && text === 'default') entries.set(text, entryOf(nothing(item), placeOfValue(item)));
    else if (item.kind === 'scalar' && text?.includes('=')) {
      const equals = text.indexOf('=');
      const key = placeOfValue(part(item, 0, equals));
      entries.set(text.slice(0, equals), entryOf(part(item, equals + 1, text.length), key));
    } else refuse(run, 'schema', item, [...path, i], 'must be "default" or ID=path.');
  }
  return mapping(entries, value.origins);
};

/** `ulimits`: a number, or a mapping with soft and hard. */
export const checkedUlimit: Transform = (value, path, run) => {
  if (value.kind !== 'mapping' && !isInteger(value))
    refuse(run, 'schema', value, path, 'must be a whole number or a mapping.');
  return value;
};
