import type { Difference } from '../fix/compare.js';
import { formatPath } from '../model/path.js';

/** Where projects differ, a line each, without values: these may be secrets. */
export const differenceLine = ({ kind, path }: Difference): string => `${kind} ${formatPath(path)}`;
