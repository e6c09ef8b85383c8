import type { WholeSchema } from '../check.js';

/** Written by `npm run build`: the Compose schema of today. */
export declare const schema: WholeSchema;
