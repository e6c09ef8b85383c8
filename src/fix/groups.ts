import type { Fix } from '../lint/rule.js';

/** Files that a fix changes or makes, what others need first: names to ignore, variables, then the texts that use them. */
const filesOf = ({ edits, variables = [], lines = [], files = [] }: Fix): readonly string[] => [
  ...lines.map(({ file }) => file),
  ...variables.flatMap(({ file, example }) => [file, example]),
  ...files.map(({ path }) => path),
  ...edits.map(({ at }) => at.source.path),
];

/**
 * Files that belong together, because one fix touches them: all of a group are written, or none.
 * @returns Groups of absolute paths, each in the order in which they are to be written.
 */
export const groupsOf = (fixes: readonly Fix[]): readonly (readonly string[])[] => {
  let groups: readonly (readonly string[])[] = [];
  for (const fix of fixes) {
    const files = filesOf(fix);
    const touched = groups.filter((group) => group.some((file) => files.includes(file)));
    const joined = new Set([...files, ...touched.flat()]);
    groups = [...groups.filter((group) => !touched.includes(group)), [...joined]];
  }
  const rank = new Map(fixes.flatMap(filesOf).map((file) => [file, 0]));
  for (const fix of fixes) {
    for (const { at } of fix.edits) rank.set(at.source.path, 3);
    for (const { path } of fix.files ?? []) rank.set(path, 2);
    for (const { file, example } of fix.variables ?? []) {
      rank.set(file, 1);
      rank.set(example, 1);
    }
  }
  const byRank = (a: string, b: string): number => (rank.get(a) ?? 0) - (rank.get(b) ?? 0) || (a < b ? -1 : 1);
  return groups.map((group) => [...group].sort(byRank));
};
