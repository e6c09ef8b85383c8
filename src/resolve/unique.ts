import type { Fault, FaultSink } from '../model/fault.js';
import { below, type ComposePath, formatPath, type PathTable, pathTable, rowAt } from '../model/path.js';
import { type Entry, isInteger, type Mapping, placeOfValue, textOf, type Value } from '../model/value.js';
import { replaced, replacedItem } from './history.js';
import { pairOf } from './lists.js';
import { sprint } from './sprint.js';
import { NO_MOUNT, parseVolume } from './volume.js';

/** Key under which two items of a list are the same one; undefined, with a fault, for an item that cannot have one. */
type Indexer = (item: Value, refuse: Refuse) => string | undefined;

/** Reports that an item is not what its list takes. */
type Refuse = (message: string, about?: Pick<Fault, 'rule' | 'help'>) => undefined;

/** `NAME=value` by name, a plain text by itself. */
const byName: Indexer = (item, refuse) => {
  const text = textOf(item);
  if (text === undefined) return refuse('must be a text.');
  const equals = text.indexOf('=');
  return equals < 0 ? text : text.slice(0, equals);
};

const byMountTarget: Indexer = (item, refuse) => {
  if (item.kind === 'mapping') {
    const target = textOf(item.entries.get('target')?.value);
    return target ?? refuse('is missing a mount target.');
  }
  const text = textOf(item);
  if (text === undefined) return '';
  const parsed = parseVolume(text);
  return 'reason' in parsed ? refuse(`is not a mount: ${parsed.reason}.`, NO_MOUNT) : (parsed.target?.text ?? '');
};

const byDeviceTarget: Indexer = (item, refuse) => {
  if (item.kind === 'mapping') {
    const target = textOf(item.entries.get('target')?.value);
    return target ?? refuse('is missing a target.');
  }
  const parts = textOf(item)?.split(':') ?? [''];
  return parts[1] ?? parts[0];
};

const byExposed: Indexer = (item, refuse) => {
  const text = textOf(item);
  if (text !== undefined) return text;
  return isInteger(item) ? String(item.value) : refuse('must be a port.');
};

/** By target, or by what the default target would be. */
const byFileTarget =
  (folder: string): Indexer =>
  (item, refuse) => {
    const text = textOf(item);
    if (text !== undefined) return `${folder}/${text}`;
    if (item.kind !== 'mapping') return refuse('must be a name or a mapping.');
    const target = item.entries.get('target')?.value;
    const source = item.entries.get('source')?.value;
    if (target) return textOf(target) ?? refuse('must have a text as target.');
    return `${folder}/${source ? sprint(source) : ''}`;
  };

/** A value as a key that keeps numbers and texts apart, as docker compose's key does by accident. */
const typed = (value: Value | undefined, otherwise: string): string =>
  value ? (textOf(value) ?? `(${sprint(value)})`) : otherwise;

/**
 * Key under which two `ports` entries of one service are the same port: `host_ip:published:target/protocol`.
 * A number and a text never match, so that `published: 8080` and `"8080:80"` are two ports.
 * @see compose-spec 13-merge.md, "Unique resources"; compose-go override/uncity.go
 */
const byPort: Indexer = (item, refuse) => {
  if (item.kind === 'scalar') return item.value === null ? '' : sprint(item);
  if (item.kind !== 'mapping') return '';
  const field = (name: string): Value | undefined => item.entries.get(name)?.value;
  const target = field('target');
  if (!target) return refuse('is missing a target port.');
  const port = isInteger(target) ? String(target.value) : `(${sprint(target)})`;
  return `${typed(field('host_ip'), '0.0.0.0')}:${typed(field('published'), '(none)')}:${port}/${typed(field('protocol'), 'tcp')}`;
};

const byEnvFile: Indexer = (item, refuse) => {
  if (item.kind !== 'mapping') return textOf(item) ?? '';
  return textOf(item.entries.get('path')?.value) ?? refuse('is missing a path.');
};

/** Lists whose items are unique: a later one with the same key takes the earlier one's place. */
export const UNIQUE_BY_PATH = {
  'networks.*.labels': byName,
  'networks.*.ipam.options': byName,
  'services.*.annotations': byName,
  'services.*.build.args': byName,
  'services.*.build.additional_contexts': byName,
  'services.*.build.platform': byName,
  'services.*.build.tags': byName,
  'services.*.build.labels': byName,
  'services.*.cap_add': byName,
  'services.*.cap_drop': byName,
  'services.*.devices': byDeviceTarget,
  'services.*.configs': byFileTarget(''),
  'services.*.deploy.labels': byName,
  'services.*.dns': byName,
  'services.*.dns_opt': byName,
  'services.*.dns_search': byName,
  'services.*.environment': byName,
  'services.*.env_file': byEnvFile,
  'services.*.expose': byExposed,
  'services.*.labels': byName,
  'services.*.links': byName,
  'services.*.networks.*.aliases': byName,
  'services.*.networks.*.link_local_ips': byName,
  'services.*.ports': byPort,
  'services.*.profiles': byName,
  'services.*.secrets': byFileTarget('/run/secrets'),
  'services.*.sysctls': byName,
  'services.*.tmpfs': byName,
  'services.*.volumes': byMountTarget,
} as const satisfies Record<string, Indexer>;

const TABLE: PathTable<Indexer> = pathTable<Indexer>(UNIQUE_BY_PATH);

/** Whether the list at a path of a model has twice what is given twice only once. */
export const isUniqueList = (path: ComposePath): boolean => rowAt(TABLE, path) !== undefined;

/** Of `NAME=value` only the value is lost. */
const replacedPair = (earlier: Value, item: Value): Value => {
  if (earlier.kind !== 'scalar' || item.kind !== 'scalar') return replaced(earlier, item);
  const { origins } = replaced(pairOf(earlier).entry.value, pairOf(item).entry.value);
  const lost = origins.filter((origin) => origin.kind === 'overrode');
  const [first, ...rest] = [...item.origins.filter((origin) => origin.kind !== 'overrode'), ...lost];
  return first ? { ...item, origins: [first, ...rest] } : item;
};

const uniqueItems = (
  items: readonly Value[],
  indexer: Indexer,
  path: ComposePath,
  report: FaultSink,
): readonly Value[] => {
  const kept: Value[] = [];
  const positions = new Map<string, number>();
  for (const [i, item] of items.entries()) {
    const key = indexer(item, (message, about = { rule: 'schema' }) => {
      const at = placeOfValue(item);
      const full = `${formatPath([...path, i])} ${message}`;
      report({ ...about, severity: 'error', message: full, ...(at ? { at } : {}), path: [...path, i] });
    });
    const known = key === undefined ? undefined : positions.get(key);
    const earlier = known === undefined ? undefined : kept[known];
    if (known !== undefined && earlier)
      kept[known] = indexer === byName ? replacedPair(earlier, item) : replacedItem(earlier, item);
    else {
      if (key !== undefined) positions.set(key, kept.length);
      kept.push(item);
    }
  }
  return kept.length === items.length ? items : kept;
};

const walk = (value: Value, table: PathTable<Indexer>, path: ComposePath, report: FaultSink): Value => {
  if (value.kind === 'scalar') return value;
  if (value.kind === 'sequence') {
    if (!table.value) return value;
    const items = uniqueItems(value.items, table.value, path, report);
    return items === value.items ? value : { ...value, items };
  }
  let entries: Map<string, Entry> | undefined;
  for (const [key, entry] of value.entries) {
    const node = below(table, key);
    if (!node || entry.value.kind === 'scalar') continue;
    const result = walk(entry.value, node, [...path, key], report);
    if (result === entry.value) continue;
    entries ??= new Map(value.entries);
    entries.set(key, { ...entry, value: result });
  }
  return entries ? { ...value, entries } : value;
};

/** Drops what a list gives again, within one file and across files. @see compose-spec 13-merge.md, "Unique resources" */
export const unique = (model: Mapping, report: FaultSink): Mapping => {
  const result = walk(model, TABLE, [], report);
  return result.kind === 'mapping' ? result : model;
};
