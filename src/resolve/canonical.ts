import type { Budget } from '../model/budget.js';
import type { FaultSink } from '../model/fault.js';
import { below, type ComposePath, formatPath, type PathTable, pathTable } from '../model/path.js';
import {
  type Entry,
  isNull,
  type Mapping,
  placeOfValue,
  scalar,
  sequence,
  textOf,
  type Value,
  withEntry,
} from '../model/value.js';
import {
  asText,
  checkedUlimit,
  listOfOne,
  longDependsOn,
  longDevice,
  longEnvFile,
  longFileReference,
  namesToMapping,
  pairsToMapping,
  sshToMapping,
} from './long-forms.js';
import { longPorts } from './long-ports.js';
import { longVolume } from './long-volume.js';
import { mapSection } from './section.js';
import { keyed, refuse, type Transform, type TransformRun } from './transform.js';

const build: Transform = (value, path, run, table) => {
  if (textOf(value) !== undefined) return keyed('context', value);
  if (value.kind === 'mapping') return children(value, path, run, table);
  refuse(run, 'schema', value, path, 'must be a path or a mapping.');
  return value;
};

const extending: Transform = (value, path, run, table) => {
  if (textOf(value) !== undefined) return keyed('service', value);
  return value.kind === 'mapping' ? children(value, path, run, table) : value;
};

const gpus: Transform = (value, path, run, table) => {
  if (value.kind === 'sequence') return children(value, path, run, table);
  if (textOf(value) !== undefined) return sequence([keyed('count', scalar('all', value.origins))], value.origins);
  refuse(run, 'schema', value, path, 'must be "all" or a list.');
  return value;
};

const DEPRECATED_NAME = 'Write `external: true` and `name:`.';

/** `external: {name: x}` is the deprecated form of `name: x` and `external: true`. */
const maybeExternal: Transform = (value, path, run, table) => {
  if (isNull(value)) return value;
  if (value.kind !== 'mapping') {
    refuse(run, 'schema', value, path, 'must be a mapping.');
    return value;
  }
  const resource = children(value, path, run, table);
  const given = value.entries.get('external');
  if (resource.kind !== 'mapping' || given?.value.kind !== 'mapping') return resource;
  const declared = withEntry(resource, 'external', { ...given, value: scalar(true, given.value.origins) });
  const inner = given.value.entries.get('name');
  if (!inner) return declared;
  const at = placeOfValue(inner.value);
  const message = `${formatPath(path)} uses the deprecated external.name.`;
  run.report({ rule: 'schema', severity: 'warning', message, ...(at ? { at } : {}), path, help: DEPRECATED_NAME });
  const name = resource.entries.get('name');
  if (!name) return withEntry(declared, 'name', inner);
  if (textOf(name.value) !== textOf(inner.value)) {
    const conflict = 'has two different names, in name and in external.name.';
    refuse(run, 'conflicting-keys', inner.value, path, conflict, DEPRECATED_NAME);
  }
  return declared;
};

const service: Transform = (value, path, run, table) =>
  value.kind === 'mapping' ? children(value, path, run, table) : value;

/** Paths with a short form, or with several, and what makes the long form of it. @see compose-go transform/canonical.go */
export const CANONICAL_BY_PATH = {
  'services.*': service,
  'services.*.build.secrets.*': longFileReference,
  'services.*.build.provenance': asText,
  'services.*.build.sbom': asText,
  'services.*.build.additional_contexts': pairsToMapping,
  'services.*.depends_on': longDependsOn,
  'services.*.env_file': longEnvFile,
  'services.*.label_file': listOfOne,
  'services.*.extends': extending,
  'services.*.gpus': gpus,
  'services.*.networks': namesToMapping,
  'services.*.models': namesToMapping,
  'services.*.volumes.*': longVolume,
  'services.*.dns': listOfOne,
  'services.*.devices.*': longDevice,
  'services.*.secrets.*': longFileReference,
  'services.*.configs.*': longFileReference,
  'services.*.ports': longPorts,
  'services.*.build': build,
  'services.*.build.ssh': sshToMapping,
  'services.*.ulimits.*': checkedUlimit,
  'services.*.build.ulimits.*': checkedUlimit,
  'services.*.develop.watch.*.ignore': listOfOne,
  'services.*.develop.watch.*.include': listOfOne,
  'volumes.*': maybeExternal,
  'networks.*': maybeExternal,
  'secrets.*': maybeExternal,
  'configs.*': maybeExternal,
} as const satisfies Record<string, Transform>;

const TABLE: PathTable<Transform> = pathTable<Transform>(CANONICAL_BY_PATH);

/** Applies the table to what is inside a value. */
const children = (value: Value, path: ComposePath, run: TransformRun, table: PathTable<Transform>): Value => {
  if (value.kind === 'scalar') return value;
  if (value.kind === 'sequence') {
    let changed = false;
    const items = value.items.map((item, i) => {
      const result = walk(item, [...path, i], run, below(table, i));
      changed ||= result !== item;
      return result;
    });
    return changed ? { ...value, items } : value;
  }
  let entries: Map<string, Entry> | undefined;
  for (const [key, entry] of value.entries) {
    const node = below(table, key);
    if (!node) continue;
    const result = walk(entry.value, [...path, key], run, node);
    if (result === entry.value) continue;
    entries ??= new Map(value.entries);
    entries.set(key, { ...entry, value: result });
  }
  return entries ? { ...value, entries } : value;
};

const walk = (value: Value, path: ComposePath, run: TransformRun, table: PathTable<Transform> | undefined): Value => {
  if (!table) return value;
  return table.value ? table.value(value, path, run, table) : children(value, path, run, table);
};

/** Empty servers in `services.*.dns` say nothing and are dropped. */
const withoutEmptyDns = (service: Mapping): Mapping => {
  const dns = service.entries.get('dns');
  if (dns?.value.kind !== 'sequence') return service;
  const items = dns.value.items.filter((item) => !isNull(item) && textOf(item) !== '');
  if (items.length === dns.value.items.length) return service;
  return withEntry(service, 'dns', { ...dns, value: sequence(items, dns.value.origins) });
};

/**
 * Brings every short form into its long form.
 * @param lenient Leaves forms alone that cannot be read, for a model whose variables were not put in.
 */
export const canonical = (model: Mapping, lenient: boolean, report: FaultSink, budget: Budget): Mapping => {
  const result = children(model, [], { report, lenient, budget }, TABLE);
  return result.kind === 'mapping' ? mapSection(result, 'services', withoutEmptyDns) : model;
};
