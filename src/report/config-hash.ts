import { byDefault, get, itemsOf, type Mapping, scalar, textOf, withEntry } from '../model/value.js';
import { PROJECT_SHAPE } from '../resolve/project-shape.js';
import type { Field, Shape, StructShape } from '../resolve/shape.js';
import { structTree, type Tree } from './config-tree.js';

const fieldIn = (shape: Shape | undefined, key: string): Shape | undefined =>
  shape?.kind === 'struct' ? shape.fields.find((field) => field.key === key)?.shape : undefined;

/** Fields that may change without a new container. */
const IGNORED: ReadonlySet<string> = new Set(['build', 'pull_policy', 'scale', 'depends_on', 'profiles']);

const withoutReplicas = (shape: Shape): Shape =>
  shape.kind === 'struct' ? { ...shape, fields: shape.fields.filter(({ key }) => key !== 'replicas') } : shape;

const hashedField = (field: Field): Field => {
  if (field.key === 'deploy') return { ...field, shape: withoutReplicas(field.shape) };
  if (field.key !== 'env_file') return field;
  const { hidden: _, ...shown } = field;
  return shown;
};

const hashedShape = (): StructShape => {
  const services = fieldIn(PROJECT_SHAPE, 'services');
  const service = services?.kind === 'named' ? services.value : undefined;
  const fields = service?.kind === 'struct' ? service.fields : [];
  return {
    kind: 'struct',
    extensions: false,
    fields: fields.filter(({ key }) => !IGNORED.has(key)).map(hashedField),
  };
};

const leafAt = (tree: Tree, key: string): Tree | undefined =>
  tree.kind === 'map' ? tree.entries.find((entry) => entry.key === key)?.tree : undefined;

/** An env file that must be there is its path alone. */
const envFile = (file: Tree): Tree => {
  const required = leafAt(file, 'required');
  return (required?.kind === 'leaf' && required.content === true && leafAt(file, 'path')) || file;
};

const withShortEnvFiles = (tree: Tree): Tree => {
  if (tree.kind !== 'map') return tree;
  const entries = tree.entries.map((entry) =>
    entry.key === 'env_file' && entry.tree.kind === 'list'
      ? { ...entry, tree: { ...entry.tree, items: entry.tree.items.map(envFile) } }
      : entry,
  );
  return { ...tree, entries };
};

/** Whether a service takes the default platform: it is built, and names none of its own. */
const takesDefault = (service: Mapping): boolean =>
  get(service, 'build') !== undefined && (textOf(get(service, 'platform')) ?? '') === '';

/** Whether a service that takes the default platform, if there is one, is built for it. */
export const isBuiltFor = (service: Mapping, platform: string): boolean => {
  const built = itemsOf(get(service, 'build', 'platforms')).map(textOf);
  return platform === '' || !takesDefault(service) || built.length === 0 || built.includes(platform);
};

/** A service with the platform that the environment names for those it builds. @see docker compose applyPlatforms */
export const withPlatform = (service: Mapping, platform: string): Mapping =>
  platform === '' || !takesDefault(service)
    ? service
    : withEntry(service, 'platform', { value: scalar(platform, byDefault('DOCKER_DEFAULT_PLATFORM')) });

/**
 * The model whose JSON docker compose hashes for a service: without what needs no new container.
 * @param service A service of a project whose env files were not read.
 * @see docker compose pkg/compose/hash.go, ServiceHash
 */
export const hashedTree = (service: Mapping): Tree => withShortEnvFiles(structTree(service, hashedShape(), 'json'));
