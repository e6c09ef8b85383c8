import type { FaultSink } from '../model/fault.js';
import { parseIP } from '../model/ip.js';
import { type ComposePath, formatPath, type PathTable, pathTable } from '../model/path.js';
import { isNull, type Mapping, placeOfValue, textOf, type Value } from '../model/value.js';
import { type Rewrite, rewrite } from './rewrite.js';

/** Complains about a value, or not. */
type Check = (value: Value, path: ComposePath, report: (rule: string, about: Value, message: string) => void) => void;

const volume: Check = (value, path, report) => {
  if (isNull(value) || value.kind !== 'mapping') return;
  const external = value.entries.get('external')?.value;
  // Where variables are not put in, a text is no boolean yet; docker compose crashes on it.
  if (external && (external.kind !== 'scalar' || typeof external.value !== 'boolean'))
    report('schema', external, `${formatPath(path)}.external must be true or false.`);
  if (external?.kind !== 'scalar' || external.value !== true) return;
  for (const [key, entry] of value.entries) {
    if (key === 'name' || key === 'external' || key.startsWith('x-')) continue;
    report('conflicting-keys', entry.value, `${formatPath(path)} is external, so that ${key} cannot be given.`);
  }
};

/** Exactly one of the keys says where the content comes from, unless a driver or something external does. */
const content =
  (...keys: readonly string[]): Check =>
  (value, path, report) => {
    if (value.kind !== 'mapping') return;
    const given = keys.filter((key) => value.entries.has(key));
    if (given.length > 1)
      report('conflicting-keys', value, `${formatPath(path)} has ${given.join(' and ')}: one of them is enough.`);
    if (given.length === 0 && !value.entries.has('driver') && !value.entries.has('external'))
      report('schema', value, `${formatPath(path)} must have one of ${keys.join(', ')}.`);
  };

const port: Check = (value, path, report) => {
  const ip = value.kind === 'mapping' ? value.entries.get('host_ip')?.value : undefined;
  const text = textOf(ip);
  if (ip && (text === undefined || !parseIP(text)))
    report('invalid-port', ip, `${formatPath(path)}.host_ip is not an IP address.`);
};

const watched: Check = (value, path, report) => {
  if (textOf(value) === '') report('schema', value, `${formatPath(path)} must not be empty.`);
};

const deviceRequest: Check = (value, path, report) => {
  if (value.kind === 'mapping' && value.entries.has('count') && value.entries.has('device_ids'))
    report('conflicting-keys', value, `${formatPath(path)} has count and device_ids: one of them is enough.`);
};

/** The schema allows null here, and docker compose then crashes. */
const notNull: Check = (value, path, report) => {
  if (isNull(value)) report('schema', value, `${formatPath(path)} must be a text.`);
};

/** What docker compose checks beside the schema on a complete model. @see compose-go validation/validation.go */
export const CHECK_BY_PATH = {
  'volumes.*': volume,
  'configs.*': content('file', 'environment', 'content'),
  'secrets.*': content('file', 'environment'),
  'services.*.pid': notNull,
  'services.*.ports.*': port,
  'services.*.develop.watch.*.path': watched,
  'services.*.deploy.resources.reservations.devices.*': deviceRequest,
  'services.*.gpus.*': deviceRequest,
} as const satisfies Record<string, Check>;

/** Reports what the schema does not say about a canonical model with its defaults. */
export const checkModel = (model: Mapping, report: FaultSink): void => {
  const rows = Object.entries(CHECK_BY_PATH).map(([pattern, check]): [string, Rewrite] => [
    pattern,
    (value, path) => {
      check(value, path, (rule, about, message) => {
        const at = placeOfValue(about) ?? placeOfValue(value);
        report({ rule, severity: 'error', message, ...(at ? { at } : {}), path });
      });
      return value;
    },
  ]);
  const table: PathTable<Rewrite> = pathTable(Object.fromEntries(rows));
  rewrite(model, table);
};
