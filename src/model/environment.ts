import type { VariableSource } from './value.js';

/** One variable of a stack's environment. */
export type Variable = { readonly value: string; readonly source: VariableSource };

/** The variables that a stack is interpolated with: the process's, then those of env files, then the project's name. */
export type Environment = ReadonlyMap<string, Variable>;

/** An environment of process variables. */
export const environmentOf = (variables: Readonly<Record<string, string | undefined>>): Environment => {
  const environment = new Map<string, Variable>();
  for (const [name, value] of Object.entries(variables))
    if (value !== undefined) environment.set(name, { value, source: { kind: 'process' } });
  return environment;
};
