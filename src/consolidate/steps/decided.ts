import { probeFor } from '../../catalog/images.js';
import { type Leaf, leavesOf, pathKey } from '../../lint/leaves.js';
import { type ComposePath, formatPath } from '../../model/path.js';
import {
  type Entry,
  get,
  isNull,
  mapping,
  type Origins,
  scalar,
  sequence,
  textOf,
  type Value,
} from '../../model/value.js';
import { basename } from '../../source/path.js';
import type { Decided, SetFile } from '../../workspace/decisions.js';
import { SET_FILES } from '../../workspace/decisions-schema.js';
import { fileNow, hasService, oldLeaves, provenPairs, volumePath } from '../claims.js';
import type { Claim } from '../operation.js';
import {
  attempt,
  insert,
  leafAt,
  leavesIn,
  placeIn,
  removeAt,
  replaceAt,
  rootOf,
  servicesIn,
  type Work,
} from '../work.js';

const DECIDED: Origins = [{ kind: 'default', source: 'decisions of the settings' }];

/** Decided data as a value, so that it can be taken apart into settings. */
const decidedValue = (data: Decided): Value => {
  if (data === null || typeof data !== 'object') return scalar(data, DECIDED);
  if (Array.isArray(data)) return sequence((data as readonly Decided[]).map(decidedValue), DECIDED);
  const entries = Object.entries(data).map(([key, inner]): [string, Entry] => [key, { value: decidedValue(inner) }]);
  return mapping(new Map(entries), DECIDED);
};

/** The data at the place of a setting. */
const dataAt = (data: Decided, path: ComposePath): Decided | undefined => {
  let found: Decided | undefined = data;
  for (const key of path) {
    if (found === null || typeof found !== 'object') return undefined;
    found = (found as { readonly [key: string]: Decided })[String(key)];
  }
  return found;
};

const fileOf = (work: Work, where: SetFile): string | undefined => {
  const { base, override, prod } = work.layout;
  if (where === 'base') return base?.path;
  return where === 'prod' ? prod : override && fileNow(work, override);
};

/** Differences of a setting that is added to a file or replaced in it; a later file of a stack may have the last word. */
const claimsOf = (work: Work, file: string, service: string, leaf: Leaf): readonly Claim[] =>
  provenPairs(work).flatMap((pair): readonly Claim[] => {
    const files = pair.after.map((path) => fileNow(work, path));
    if (!files.includes(file) || !hasService(pair, service)) return [];
    const later = files.slice(files.indexOf(file) + 1);
    const isLast = !later.some(
      (other) => leafAt(work, other, service, leaf.path) || resets(work, other, service, leaf.path),
    );
    if (!isLast || isReset(leaf)) return [];
    const path = ['services', service, ...leaf.path];
    return [{ stack: pair.name, path, ...(oldLeaves(pair).has(pathKey(path)) ? {} : { before: null }) }];
  });

/** In an override, null takes away what the base says. */
const isReset = ({ value }: Leaf): boolean => isNull(value);

/** Whether a file takes a value of the base away already, as decided. */
const isResetIn = (work: Work, file: string, service: string, leaf: Leaf): boolean =>
  isReset(leaf) &&
  placeIn(work, file, ['services', service, ...leaf.real])?.node.properties.some(({ text }) => text === '!reset') ===
    true;

/** Whether it is decided that a file takes a value of the base away. */
const resets = (work: Work, file: string, service: string, path: ComposePath): boolean =>
  SET_FILES.some((where) => {
    const data = fileOf(work, where) === file ? work.decisions.set.get(where)?.get(service) : undefined;
    return data !== undefined && dataAt(data, path) === null;
  });

/** The volume that a mount in short form names. */
const volumeOf = (leaf: Leaf): string | undefined => {
  const source = leaf.text.split(':')[0] ?? '';
  return leaf.path[0] === 'volumes' && /^[A-Za-z0-9][\w.-]*$/.test(source) && leaf.text.includes(':')
    ? source
    : undefined;
};

const write = (work: Work, file: string, service: string, leaf: Leaf, data: Decided): boolean => {
  const known = leafAt(work, file, service, leaf.path);
  const path = ['services', service, ...leaf.real];
  if (isReset(leaf) && file !== work.layout.base?.path)
    return insert(work, file, path, 'entry', {
      kind: 'text',
      lines: [`${String(leaf.real.at(-1))}: !reset null`],
      flow: undefined,
    });
  const isItem = typeof leaf.real.at(-1) === 'number';
  if (known && typeof data === 'string') return replaceAt(work, file, ['services', service, ...known.real], data);
  if (known && !removeAt(work, file, ['services', service, ...known.real])) return false;
  return insert(work, file, isItem ? path.slice(0, -1) : path, isItem ? 'item' : 'entry', data);
};

/** Whether a value is decided for a setting of the base. */
export const isDecided = ({ decisions }: Work, service: string, path: ComposePath): boolean => {
  const data = decisions.set.get('base')?.get(service);
  return data !== undefined && leavesOf(decidedValue(data)).some((leaf) => pathKey(leaf.path) === pathKey(path));
};

type Addition = {
  readonly service: string;
  readonly data: Decided;
  readonly reason: string;
  readonly rule: string | undefined;
};

/** Adds settings to a service of a file, or changes them there, each as an operation of its own. */
export const add = (work: Work, file: string, { service, data, reason, rule }: Addition): void => {
  const isNew = !servicesIn(work, file).includes(service) && file === work.layout.base?.path;
  if (isNew) return;
  const missing = leavesOf(decidedValue(data)).filter(
    (leaf) => leafAt(work, file, service, leaf.path)?.text !== leaf.text && !isResetIn(work, file, service, leaf),
  );
  for (const key of new Set(missing.map(({ path }) => String(path[0])))) {
    const leaves = missing.filter(({ path }) => path[0] === key);
    const volumes = leaves.flatMap((leaf) => volumeOf(leaf) ?? []);
    const fresh = volumes.filter((name) => get(rootOf(work.texts.get(file)), 'volumes', name) === undefined);
    const claims = [
      ...leaves.flatMap((leaf) => claimsOf(work, file, service, leaf)),
      ...declares(work, file, service, fresh),
    ];
    attempt(
      work,
      {
        id: `add-value:${basename(file)}:${service}:${key}`,
        kind: 'add-value',
        service,
        paths: leaves.map(({ path }) => ['services', service, ...path]),
        from: undefined,
        to: file,
        reason,
        rule,
        effect: `${service} has ${leaves.map(({ path }) => formatPath(path)).join(', ')} as given there.`,
        claims,
        manual: [],
      },
      () =>
        leaves.every((leaf) => {
          const content = dataAt(data, leaf.real);
          return content !== undefined && write(work, file, service, leaf, content);
        }) && fresh.every((name) => insert(work, file, ['volumes', name], 'entry', null)),
    );
  }
};

/** Volumes that a file declares from now on, in the stacks that load it. */
const declares = (work: Work, file: string, service: string, volumes: readonly string[]): readonly Claim[] =>
  provenPairs(work).flatMap((pair) =>
    pair.after.map((path) => fileNow(work, path)).includes(file) && hasService(pair, service)
      ? volumes.map((name) => ({ stack: pair.name, path: volumePath(pair, name), before: null }))
      : [],
  );

/** Sets what is decided for services of a file. */
export const setDecided = (work: Work, where: SetFile): void => {
  const file = fileOf(work, where);
  if (file === undefined) return;
  for (const [service, data] of work.decisions.set.get(where) ?? [])
    add(work, file, { service, data, reason: 'Decided in the settings.', rule: undefined });
};

/** Gives services the health check that is known for their image, where it is decided that they get one. */
export const addHealthchecks = (work: Work): void => {
  const { base } = work.layout;
  if (!base) return;
  for (const service of work.decisions.healthchecks) {
    const leaves = leavesIn(work, base.path, service);
    const image = textOf(leaves.find(({ path }) => path[0] === 'image')?.value);
    const probe = image === undefined ? undefined : probeFor(image);
    if (
      !probe ||
      leaves.some(({ path }) => path[0] === 'healthcheck') ||
      placeIn(work, base.path, ['services', service]) === undefined
    )
      continue;
    const healthcheck = {
      test: probe.test,
      interval: '30s',
      timeout: '5s',
      retries: 3,
      ...(probe.startPeriod === undefined ? {} : { start_period: probe.startPeriod }),
    };
    add(work, base.path, {
      service,
      data: { healthcheck },
      reason: `Nothing tells whether ${service} is well; this probe is made of what ${image} contains.`,
      rule: 'missing-healthcheck',
    });
  }
};
