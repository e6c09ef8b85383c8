import { type Leaf, leavesOf, pathKey } from '../lint/leaves.js';
import type { ComposePath } from '../model/path.js';
import { get, type Value } from '../model/value.js';
import { oncePer } from '../source/once.js';
import type { Span } from '../source/source.js';
import type { WorkspaceFile } from '../workspace/workspace.js';
import type { StackPair } from './layout.js';
import type { Claim } from './operation.js';
import { realVolumeName, stackLeaves } from './stack-leaves.js';
import { leafAt, type Work } from './work.js';
import { writtenService } from './written.js';

/** Pairs whose differences an operation has to claim: those that no other stack stands in for. */
export const provenPairs = (work: Work): readonly StackPair[] =>
  work.layout.pairs.filter(({ standsIn }) => standsIn === undefined);

const isWithin = (inner: Span, outer: Span): boolean =>
  inner.source.path === outer.source.path && outer.start <= inner.start && inner.end <= outer.end;

const comesFrom = (value: Value, at: Span): boolean =>
  value.origins.some((origin) => 'at' in origin && isWithin(origin.at, at)) ||
  (value.kind === 'mapping' && [...value.entries.values()].some((entry) => comesFrom(entry.value, at)));

const resolvedService = ({ alone }: WorkspaceFile, service: string): Value | undefined =>
  alone && (get(alone.model, 'services', service) ?? get(alone.disabled, service));

/**
 * Path in the resolved model of a setting that a file writes: a port or a mount in short form is addressed otherwise there
 * where variables or defaults had a part in it.
 */
export const resolvedPath = (file: WorkspaceFile, service: string, path: ComposePath): ComposePath => {
  const full = ['services', service, ...path];
  const resolved = resolvedService(file, service);
  const written = writtenService(file, service);
  if (!resolved || !written) return full;
  const key = pathKey(path);
  const leaves = leavesOf(resolved);
  if (leaves.some((leaf) => pathKey(leaf.path) === key)) return full;
  const at = leavesOf(written).find((leaf) => pathKey(leaf.path) === key)?.at;
  const found = at && leaves.find((leaf) => leaf.path[0] === path[0] && comesFrom(leaf.value, at));
  return found ? ['services', service, ...found.path] : full;
};

/** Settings of a stack as it is today, by path. */
export const oldLeaves = oncePer(
  ({ stack: { project } }: StackPair): ReadonlyMap<string, Leaf> => (project ? stackLeaves(project.model) : new Map()),
);

/** The last of some files that gives a setting, as the texts are now. */
const lastGiving = (work: Work, files: readonly string[], service: string, path: ComposePath): Leaf | undefined => {
  for (const file of [...files].reverse()) {
    const leaf = leafAt(work, fileNow(work, file), service, path);
    if (leaf) return leaf;
  }
  return undefined;
};

/** The path under which the text of a file is kept while a plan is worked out: that of today. */
export const fileNow = ({ layout }: Work, file: string): string =>
  file === layout.override && layout.renamed ? layout.renamed.path : file;

/**
 * Differences that it makes to take a setting out of a file. To be called before the text is changed.
 * @param goesTo The file that gives it from now on, if any.
 */
export const lossClaims = (
  work: Work,
  file: WorkspaceFile,
  service: string,
  leaf: Leaf,
  goesTo: string | undefined,
): readonly Claim[] => {
  const path = resolvedPath(file, service, leaf.path);
  return provenPairs(work).flatMap((pair): readonly Claim[] => {
    const isConcerned = pair.before.includes(file.path) && !(goesTo !== undefined && pair.after.includes(goesTo));
    if (!isConcerned || !oldLeaves(pair).has(pathKey(path))) return [];
    const before = lastGiving(work, pair.after, service, leaf.path);
    const others = pair.after.filter((other) => fileNow(work, other) !== file.path);
    const after = lastGiving(work, others, service, leaf.path);
    if (after && after.text === before?.text) return [];
    return [{ stack: pair.name, path }];
  });
};

/** A difference at one path in every stack that has something there and loads one of some files. */
export const claimsAt = (work: Work, path: ComposePath, isConcerned: (pair: StackPair) => boolean): readonly Claim[] =>
  provenPairs(work)
    .filter(isConcerned)
    .map(({ name }) => ({ stack: name, path }));

/** Whether a stack has a service today. */
export const hasService = ({ stack }: StackPair, service: string): boolean =>
  get(stack.project?.model, 'services', service) !== undefined;

/** The volume of a key in a stack, by the name that Docker gives it or would give it. */
export const volumePath = ({ stack }: StackPair, key: string): ComposePath => {
  const { project } = stack;
  if (!project) return ['volumes', key];
  const isDeclared = get(project.model, 'volumes', key) !== undefined;
  return ['volumes', isDeclared ? realVolumeName(project.model, key) : `${project.name}_${key}`];
};
