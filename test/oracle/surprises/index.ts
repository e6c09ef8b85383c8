import { FORMS } from './forms.js';
import { LOADING } from './loading.js';
import { MERGING } from './merging.js';
import type { Surprise } from './surprise.js';

/** All of them. What differs from run to run in docker compose itself (see `generator.ts`) cannot be among them. */
export const SURPRISES: readonly Surprise[] = [...FORMS, ...MERGING, ...LOADING];
