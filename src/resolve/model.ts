import type { Mapping } from '../model/value.js';
import { checkModel } from './checks.js';
import { setDefaults } from './defaults.js';
import { ALL_STEPS, emptyModel, mergeFile } from './document.js';
import { resolveEnvironment } from './environment.js';
import type { LoadContext } from './load.js';
import { resolvePaths } from './paths.js';

/**
 * Loads files into one model, later ones over earlier ones, then: defaults, checks, paths, environment.
 * @see compose-go loader/loader.go, loadYamlModel
 */
export const loadModel = (paths: readonly string[], context: LoadContext): Mapping => {
  const merged = paths.reduce((model, path) => mergeFile(model, path, context, ALL_STEPS), emptyModel());
  const complete = setDefaults(merged);
  context.nextStep();
  checkModel(complete, context.report);
  const located = context.options.resolvePaths ? resolvePaths(complete, context) : complete;
  return resolveEnvironment(located, context.environment);
};
