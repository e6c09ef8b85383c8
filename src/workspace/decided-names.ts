import { get, isTrue, itemsOf, placeOfValue, textOf, type Value } from '../model/value.js';
import { withoutHere } from '../source/path.js';
import type { Span } from '../source/source.js';
import { SET_FILES } from './decisions-schema.js';

/**
 * Something of the Compose files that the settings name: what it is, and where it is named. `file`: the development file that
 * becomes the override; `of-override`: a decision that speaks about the override, whichever file that is.
 */
export type DecidedName = {
  readonly kind: 'service' | 'image' | 'network' | 'target' | 'source' | 'file' | 'of-override';
  readonly name: string;
  readonly at: Span | undefined;
  /** The service that a network, a target or a source belongs to. */
  readonly service?: string;
  /** The target that a source is mounted on. */
  readonly target?: string;
};

type Key = { readonly key: string; readonly at: Span | undefined; readonly value: Value };

const keysOf = (value: Value | undefined): readonly Key[] =>
  value?.kind === 'mapping'
    ? [...value.entries].map(([key, entry]) => ({ key, at: entry.key, value: entry.value }))
    : [];

const serviceKeys = (value: Value | undefined): readonly DecidedName[] =>
  keysOf(value).map(({ key, at }) => ({ kind: 'service', name: key, at }));

const listedServices = (value: Value | undefined): readonly DecidedName[] =>
  itemsOf(value).flatMap((item): readonly DecidedName[] => {
    const name = textOf(item);
    return name === undefined ? [] : [{ kind: 'service', name, at: placeOfValue(item) }];
  });

const kept = (value: Value | undefined): readonly DecidedName[] =>
  keysOf(value).flatMap(({ key: service, value: targets }) =>
    keysOf(targets).flatMap(({ key: target, at, value: source }): readonly DecidedName[] => [
      { kind: 'target', name: target, at, service },
      { kind: 'source', name: textOf(source) ?? '', at: placeOfValue(source), service, target },
    ]),
  );

const networks = (value: Value | undefined): readonly DecidedName[] =>
  keysOf(value).flatMap(({ key: service, value: names }) =>
    itemsOf(names).map(
      (item): DecidedName => ({ kind: 'network', name: textOf(item) ?? '', at: placeOfValue(item), service }),
    ),
  );

/** Services that values are set for; one with an image of its own may come into being by them. */
const set = (value: Value | undefined): readonly DecidedName[] =>
  SET_FILES.flatMap((file) =>
    keysOf(get(value, file)).flatMap(({ key, at, value: data }): readonly DecidedName[] =>
      get(data, 'image') || get(data, 'build') ? [] : [{ kind: 'service', name: key, at }],
    ),
  );

/** Upstreams of a proxy: `frontend:3000`. */
const upstreams = (value: Value | undefined): readonly DecidedName[] =>
  keysOf(value).map(({ value: upstream }) => ({
    kind: 'service',
    name: (textOf(upstream) ?? '').split(':')[0] ?? '',
    at: placeOfValue(upstream),
  }));

const developmentFile = (value: Value | undefined): readonly DecidedName[] => {
  const name = textOf(value);
  return value === undefined || name === undefined
    ? []
    : [{ kind: 'file', name: withoutHere(name), at: placeOfValue(value) }];
};

/** Decisions that only an override can follow. */
const ofOverride = (decisions: Value | undefined): readonly DecidedName[] => {
  const named = (value: Value | undefined, wanted: string, name: string): readonly DecidedName[] =>
    keysOf(value).flatMap(({ key, at }) => (key === wanted ? [{ kind: 'of-override', name, at }] : []));
  return [
    ...(isTrue(get(decisions, 'moveDevSettings')) ? named(decisions, 'moveDevSettings', 'moveDevSettings') : []),
    ...(isTrue(get(decisions, 'loopback')) ? named(decisions, 'loopback', 'loopback') : []),
    ...named(get(decisions, 'set'), 'override', 'set.override'),
  ];
};

/** All names of files, services, images, networks and mounts in `decisions` and `pins` of a settings file. */
export const decidedNames = (root: Value): readonly DecidedName[] => {
  const decisions = get(root, 'decisions');
  const prod = get(decisions, 'prod');
  return [
    ...keysOf(get(root, 'pins')).map(({ key, at }): DecidedName => ({ kind: 'image', name: key, at })),
    ...developmentFile(get(decisions, 'override')),
    ...ofOverride(decisions),
    ...listedServices(get(decisions, 'merge')),
    ...listedServices(get(decisions, 'healthchecks')),
    ...serviceKeys(get(decisions, 'keep')),
    ...kept(get(decisions, 'keep')),
    ...serviceKeys(get(decisions, 'networks')),
    ...networks(get(decisions, 'networks')),
    ...serviceKeys(get(prod, 'limits')).filter(({ name }) => name !== 'default'),
    ...upstreams(get(prod, 'proxy', 'to')),
    ...set(get(decisions, 'set')),
  ];
};
