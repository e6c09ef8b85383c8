import { below, type ComposePath, type PathTable, pathTable } from '../model/path.js';
import { type Mapping, placeOfValue, type Scalar, type Value } from '../model/value.js';
import { sprint } from '../resolve/sprint.js';
import { type Span, textAt } from '../source/source.js';

/**
 * How docker compose reads a scalar without quotes otherwise than it looks. `text`: a number or boolean where it needs a text, so
 * that the text is made from the value; `octal`: a number with a leading zero; `decimal`: permissions without one; `pair`: a pair of
 * ports that readers of YAML 1.1 take for one number in base 60, docker compose not.
 */
export type Misread = {
  readonly kind: 'text' | 'octal' | 'decimal' | 'pair';
  readonly path: ComposePath;
  readonly at: Span;
  readonly value: Scalar;
  /** Its characters in the file, and what is made of them. They may be a secret. */
  readonly written: string;
  readonly read: string;
};

/** What is needed at a path: a text, permissions, a port; a number everywhere else. */
type Need = 'text' | 'permissions' | 'port';

const TEXTS = [
  'annotations',
  'build.args',
  'build.labels',
  'deploy.labels',
  'environment',
  'gpus.*.options',
  'labels',
  'logging.options',
  'networks.*.driver_opts',
  'storage_opt',
  'sysctls',
].map((path) => `services.*.${path}.*`);

const RESOURCE_TEXTS = ['networks', 'volumes', 'secrets', 'configs'].flatMap((section) => [
  `${section}.*.labels.*`,
  `${section}.*.driver_opts.*`,
]);

/** Oracle: docker compose prints these as texts made from the value, and modes as octal. */
const NEEDS: PathTable<Need> = pathTable<Need>({
  ...Object.fromEntries([...TEXTS, ...RESOURCE_TEXTS].map((path) => [path, 'text' as const])),
  'services.*.configs.*.mode': 'permissions',
  'services.*.secrets.*.mode': 'permissions',
  'services.*.volumes.*.tmpfs.mode': 'permissions',
  'services.*.ports.*': 'port',
});

/** Permissions that people give to files, in octal; written as decimal they are others that nobody wants. */
const USUAL_PERMISSIONS = /^(?:1?7[057][057]|[46][046][046]|5[05][05])$/;

const octal = (value: Scalar): string => `0${BigInt(Number(value.value)).toString(8)}`;

/** The text of a scalar without quotes, behind its tag and anchor; undefined where it may not be the text that it looks like. */
const plainText = (at: Span): string | undefined => {
  const text = textAt(at);
  return /^[-+.\w:]{1,400}$/.test(text) ? text : undefined;
};

const isNumber = ({ value }: Scalar): boolean => typeof value === 'number' || typeof value === 'bigint';

/** Whether a value can be misread at all: most are texts where a text is needed. */
const mayBeMisread = (value: Scalar, need: Need | undefined): boolean =>
  need === 'port' || isNumber(value) || (need === 'text' && typeof value.value === 'boolean');

const misreadAt = (
  value: Scalar,
  need: Need | undefined,
  at: Span,
): Pick<Misread, 'kind' | 'written' | 'read'> | undefined => {
  const written = plainText(at);
  if (written === undefined || value.form === 'timestamp') return undefined;
  if (need === 'text') {
    const read = sprint(value);
    const isOther = isNumber(value) || typeof value.value === 'boolean';
    return isOther && read !== written ? { kind: 'text', written, read } : undefined;
  }
  if (need === 'permissions')
    return isNumber(value) && USUAL_PERMISSIONS.test(written)
      ? { kind: 'decimal', written, read: octal(value) }
      : undefined;
  // In base 60 the last place is below 60.
  const pair = need === 'port' && value.value === written ? /^(\d{1,5}):([0-5]?\d)$/.exec(written) : null;
  if (pair) return { kind: 'pair', written, read: String(Number(pair[1]) * 60 + Number(pair[2])) };
  if (!isNumber(value) || !/^[-+]?0[0-7_]+$/.test(written) || Math.abs(Number(value.value)) < 8) return undefined;
  return { kind: 'octal', written, read: String(value.value) };
};

const walk = (value: Value, path: (string | number)[], needs: PathTable<Need> | undefined, found: Misread[]): void => {
  if (value.kind === 'mapping') {
    for (const [key, entry] of value.entries) {
      if (key.startsWith('x-') && !needs?.any) continue;
      path.push(key);
      walk(entry.value, path, below(needs, key), found);
      path.pop();
    }
  } else if (value.kind === 'sequence') {
    for (const [i, item] of value.items.entries()) {
      path.push(i);
      walk(item, path, below(needs, i), found);
      path.pop();
    }
  } else {
    const at = mayBeMisread(value, needs?.value) ? placeOfValue(value) : undefined;
    const misread = at && misreadAt(value, needs?.value, at);
    if (misread) found.push({ ...misread, path: [...path], at, value });
  }
};

/** Scalars of a file that docker compose reads otherwise than they look, or others do. */
export const misreadIn = (root: Mapping): readonly Misread[] => {
  const found: Misread[] = [];
  walk(root, [], NEEDS, found);
  return found;
};
