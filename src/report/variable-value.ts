import { UNVALUED } from '../lint/leaves.js';
import type { WorkspaceSubject } from '../lint/subjects.js';
import { isNull, type Value } from '../model/value.js';

/** What a service gives a variable, in a list as `NAME=value` or in a mapping, without the name; credentials are masked. */
export const variableValue = ({ show }: Pick<WorkspaceSubject, 'show'>, name: string, value: Value): string => {
  const shown = show(value);
  if (isNull(value) || shown === name) return UNVALUED;
  return shown.startsWith(`${name}=`) ? shown.slice(name.length + 1) : shown;
};
