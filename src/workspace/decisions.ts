import { get, textOf, type Value } from '../model/value.js';
import { withoutHere } from '../source/path.js';
import { SET_FILES } from './decisions-schema.js';

/** Data of a settings file: a piece of a Compose file to be written. */
export type Decided = string | number | boolean | null | readonly Decided[] | { readonly [key: string]: Decided };

export type Limits = { readonly cpus: string | undefined; readonly memory: string | undefined };

export type ProxyDecisions = {
  readonly service: string;
  readonly image: string;
  readonly port: number;
  /** `service:port` by the path that leads there. */
  readonly to: ReadonlyMap<string, string>;
};

export type ProdDecisions = {
  readonly restart: string | undefined;
  /** By service; `default` for all others. */
  readonly limits: ReadonlyMap<string, Limits>;
  readonly secrets: 'environment' | 'files' | undefined;
  readonly proxy: ProxyDecisions | undefined;
};

/** Files that values can be decided for. */
export type SetFile = (typeof SET_FILES)[number];

/** Answers to what consolidation cannot know from the files. Undefined: nobody has answered. */
export type Decisions = {
  /** Path, from the folder of the Compose files, of the file that becomes the override; false for none. */
  readonly override: string | false | undefined;
  readonly moveDevSettings: boolean | undefined;
  readonly merge: readonly string[] | false | undefined;
  /** Sources as written, by service and target. */
  readonly keep: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly scrapes: 'join' | 'keep' | undefined;
  readonly networks: ReadonlyMap<string, readonly string[]>;
  readonly loopback: boolean | undefined;
  readonly secrets: boolean | undefined;
  readonly tuning: boolean | undefined;
  readonly anchors: boolean | undefined;
  readonly awaitHealthy: boolean | undefined;
  readonly healthchecks: readonly string[];
  readonly volumes: 'name' | 'copy' | undefined;
  readonly prod: ProdDecisions | undefined;
  readonly set: ReadonlyMap<SetFile, ReadonlyMap<string, Decided>>;
  readonly comments: ReadonlyMap<string, string>;
};

const entriesOf = (value: Value | undefined): readonly (readonly [string, Value])[] =>
  value?.kind === 'mapping' ? [...value.entries].map(([key, entry]) => [key, entry.value]) : [];

const textsOf = (value: Value | undefined): readonly string[] =>
  value?.kind === 'sequence' ? value.items.flatMap((item) => textOf(item) ?? []) : [];

const flagAt = (root: Value | undefined, key: string): boolean | undefined => {
  const value = get(root, key);
  return value?.kind === 'scalar' && typeof value.value === 'boolean' ? value.value : undefined;
};

const textAt = <T extends string>(root: Value | undefined, key: string, known: readonly T[]): T | undefined =>
  known.find((candidate) => candidate === textOf(get(root, key)));

const decided = (value: Value): Decided => {
  if (value.kind === 'sequence') return value.items.map(decided);
  if (value.kind === 'scalar') return typeof value.value === 'bigint' ? String(value.value) : value.value;
  return Object.fromEntries([...value.entries].map(([key, entry]) => [key, decided(entry.value)]));
};

const mapOf = <T>(value: Value | undefined, read: (value: Value) => T): ReadonlyMap<string, T> =>
  new Map(entriesOf(value).map(([key, inner]) => [key, read(inner)]));

const textMap = (value: Value | undefined): ReadonlyMap<string, string> => mapOf(value, (inner) => textOf(inner) ?? '');

const proxyOf = (value: Value | undefined): ProxyDecisions | undefined => {
  if (!value) return undefined;
  const port = get(value, 'port');
  return {
    service: textOf(get(value, 'service')) ?? '',
    image: textOf(get(value, 'image')) ?? '',
    port: port?.kind === 'scalar' ? Number(port.value) : 0,
    to: textMap(get(value, 'to')),
  };
};

const prodOf = (value: Value | undefined): ProdDecisions | undefined =>
  value && {
    restart: textOf(get(value, 'restart')),
    limits: mapOf(get(value, 'limits'), (limits) => ({
      cpus: textOf(get(limits, 'cpus')),
      memory: textOf(get(limits, 'memory')),
    })),
    secrets: textAt(value, 'secrets', ['environment', 'files']),
    proxy: proxyOf(get(value, 'proxy')),
  };

/** Reads `decisions` of a settings file that fits its schema. */
export const decisionsOf = (root: Value | undefined): Decisions => {
  const override = get(root, 'override');
  const path = textOf(override);
  const merge = get(root, 'merge');
  return {
    override: path === undefined ? (override ? false : undefined) : withoutHere(path),
    moveDevSettings: flagAt(root, 'moveDevSettings'),
    merge: merge?.kind === 'sequence' ? textsOf(merge) : merge ? false : undefined,
    keep: mapOf(get(root, 'keep'), textMap),
    scrapes: textAt(root, 'scrapes', ['join', 'keep']),
    networks: mapOf(get(root, 'networks'), textsOf),
    loopback: flagAt(root, 'loopback'),
    secrets: flagAt(root, 'secrets'),
    tuning: flagAt(root, 'tuning'),
    anchors: flagAt(root, 'anchors'),
    awaitHealthy: flagAt(root, 'awaitHealthy'),
    healthchecks: textsOf(get(root, 'healthchecks')),
    volumes: textAt(root, 'volumes', ['name', 'copy']),
    prod: prodOf(get(root, 'prod')),
    set: new Map(SET_FILES.map((file) => [file, mapOf(get(root, 'set', file), decided)])),
    comments: textMap(get(root, 'comments')),
  };
};

/** Nothing decided. */
export const NO_DECISIONS: Decisions = decisionsOf(undefined);
