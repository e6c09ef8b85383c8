import type { CompiledSchema } from '../../schema/faults.js';

/** Written by `npm run build` from the settings' schema: ajv's validator, compiled ahead of time. */
export declare const validate: CompiledSchema['validate'];
export declare const keys: CompiledSchema['keys'];
