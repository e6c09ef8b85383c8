import type { Fault } from '../model/fault.js';
import type { Mapping } from '../model/value.js';
import { checkedSchema, faultsBy } from './faults.js';
import { schema } from './generated/compose-schema.js';

const COMPOSE = checkedSchema(schema, 'A Compose file');

/**
 * Every fault that the Compose schema finds in a model, at the key or value concerned.
 * @see compose-spec schema/compose-spec.json, and `overlay.ts`
 */
export const schemaFaults = (model: Mapping): readonly Fault[] => faultsBy(COMPOSE, model);
