import { type ComposePath, formatPath, type PathTable, pathTable } from '../model/path.js';
import { type Mapping, placeOfValue, type Scalar, textOf, type Value, withEntry } from '../model/value.js';
import { isAbsolute, join } from '../source/path.js';
import type { LoadContext } from './load.js';
import { isRemote, isRemoteContext } from './remote.js';
import { type Rewrite, rewrite } from './rewrite.js';

type PathContext = Pick<LoadContext, 'fs' | 'home' | 'base' | 'report'>;

/** What a text that is a path becomes. */
type Resolver = (path: string, context: PathContext) => string;

/** `~` becomes the user's home, when it is known. */
export const expandHome = (path: string, home: string | undefined): string =>
  path.startsWith('~') && home ? join(home, path.slice(1)) : path;

/** Length of a Windows volume name: `C:`, `\\host\share`, `\\.\device`. */
const volumeNameLength = (path: string): number => {
  if (path[1] === ':') return 2;
  const found =
    /^[\\/]{2}\.[\\/]unc[\\/][^\\/]*[\\/][^\\/]*/i.exec(path) ??
    /^[\\/][\\/?][.?]([\\/][^\\/]*|$)/.exec(path) ??
    /^[\\/]{2}[^\\/]*[\\/]?[^\\/]*/.exec(path);
  return found?.[0].length ?? 0;
};

/** Whether a path is absolute on Windows, which docker compose honours on every platform. */
const isWindowsAbsolute = (path: string): boolean => {
  const length = volumeNameLength(path);
  if (length === 0) return false;
  return /^[\\/]{2}/.test(path) || /^[\\/]/.test(path.slice(length));
};

const local: Resolver = (path, { home, base }) => {
  const expanded = expandHome(path, home);
  return expanded === '' || isAbsolute(expanded) ? expanded : join(base, expanded);
};

/** A path of the machine that the containers run on, which may be another platform. */
const host: Resolver = (path, { home, base }) => {
  const expanded = expandHome(path, home);
  return isAbsolute(expanded) || isWindowsAbsolute(expanded) ? expanded : join(base, expanded);
};

const buildContext: Resolver = (path, context) => (isRemoteContext(path) ? path : local(path, context));

const extended: Resolver = (path, context) => (isRemote(path) ? path : local(path, context));

/** The first symbolic link on the way is replaced by what it leads to. */
const withoutLink: Resolver = (path, context) => {
  const full = local(path, context);
  if (!isAbsolute(full)) return full;
  let current = '';
  for (const part of full.split('/').filter(Boolean)) {
    current += `/${part}`;
    if (!context.fs.isLink(current)) continue;
    const target = context.fs.real(current);
    return target === undefined ? full : full.replace(current, target);
  }
  return full;
};

const resolved = (value: Value, resolver: Resolver, context: PathContext): Value => {
  if (value.kind === 'sequence')
    return { ...value, items: value.items.map((item) => resolved(item, resolver, context)) };
  const text = textOf(value);
  if (value.kind !== 'scalar' || text === undefined) return value;
  const path = resolver(text, context);
  const moved: Scalar = { ...value, value: path };
  return path === text ? value : moved;
};

/** Only the source of a bind mount is a path; without one there is nothing to mount. */
const mount =
  (context: PathContext): Rewrite =>
  (value, path) => {
    if (value.kind !== 'mapping' || textOf(value.entries.get('type')?.value) !== 'bind') return value;
    const source = value.entries.get('source');
    if (source) return withEntry(value, 'source', { ...source, value: resolved(source.value, host, context) });
    const at = placeOfValue(value);
    const message = `${formatPath(path)} is a bind mount without a source.`;
    context.report({ rule: 'invalid-volume', severity: 'error', message, ...(at ? { at } : {}), path });
    return value;
  };

/** A volume of the local driver with the option `o: bind`, exactly, is a bind mount in disguise. */
const volume =
  (context: PathContext): Rewrite =>
  (value) => {
    if (value.kind !== 'mapping' || textOf(value.entries.get('driver')?.value) !== 'local') return value;
    const options = value.entries.get('driver_opts');
    const device = options?.value.kind === 'mapping' ? options.value.entries.get('device') : undefined;
    if (options?.value.kind !== 'mapping' || !device || textOf(options.value.entries.get('o')?.value) !== 'bind')
      return value;
    const moved = withEntry(options.value, 'device', { ...device, value: resolved(device.value, host, context) });
    return withEntry(value, 'driver_opts', { ...options, value: moved });
  };

/** Values that are paths of the machine where docker compose runs. @see compose-go paths/resolve.go */
export const PATHS_BY_PATH = {
  'services.*.build.context': buildContext,
  'services.*.build.ssh.*': host,
  'services.*.env_file.*.path': local,
  'services.*.label_file.*': local,
  'services.*.extends.file': extended,
  'services.*.develop.watch.*.path': withoutLink,
  'configs.*.file': host,
  'secrets.*.file': host,
} as const satisfies Record<string, Resolver>;

const refuse = (value: Value, path: ComposePath, { report }: PathContext): void => {
  const at = placeOfValue(value);
  const message = `${formatPath(path)} must be a path.`;
  report({ rule: 'schema', severity: 'error', message, ...(at ? { at } : {}), path });
};

/** The schema lets a context through that is no text; docker compose crashes on it. */
const additionalContext =
  (context: PathContext): Rewrite =>
  (value, path) => {
    if (value.kind === 'scalar' && textOf(value) === undefined) refuse(value, path, context);
    return resolved(value, buildContext, context);
  };

/** Joins relative paths to the context's base folder. */
export const resolvePaths = (model: Mapping, context: PathContext): Mapping => {
  const rows: Record<string, Rewrite> = {
    'services.*.volumes.*': mount(context),
    'volumes.*': volume(context),
    'services.*.build.additional_contexts.*': additionalContext(context),
  };
  for (const [pattern, resolver] of Object.entries(PATHS_BY_PATH))
    rows[pattern] = (value) => resolved(value, resolver, context);
  const table: PathTable<Rewrite> = pathTable(rows);
  return rewrite(model, table);
};
