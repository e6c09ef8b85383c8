import type { ImageFacts } from '../catalog/facts.js';
import { imageFacts } from '../catalog/images.js';
import { versionOf } from '../catalog/version.js';
import { parseImage } from '../model/image.js';
import { get, textOf } from '../model/value.js';
import { oncePer } from '../source/once.js';
import type { ServiceSubject, WorkspaceSubject } from './subjects.js';

/** An image of the catalogue that a service runs, or that its own image is built on. */
export type KnownImage = {
  readonly facts: ImageFacts;
  readonly reference: string;
  /** The numbers that its tag starts with; undefined for `latest` and its like. */
  readonly version: readonly number[] | undefined;
  /** Whether the service is built on it: then files may have been added that Compose does not show. */
  readonly isBuilt: boolean;
};

/** What is known about the image of a service: of the one that it pulls, or of the last one that its Dockerfile starts from. */
export const knownImage = ({ value, dockerfile }: ServiceSubject): KnownImage | undefined => {
  const isBuilt = get(value, 'build') !== undefined;
  const reference = isBuilt ? dockerfile()?.stage?.base : textOf(get(value, 'image'));
  const facts = reference === undefined ? undefined : imageFacts(reference);
  if (reference === undefined || !facts) return undefined;
  return { facts, reference, version: versionOf(parseImage(reference).tag), isBuilt };
};

/** Kinds of images that keep data for other services. */
const DATASTORES: ReadonlySet<ImageFacts['kind']> = new Set([
  'database',
  'cache',
  'queue',
  'search-engine',
  'object-store',
]);

/** Whether an image keeps data for other services. */
export const isDatastore = ({ kind }: ImageFacts): boolean => DATASTORES.has(kind);

/** Names of the images that services of a workspace build. */
const builtImages = oncePer((workspace: WorkspaceSubject): ReadonlySet<string> => {
  const names = workspace.stacks.flatMap(({ services }) =>
    [...services.values()].flatMap(({ value }) => (get(value, 'build') ? (textOf(get(value, 'image')) ?? []) : [])),
  );
  return new Set(names);
});

/** Whether some service of the workspace builds the image that a reference names, so that no registry has it. */
export const isBuiltHere = (reference: string, workspace: WorkspaceSubject): boolean =>
  builtImages(workspace).has(reference);
