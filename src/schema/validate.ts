import type { Fault } from '../model/fault.js';
import type { Mapping } from '../model/value.js';
import { faultsBy } from './faults.js';
import { keys, validate } from './generated/compose-validator.js';

/**
 * Every fault that the Compose schema finds in a model, at the key or value concerned.
 * @see compose-spec schema/compose-spec.json, and `overlay.ts`
 */
export const schemaFaults = (model: Mapping): readonly Fault[] =>
  faultsBy({ validate, keys, what: 'A Compose file' }, model);
