import { type Leaf, modelLeaves, pathKey } from '../lint/leaves.js';
import { get, type Mapping, mapping, scalar, textOf, type Value, withEntry } from '../model/value.js';

/** What Docker calls a volume of a resolved model. */
export const realVolumeName = (model: Mapping, key: string): string =>
  textOf(get(model, 'volumes', key, 'name')) ?? key;

const withRealSource = (mount: Value, model: Mapping): Value => {
  const source = textOf(get(mount, 'source'));
  if (mount.kind !== 'mapping' || textOf(get(mount, 'type')) !== 'volume' || source === undefined) return mount;
  return withEntry(mount, 'source', { value: scalar(realVolumeName(model, source), mount.origins) });
};

const withRealMounts = (service: Value, model: Mapping): Value => {
  const mounts = get(service, 'volumes');
  if (service.kind !== 'mapping' || mounts?.kind !== 'sequence') return service;
  const items = mounts.items.map((mount) => withRealSource(mount, model));
  return withEntry(service, 'volumes', { value: { ...mounts, items } });
};

/**
 * A resolved model in which volumes go by the names that Docker gives them: the key is a matter of the file, and who renames
 * it mounts the same volume still.
 */
const withRealVolumes = (model: Mapping): Mapping => {
  const services = get(model, 'services');
  const volumes = get(model, 'volumes');
  let result = model;
  if (services?.kind === 'mapping') {
    const entries = [...services.entries].map(
      ([name, { value }]) => [name, { value: withRealMounts(value, model) }] as const,
    );
    result = withEntry(result, 'services', { value: mapping(new Map(entries), services.origins) });
  }
  if (volumes?.kind === 'mapping') {
    const entries = [...volumes.entries].map(([key, entry]) => [realVolumeName(model, key), entry] as const);
    result = withEntry(result, 'volumes', { value: mapping(new Map(entries), volumes.origins) });
  }
  return result;
};

/** All settings of a resolved stack by path, as a proof compares them. Extensions do nothing and are left out. */
export const stackLeaves = (model: Mapping): ReadonlyMap<string, Leaf> =>
  new Map(
    modelLeaves(withRealVolumes(model))
      .filter(({ path }) => !String(path[0]).startsWith('x-'))
      .map((leaf) => [pathKey(leaf.path), leaf]),
  );
