import type { Fault } from '../model/fault.js';
import { placeOf } from '../source/lines.js';
import { relative } from '../source/path.js';

/** A fault in one line, its place relative to the current folder: `compose.yml:3:5: error: … [rule]`. */
export const faultLine = ({ severity, message, at, rule, help }: Fault, cwd: string): string => {
  const where = at ? `${placeOf({ ...at, source: { ...at.source, path: relative(cwd, at.source.path) } })}: ` : '';
  return `${where}${severity}: ${message}${help === undefined ? '' : ` ${help}`} [${rule}]\n`;
};
