import type { WholeSchema } from '../../schema/check.js';

/** Written by `npm run build`: the settings' schema. */
export declare const schema: WholeSchema;
