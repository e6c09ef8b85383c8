import type { Mapping } from '../model/value.js';
import { checkModel } from './checks.js';
import { setDefaults } from './defaults.js';
import { ALL_STEPS, emptyModel, mergeFile } from './document.js';
import { resolveEnvironment } from './environment.js';
import type { LoadContext } from './load.js';
import { resolvePaths } from './paths.js';
import { mergeShared, type Prefixes } from './prefixes.js';

/**
 * Loads files into one model, later ones over earlier ones, then: defaults, checks, paths, environment.
 * @see compose-go loader/loader.go, loadYamlModel
 * @param prefixes What is known of the first files.
 */
export const loadModel = (paths: readonly string[], context: LoadContext, prefixes?: Prefixes): Mapping => {
  const merge = (model: Mapping, path: string, told: LoadContext): Mapping => mergeFile(model, path, told, ALL_STEPS);
  const merged = prefixes
    ? mergeShared(paths, context, prefixes, emptyModel, merge)
    : paths.reduce((model, path) => merge(model, path, context), emptyModel());
  const complete = setDefaults(merged);
  context.nextStep();
  checkModel(complete, context.report);
  const located = context.options.resolvePaths ? resolvePaths(complete, context) : complete;
  return resolveEnvironment(located, context.environment);
};
