import { type PathTable, pathTable } from '../model/path.js';
import { byDefault, type Mapping, scalar, type Value, withEntry } from '../model/value.js';
import { type Rewrite, rewrite } from './rewrite.js';
import { sprint } from './sprint.js';

/** Sets a key that a mapping does not have. */
const orElse = (value: Value, key: string, content: (value: Mapping) => string, source: string): Value =>
  value.kind !== 'mapping' || value.entries.has(key)
    ? value
    : withEntry(value, key, { value: scalar(content(value), byDefault(source)) });

const secretTarget: Rewrite = (value) =>
  orElse(
    value,
    'target',
    (secret) => {
      const source = secret.entries.get('source')?.value;
      return `/run/secrets/${source ? sprint(source) : '%!s(<nil>)'}`;
    },
    'compose-spec 05-services.md, "secrets", short syntax',
  );

const port: Rewrite = (value) => {
  const source = 'compose-spec 05-services.md, "ports", long syntax';
  return orElse(
    orElse(value, 'protocol', () => 'tcp', source),
    'mode',
    () => 'ingress',
    source,
  );
};

const deviceRequest: Rewrite = (value) =>
  value.kind === 'mapping' && value.entries.has('device_ids')
    ? value
    : orElse(value, 'count', () => 'all', 'compose-spec deploy.md, "count"');

/** Values that docker compose gives to what the files leave out. @see compose-go transform/defaults.go */
export const DEFAULT_BY_PATH = {
  'services.*.build': (value) => orElse(value, 'context', () => '.', 'compose-spec build.md, "context"'),
  'services.*.secrets.*': secretTarget,
  'services.*.ports.*': port,
  'services.*.deploy.resources.reservations.devices.*': deviceRequest,
  'services.*.gpus.*': deviceRequest,
} as const satisfies Record<string, Rewrite>;

const TABLE: PathTable<Rewrite> = pathTable<Rewrite>(DEFAULT_BY_PATH);

/** Sets the defaults of a canonical model. */
export const setDefaults = (model: Mapping): Mapping => rewrite(model, TABLE);
