import type { Fault } from '../model/fault.js';
import { plainText } from '../model/message.js';
import { placeOf } from '../source/lines.js';
import { relative } from '../source/path.js';

/** A fault in one line without the rule, its place relative to the current folder: `fog-lint.yaml:3:5: error: …`. */
export const faultText = ({ severity, message, at, help }: Fault, cwd: string): string => {
  const where = at ? `${placeOf(at, relative(cwd, at.source.path))}: ` : '';
  return `${where}${severity}: ${plainText(message)}${help === undefined ? '' : ` ${plainText(help)}`}`;
};

/** A fault in one line, with the rule that it is reported under: `compose.yml:3:5: error: … [rule]`. */
export const faultLine = (fault: Fault, cwd: string): string => `${faultText(fault, cwd)} [${fault.rule}]`;
