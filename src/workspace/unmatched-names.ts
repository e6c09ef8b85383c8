import picomatch from 'picomatch';
import type { Fault } from '../model/fault.js';
import { get, itemsOf, placeOfValue, textOf, type Value } from '../model/value.js';
import { nearest } from '../source/nearest.js';
import { basename, dirname, join, relative, withoutHere } from '../source/path.js';
import type { Span } from '../source/source.js';
import { isComplete } from './complete.js';
import { imagesOf, servicesOf } from './known-services.js';
import type { Workspace } from './workspace.js';

/** A file, a service or an image that the settings say something of by its name, and where. */
export type NamedSubject = { readonly kind: 'file' | 'service' | 'image'; readonly name: string; readonly at: Span };

const isPattern = (name: string): boolean => {
  const { isGlob, negated } = picomatch.scan(name);
  return isGlob || negated;
};

const keysOf = (kind: NamedSubject['kind'], value: Value | undefined): readonly NamedSubject[] =>
  value?.kind === 'mapping'
    ? [...value.entries].flatMap(([name, { key }]) => (key ? [{ kind, name, at: key }] : []))
    : [];

const textsOf = (kind: NamedSubject['kind'], value: Value | undefined): readonly NamedSubject[] =>
  itemsOf(value).flatMap((item) => {
    const [name, at] = [textOf(item), placeOfValue(item)];
    return name === undefined || !at ? [] : [{ kind, name, at }];
  });

/**
 * What `roles`, `overrides` and `pins` of a settings file name. Patterns may match nothing yet, and `ignore` may name what is
 * not there everywhere: these are left out.
 */
export const namedSubjects = (root: Value): readonly NamedSubject[] => [
  ...keysOf('file', get(root, 'roles')).filter(({ name }) => !isPattern(name)),
  ...itemsOf(get(root, 'overrides')).flatMap((value) =>
    [...textsOf('file', get(value, 'files')), ...textsOf('service', get(value, 'services'))].filter(
      ({ name }) => !isPattern(name),
    ),
  ),
  ...keysOf('image', get(root, 'pins')),
];

/** What the workspaces of a run have. */
type Known = {
  readonly paths: ReadonlySet<string>;
  readonly names: Readonly<Record<NamedSubject['kind'], readonly string[]>>;
};

const knownIn = (workspaces: readonly Workspace[]): Known => {
  const paths = new Set(workspaces.flatMap(({ parsed }) => [...parsed.keys()]));
  const services = servicesOf(workspaces);
  return {
    paths,
    names: { file: [...paths].map(basename), service: [...services.keys()], image: imagesOf(services) },
  };
};

const MESSAGES: Readonly<Record<NamedSubject['kind'], (name: string) => string>> = {
  file: (name) => `No Compose file is called "${name}".`,
  service: (name) => `No file has a service called "${name}".`,
  image: (name) => `No service has the image "${name}".`,
};

/**
 * Names in the settings that were probably meant to be those of a file, a service or an image, and are not: what is said of
 * them has no effect. Other names may belong to files that this run does not look at. Settings that do not lie beside the
 * Compose files are not judged, nor are any where some of the Compose files of the folder were not asked for.
 */
export const unmatchedNames = (workspaces: readonly Workspace[]): readonly Fault[] => {
  const beside = workspaces.filter(
    ({ settings: { path, namedSubjects: names }, directory }) =>
      path !== undefined && names.length > 0 && dirname(path) === directory,
  );
  if (beside.length === 0 || !workspaces.every(isComplete)) return [];
  const { paths, names } = knownIn(workspaces);
  return beside.flatMap(({ settings, directory, fs }) =>
    settings.namedSubjects.flatMap(({ kind, name, at }): readonly Fault[] => {
      const plain = kind === 'file' ? withoutHere(name) : name;
      if (names[kind].includes(plain)) return [];
      const path = join(directory, plain);
      if (kind === 'file' && (paths.has(path) || fs.kind(path) === 'file')) return [];
      const others =
        kind === 'file' ? [...paths].flatMap((other) => [basename(other), relative(directory, other)]) : names[kind];
      const guess = nearest(plain, others);
      // Paths and images that only share where they are were not meant for each other.
      if (guess === undefined || nearest(basename(plain), [basename(guess)]) === undefined) return [];
      const help = `Did you mean "${guess}"?`;
      return [{ rule: 'schema', severity: 'warning', message: MESSAGES[kind](name), at, help }];
    }),
  );
};
