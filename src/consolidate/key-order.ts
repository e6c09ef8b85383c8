import type { ComposePath } from '../model/path.js';

/** Top-level keys in the order in which most files have them. Extensions stand where the services begin. */
const TOP = ['name', 'include', 'services', 'networks', 'volumes', 'secrets', 'configs', 'models'] as const;

/** Keys of a service: what it is, how it runs, what it is given, what it is connected to, how it is kept running. */
const SERVICE = [
  '<<',
  'extends',
  'profiles',
  'image',
  'build',
  'platform',
  'pull_policy',
  'container_name',
  'hostname',
  'init',
  'user',
  'working_dir',
  'entrypoint',
  'env_file',
  'environment',
  'configs',
  'secrets',
  'ports',
  'expose',
  'volumes',
  'tmpfs',
  'command',
  'depends_on',
  'networks',
  'restart',
  'healthcheck',
  'deploy',
  'logging',
  'labels',
] as const;

const BELOW_SERVICE: Readonly<Record<string, readonly string[]>> = {
  build: ['context', 'dockerfile', 'target', 'args'],
  environment: ['<<'],
  healthcheck: ['<<', 'test', 'interval', 'timeout', 'retries', 'start_period'],
};

/**
 * The conventional order of keys in the mapping at a path.
 * @param services Names of services in the order in which the files give them.
 */
export const orderAt =
  (services: readonly string[]) =>
  (path: ComposePath): readonly string[] | undefined => {
    const [section, , key] = path;
    if (path.length === 0) return TOP;
    if (section !== 'services') return undefined;
    if (path.length === 1) return services;
    if (path.length === 2) return SERVICE;
    return path.length === 3 ? BELOW_SERVICE[String(key)] : undefined;
  };
