import type { Fault } from '../model/fault.js';
import type { Project } from '../model/project.js';
import { grouped } from '../source/grouped.js';
import type { Workspace } from '../workspace/workspace.js';
import { compareProjects, type Difference } from './compare.js';

/** What became of one stack: where its project differs, and errors that it did not have. */
export type StackChange = {
  readonly stack: string;
  readonly directory: string;
  readonly differences: readonly Difference[];
  readonly faults: readonly Fault[];
};

/** A stack, or a file that is in no stack, with what it resolves to. */
type Unit = {
  readonly name: string;
  readonly directory: string;
  readonly project: Project | undefined;
  readonly faults: readonly Fault[];
};

const unitsOf = (workspaces: readonly Workspace[]): ReadonlyMap<string, Unit> => {
  const units = new Map<string, Unit>();
  const add = (unit: Unit): void => void units.set(JSON.stringify([unit.directory, unit.name]), unit);
  for (const { directory, stacks, files } of workspaces) {
    for (const { name, project, faults } of stacks) add({ name, directory, project, faults });
    const used = new Set(stacks.flatMap((stack) => stack.files));
    for (const file of files) if (!used.has(file)) add({ name: file.path, directory, project: file.alone, faults: [] });
  }
  return units;
};

/** Errors by what they say of which value. Positions in lists are left out: they move when an item before them goes. */
const errorsOf = ({ faults }: Unit): ReadonlyMap<string, readonly Fault[]> =>
  grouped(
    faults.filter(({ severity }) => severity === 'error'),
    ({ rule, message, path }) => JSON.stringify([rule, message, path?.filter((key) => typeof key === 'string')]),
  );

const unresolved = (name: string): Fault => ({
  rule: 'yaml-syntax',
  severity: 'error',
  message: `"${name}" cannot be resolved, so that nothing can be compared.`,
});

const changeOf = (before: Unit, after: Unit | undefined): StackChange | undefined => {
  const { name, directory, project } = before;
  const known = errorsOf(before);
  const faults = after ? [...errorsOf(after)].flatMap(([id, errors]) => errors.slice(known.get(id)?.length ?? 0)) : [];
  if (!project && !after?.project)
    return faults.length === 0 ? undefined : { stack: name, directory, differences: [], faults };
  if (!project || !after?.project)
    return { stack: name, directory, differences: [], faults: [...faults, unresolved(name)] };
  const differences = compareProjects(project, after.project);
  return differences.length + faults.length === 0 ? undefined : { stack: name, directory, differences, faults };
};

/**
 * What changes on the stacks of some folders when their files do: for every stack, and every file that is in none, its
 * resolved project before and after.
 * @returns none when docker compose would run the same everywhere, with no error that was not there.
 */
export const changesOfStacks = (before: readonly Workspace[], after: readonly Workspace[]): readonly StackChange[] => {
  const later = unitsOf(after);
  return [...unitsOf(before)].flatMap(([key, unit]) => changeOf(unit, later.get(key)) ?? []);
};
