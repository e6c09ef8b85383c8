import { familiarName, parseImage } from '../model/image.js';
import { get, textOf, type Value } from '../model/value.js';
import type { Workspace } from './workspace.js';

/** Services of one name as files write them and as stacks resolve them. */
export type Services = ReadonlyMap<string, readonly Value[]>;

/** All services of some workspaces. */
export const servicesOf = (workspaces: readonly Workspace[]): Services => {
  const found = new Map<string, Value[]>();
  const addAll = (model: Value | undefined): void => {
    const services = get(model, 'services');
    if (services?.kind !== 'mapping') return;
    for (const [name, { value }] of services.entries) {
      const known = found.get(name);
      if (known) known.push(value);
      else found.set(name, [value]);
    }
  };
  for (const { files, stacks } of workspaces) {
    for (const { parsed } of files) for (const { root } of parsed.documents) addAll(root);
    for (const { project } of stacks) addAll(project?.model);
  }
  return found;
};

/** All spellings under which a pin finds an image. */
export const imagesOf = (services: Services): readonly string[] =>
  [...services.values()].flat().flatMap((service) => {
    const image = textOf(get(service, 'image'));
    if (image === undefined) return [];
    const { name } = parseImage(image);
    return [familiarName(name), name, image];
  });
