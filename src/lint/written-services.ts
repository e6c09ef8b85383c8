import { type ComposePath, formatPath } from '../model/path.js';
import { get, type Mapping, textOf } from '../model/value.js';
import { oncePer } from '../source/once.js';
import { absolute, dirname } from '../source/path.js';
import { type Place, placeAt } from './edits/place.js';
import { type Leaf, leafIn } from './leaves.js';
import type { FileSubject, StackSubject, WorkspaceSubject } from './subjects.js';

/** A service as a file writes it: variables not put in, aliases and merge keys expanded. */
export type WrittenService = {
  readonly file: FileSubject;
  readonly name: string;
  readonly value: Mapping;
  /** Position of its document in the file. */
  readonly document: number;
};

/** The services that a file writes, in its order. */
export const writtenServices = (file: FileSubject): readonly WrittenService[] =>
  file.roots.flatMap((root, document) => {
    const services = get(root, 'services');
    if (services?.kind !== 'mapping') return [];
    return [...services.entries].flatMap(([name, { value }]) =>
      value.kind === 'mapping' ? [{ file, name, value, document }] : [],
    );
  });

const servicesByName = oncePer(
  (file: FileSubject): ReadonlyMap<string, WrittenService> =>
    new Map(writtenServices(file).map((service) => [service.name, service])),
);

/** What a file writes of a service; the last of its documents counts. */
export const writtenService = (file: FileSubject, name: string): WrittenService | undefined =>
  servicesByName(file).get(name);

/** The service that one extends, by name, and the path of its file. */
const extendedBy = ({ file, value }: WrittenService): { readonly name: string; readonly path: string } | undefined => {
  const extended = get(value, 'extends');
  const name = textOf(extended) ?? textOf(get(extended, 'service'));
  const from = textOf(get(extended, 'file'));
  if (name === undefined) return undefined;
  return { name, path: from === undefined ? file.path : absolute(dirname(file.path), from) };
};

const extendedIn = oncePer((workspace: WorkspaceSubject): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>();
  for (const file of workspace.files)
    for (const service of writtenServices(file)) {
      const extended = extendedBy(service);
      if (extended) found.set(extended.path, (found.get(extended.path) ?? new Set()).add(extended.name));
    }
  return found;
});

/** Whether another service takes its settings from what this file writes of this one, and from nothing else. */
export const isExtended = ({ file, name }: WrittenService): boolean =>
  extendedIn(file.workspace).get(file.path)?.has(name) ?? false;

/** The setting of a service at a path; see `leavesOf` for what addresses the items of lists. */
export const leafAt = (service: WrittenService | undefined, path: ComposePath): Leaf | undefined =>
  service && leafIn(service.value, path);

/** The node at a path below a service, as it is written; undefined for what came by an alias or a merge key. */
export const placeIn = ({ file, name, document }: WrittenService, path: ComposePath): Place | undefined =>
  placeAt(file.source, ['services', name, ...path], document);

/** Whether a tag such as `!override` at a place, or around it, says how it merges. */
export const isTagged = ({ node, steps }: Pick<Place, 'node' | 'steps'>): boolean =>
  [node, ...steps.map(({ item }) => item.value)].some(({ properties }) =>
    properties.some(({ text }) => text.startsWith('!')),
  );

/** Stacks that load a file. */
export const stacksOf = oncePer((file: FileSubject): readonly StackSubject[] =>
  file.workspace.stacks.filter(({ files }) => files.includes(file)),
);

/** Whether every service of a file has an image or a build: then it may well be a project of its own, whatever its name says. */
export const isComplete = oncePer(({ services }: FileSubject): boolean =>
  [...services.values()].every((service) => get(service, 'image') ?? get(service, 'build')),
);

/** Whether a file is there to be loaded on top of others: docker compose does so, or it says too little to stand alone. */
export const isLayer = (file: FileSubject): boolean => file.isAutomatic || !isComplete(file);

const NAMED: Readonly<Record<string, (key: string) => string>> = {
  environment: (key) => `the variable ${key}`,
  labels: (key) => `the label ${key}`,
  ports: (key) => `the port ${key}`,
  volumes: (key) => `the mount on ${key}`,
  networks: (key) => `the network ${key}`,
  configs: (key) => `the config on ${key}`,
  secrets: (key) => `the secret on ${key}`,
  devices: (key) => `the device on ${key}`,
  depends_on: (key) => `the dependency on ${key}`,
};

/** A setting for people, without its value, which may be secret: `the mount on /data`, `build.dockerfile`. */
export const settingName = ({ path, real }: Leaf): string => {
  const [key, item] = path;
  const named = NAMED[String(key)];
  if (named && item !== undefined) return named(String(item));
  return `\`${formatPath(real.filter((part) => typeof part === 'string'))}\``;
};
