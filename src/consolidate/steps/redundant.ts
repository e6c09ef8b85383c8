import { touchesComment } from '../../lint/edits/comments.js';
import type { Place } from '../../lint/edits/place.js';
import { remove, removeAll } from '../../lint/edits/remove.js';
import { isSaidOnce, type Leaf, pathKey } from '../../lint/leaves.js';
import { isTagged } from '../../lint/written-services.js';
import { formatPath } from '../../model/path.js';
import { basename } from '../../source/path.js';
import type { WorkspaceFile } from '../../workspace/workspace.js';
import type { StackPair } from '../layout.js';
import { NO_CHANGE, type Operation } from '../operation.js';
import { apply, attempt, leafAt, leafPlace, leavesIn, removeLeaf, serviceIn, servicesIn, type Work } from '../work.js';
import { keepingComments } from './kept-comments.js';

/** Files loaded before a file in a stack. */
const earlierIn = ({ before }: StackPair, file: WorkspaceFile): readonly string[] =>
  before.slice(0, before.indexOf(file.path));

/** The file that says the same before this one, in every stack that has it; undefined where there is one without. */
const saidBy = (work: Work, file: WorkspaceFile, service: string, leaf: Leaf): string | undefined => {
  const pairs = work.layout.pairs.filter(
    ({ before, standsIn }) => before.includes(file.path) && standsIn === undefined,
  );
  const givers = pairs.map((pair) => {
    const giver = earlierIn(pair, file).findLast((path) => leafAt(work, path, service, leaf.path));
    return giver !== undefined && leafAt(work, giver, service, leaf.path)?.text === leaf.text ? giver : undefined;
  });
  const [first] = givers;
  return givers.every((giver) => giver !== undefined) ? first : undefined;
};

/** Whether every stack that has the file loads another one before it. */
const isAlwaysLayered = (work: Work, file: WorkspaceFile): boolean => {
  const pairs = work.layout.pairs.filter(
    ({ before, standsIn }) => before.includes(file.path) && standsIn === undefined,
  );
  return pairs.length > 0 && pairs.every(({ before }) => before[0] !== file.path);
};

type Redundant = { readonly leaf: Leaf; readonly place: Place; readonly giver: string; readonly operation: Operation };

/** What a service of a later file says again, from the end: of what would be left empty, the first setting stays. */
const redundantIn = (work: Work, file: WorkspaceFile, service: string): readonly Redundant[] => {
  const value = serviceIn(work, file.path, service);
  return leavesIn(work, file.path, service)
    .flatMap((leaf) => {
      const place = value && isSaidOnce(value, leaf) ? leafPlace(work, file.path, service, leaf) : undefined;
      const giver = place && !isTagged(place) ? saidBy(work, file, service, leaf) : undefined;
      if (!place || giver === undefined) return [];
      const operation: Operation = {
        id: `drop-redundant:${basename(file.path)}:${service}:${pathKey(leaf.path)}`,
        kind: 'drop-redundant',
        service,
        paths: [['services', service, ...leaf.path]],
        from: file.path,
        to: undefined,
        reason: `${basename(giver)} says the same of ${formatPath(leaf.path)}.`,
        rule: 'redundant-override',
        effect: NO_CHANGE,
        claims: [],
        manual: [],
      };
      return work.excluded.has(operation.id) ? [] : [{ leaf, place, giver, operation }];
    })
    .reverse();
};

/** Drops what a later file says again just as the files before it do. */
export const dropRedundant = (work: Work): void => {
  for (const file of work.layout.layers) {
    if (!isAlwaysLayered(work, file) || file.isBroughtIn) continue;
    const redundant = servicesIn(work, file.path).flatMap((service) => redundantIn(work, file, service));
    // At once, as the text would be read anew for each of a thousand settings; what a comment is about goes by itself.
    const silent = redundant.filter(({ place }) => !touchesComment(remove(place) ?? []));
    const { edits, places } = removeAll(silent.map(({ place }) => place));
    const isDone = apply(work, edits);
    for (const { leaf, place, giver, operation } of redundant)
      if (isDone && places.has(place)) work.operations.push(operation);
      else
        attempt(work, operation, () =>
          keepingComments(work, file.path, giver, () =>
            removeLeaf(work, file.path, operation.service ?? '', leaf.path),
          ),
        );
  }
};
