import type { ExampleConfig } from '../catalog/facts.js';
import { isWithin } from '../catalog/version.js';
import { isInside, join, relative } from '../source/path.js';
import type { Source } from '../source/source.js';
import { containerPaths, isBroughtIn, optionOf, variableOf } from './container.js';
import type { KnownImage } from './known-image.js';
import type { ServiceSubject } from './subjects.js';

/** Whether a fact for some versions holds for an image; of a tag without a number the newest is taken. */
export const holdsFor = ({ version }: KnownImage, range: { since?: string; until?: string }): boolean =>
  version ? isWithin(version, range) : range.until === undefined;

/** The configuration that a service runs with: the example of its image, or one of its own. */
export const runsOnExample = (service: ServiceSubject, config: ExampleConfig): boolean => {
  const named = config.option === undefined ? undefined : optionOf(service.value, config.option);
  if (named !== undefined && named !== '' && !config.paths.includes(named.replace(/^file:/, ''))) return false;
  if (config.variables?.some((name) => variableOf(service.value, name) !== undefined)) return false;
  return !config.paths.some((path) => isBroughtIn(service, path));
};

/**
 * The file of configuration that a service brings in for its image.
 * @returns undefined when it brings in none, or one that is not there to be read.
 */
export const ownConfig = (service: ServiceSubject, config: ExampleConfig): Source | undefined => {
  const named = config.option === undefined ? undefined : optionOf(service.value, config.option);
  for (const path of [...(named ? [named.replace(/^file:/, '')] : []), ...config.paths])
    for (const { target, source } of containerPaths(service)) {
      if (source === undefined || !isInside(target, path)) continue;
      const rest = relative(target, path);
      const found = service.stack.workspace.read(rest === '.' ? source : join(source, rest));
      if (found) return found;
    }
  return undefined;
};
