import { type Budget, spend } from '../model/budget.js';
import type { FaultSink } from '../model/fault.js';
import { below, type ComposePath, formatPath, type PathTable, pathTable, rowAt } from '../model/path.js';
import { isNull, type Mapping, mapping, placeOfValue, sameData, sequence, textOf, type Value } from '../model/value.js';
import { entryOf, joined, replaced } from './history.js';
import { asList, asMapping, concatenated, nothing, startedDependency } from './lists.js';

/** Merges two values at one path. Changes neither input and loses no origin. */
type Merge = (base: Value, override: Value, at: Place) => Value;

/** Where a merge happens, and how to merge and report below it. */
type Place = {
  readonly table: PathTable<Merge> | undefined;
  readonly path: ComposePath;
  readonly report: FaultSink;
  readonly budget: Budget;
};

const under = (place: Place, key: string): Place => ({
  ...place,
  table: below(place.table, key),
  path: [...place.path, key],
});

const refuse = (place: Place, override: Value, message: string): void => {
  const at = placeOfValue(override);
  place.report({ rule: 'schema', severity: 'error', message, ...(at ? { at } : {}), path: place.path });
};

const mergeMappings = (base: Mapping, override: Mapping, place: Place): Mapping => {
  const entries = new Map(base.entries);
  for (const [key, theirs] of override.entries) {
    const ours = base.entries.get(key);
    if (!ours) {
      entries.set(key, theirs);
      continue;
    }
    const value = merge(ours.value, theirs.value, under(place, key));
    const keepsOurs = value === ours.value || (value.kind !== 'scalar' && ours.value.kind === value.kind);
    entries.set(key, entryOf(value, keepsOurs ? (ours.key ?? theirs.key) : (theirs.key ?? ours.key)));
  }
  return mapping(entries, joined(base, override));
};

/** The override wins, null included. */
const replace: Merge = (base, override) => replaced(base, override);

/** Both forms become lists, one behind the other; the unique step then drops what is given again. */
const mergeAsLists: Merge = (base, override) =>
  concatenated(asList(base) ?? [], asList(override) ?? [], joined(base, override));

/** As lists, without texts that stand in the base word for word. */
const mergeHosts: Merge = (base, override) => {
  const ours = asList(base) ?? [];
  const texts = new Set(ours.flatMap((given) => (given.kind === 'scalar' ? [given.value] : [])));
  const others = ours.filter(({ kind }) => kind !== 'scalar');
  const isGiven = (item: Value): boolean =>
    item.kind === 'scalar' ? texts.has(item.value) : others.some((given) => sameData(given, item));
  const theirs = (asList(override) ?? []).filter((item) => !isGiven(item));
  return concatenated(ours, theirs, joined(base, override));
};

/** Lists of names become mappings, which merge by name. */
const mergeAsMappings =
  (content: (item: Value) => Value): Merge =>
  (base, override, place) => {
    const ours = asMapping(base, content);
    const theirs = asMapping(override, content);
    if (ours && theirs) return mergeMappings(ours, theirs, place);
    return ours ?? theirs ?? override;
  };

const mergeDependencies = mergeAsMappings(startedDependency);
const mergeNames = mergeAsMappings(nothing);

const buildMapping = (value: Value): Mapping | undefined => {
  if (value.kind === 'mapping') return value;
  if (textOf(value) === undefined) return undefined;
  const at = placeOfValue(value);
  return mapping(new Map([['context', entryOf(value, at)]]), value.origins);
};

const mergeBuild: Merge = (base, override, place) => {
  const ours = buildMapping(base);
  const theirs = buildMapping(override);
  if (ours && theirs) return mergeMappings(ours, theirs, place);
  return ours ?? theirs ?? override;
};

/** Options merge only when both files mean the same driver, or one names none. */
const mergeLogging: Merge = (base, override, place) => {
  if (base.kind !== 'mapping' || override.kind !== 'mapping') {
    refuse(place, override, `${formatPath(place.path)} must be a mapping.`);
    return base;
  }
  const ours = base.entries.get('driver')?.value;
  const theirs = override.entries.get('driver')?.value;
  if (!ours || !theirs || sameData(ours, theirs)) return mergeMappings(base, override, place);
  return replaced(base, override);
};

const subnetOf = (value: Value): Value | undefined =>
  value.kind === 'mapping' ? value.entries.get('subnet')?.value : undefined;

const sameSubnet = (a: Value, b: Value): boolean => {
  const [ours, theirs] = [subnetOf(a), subnetOf(b)];
  return ours && theirs ? sameData(ours, theirs) : ours === theirs;
};

/**
 * Pools merge by subnet; a pool of the base that the override does not name is lost, as docker compose has it. A pool that
 * was taken in changes along when it is merged once more, which is why it is held in a box.
 */
const mergePools: Merge = (base, override, place) => {
  if (base.kind !== 'sequence' || override.kind !== 'sequence') {
    refuse(place, override, `${formatPath(place.path)} must be a list.`);
    return base;
  }
  // Every pool of the one meets every pool of the other.
  if (!spend(place.budget, 'pools', base.items.length * override.items.length, placeOfValue(override))) return base;
  const theirs = override.items.map((value) => ({ value }));
  const pools: { value: Value }[] = [];
  const find = (wanted: Value): number => pools.findIndex(({ value }) => sameSubnet(value, wanted));
  for (const original of base.items) {
    const ours = { value: original };
    for (const their of theirs) {
      if (!sameSubnet(ours.value, their.value) && find(their.value) < 0) {
        pools.push(their);
        continue;
      }
      if (ours.value.kind !== 'mapping' || their.value.kind !== 'mapping') continue;
      ours.value = mergeMappings(ours.value, their.value, place);
      const known = find(ours.value);
      if (known >= 0) pools[known] = ours;
      else pools.push(ours);
    }
  }
  return sequence(
    pools.map(({ value }) => value),
    joined(base, override),
  );
};

/** Paths that do not merge by the kind of their value. @see compose-go override/merge.go; compose-spec 13-merge.md */
export const MERGE_BY_PATH = {
  'networks.*.ipam.config': mergePools,
  'networks.*.labels': mergeAsLists,
  'volumes.*.labels': mergeAsLists,
  'services.*.annotations': mergeAsLists,
  'services.*.build': mergeBuild,
  'services.*.build.args': mergeAsLists,
  'services.*.build.additional_contexts': mergeAsLists,
  'services.*.build.extra_hosts': mergeHosts,
  'services.*.build.labels': mergeAsLists,
  'services.*.command': replace, // 13-merge.md, "Shell commands"
  'services.*.depends_on': mergeDependencies,
  'services.*.deploy.labels': mergeAsLists,
  'services.*.dns': mergeAsLists,
  'services.*.dns_opt': mergeAsLists,
  'services.*.dns_search': mergeAsLists,
  'services.*.entrypoint': replace, // 13-merge.md, "Shell commands"
  'services.*.env_file': mergeAsLists,
  'services.*.label_file': mergeAsLists,
  'services.*.environment': mergeAsLists,
  'services.*.extra_hosts': mergeHosts,
  'services.*.healthcheck.test': replace, // 13-merge.md, "Shell commands"
  'services.*.labels': mergeAsLists,
  'services.*.volumes.*.volume.labels': mergeAsLists,
  'services.*.logging': mergeLogging,
  'services.*.models': mergeNames,
  'services.*.networks': mergeNames,
  'services.*.sysctls': mergeAsLists,
  'services.*.tmpfs': mergeAsLists,
  'services.*.ulimits.*': replace,
} as const satisfies Record<string, Merge>;

const TABLE = pathTable<Merge>(MERGE_BY_PATH);

/** Ways to merge lists that have each name once afterwards, whatever the unique step does. */
const BY_NAME: ReadonlySet<Merge | undefined> = new Set([mergeDependencies, mergeHosts, mergeNames]);

/** Whether the lists at a path of a model merge by what they name. */
export const mergesByName = (path: ComposePath): boolean => BY_NAME.has(rowAt(TABLE, path));

const merge: Merge = (base, override, place) => {
  const special = place.table?.value;
  if (special) return special(base, override, place);
  if (isNull(override)) return base;
  if (base.kind === 'mapping') {
    if (override.kind === 'mapping') return mergeMappings(base, override, place);
    refuse(
      place,
      override,
      `${formatPath(place.path)} is a mapping in an earlier file and cannot become anything else.`,
    );
    return base;
  }
  if (base.kind === 'sequence') {
    if (override.kind === 'sequence') return concatenated(base.items, override.items, joined(base, override));
    refuse(place, override, `${formatPath(place.path)} is a list in an earlier file and cannot become anything else.`);
    return base;
  }
  return replaced(base, override);
};

/** What a merge reports to, and uses up. */
type MergeContext = Pick<Place, 'report' | 'budget'>;

/**
 * Merges a later file's model over an earlier one's.
 * @see compose-spec 13-merge.md; compose-go override/merge.go
 */
export const mergeModels = (base: Mapping, override: Mapping, { report, budget }: MergeContext): Mapping =>
  mergeMappings(base, override, { table: TABLE, path: [], report, budget });

/** Merges a service over the one it extends, by the same rules. */
export const mergeServices = (
  base: Mapping,
  service: Mapping,
  name: string,
  { report, budget }: MergeContext,
): Mapping =>
  mergeMappings(base, service, {
    table: below(below(TABLE, 'services'), name),
    path: ['services', name],
    report,
    budget,
  });
