import { type Leaf, pathKey } from '../../lint/leaves.js';
import { formatPath } from '../../model/path.js';
import { basename } from '../../source/path.js';
import type { WorkspaceFile } from '../../workspace/workspace.js';
import type { StackPair } from '../layout.js';
import { NO_CHANGE } from '../operation.js';
import { attempt, leafAt, leafPlace, leavesIn, removeLeaf, servicesIn, type Work } from '../work.js';
import { keepingComments } from './kept-comments.js';

/** Files loaded before a file in a stack. */
const earlierIn = ({ before }: StackPair, file: WorkspaceFile): readonly string[] =>
  before.slice(0, before.indexOf(file.path));

/** Whether a tag around or on a value says how it merges. */
const isTagged = (work: Work, file: string, service: string, leaf: Leaf): boolean => {
  const place = leafPlace(work, file, service, leaf);
  if (!place) return true;
  return [place.node, ...place.steps.map(({ item }) => item.value)].some(({ properties }) =>
    properties.some(({ text }) => text.startsWith('!')),
  );
};

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

/** Drops what a later file says again just as the files before it do. */
export const dropRedundant = (work: Work): void => {
  for (const file of work.layout.layers) {
    if (!isAlwaysLayered(work, file) || file.isBroughtIn) continue;
    for (const service of servicesIn(work, file.path)) {
      const redundant = leavesIn(work, file.path, service).flatMap((leaf) => {
        const giver = isTagged(work, file.path, service, leaf) ? undefined : saidBy(work, file, service, leaf);
        return giver === undefined ? [] : [{ leaf, giver }];
      });
      // From the end, so that the positions of list items before stay true.
      for (const { leaf, giver } of redundant.reverse())
        attempt(
          work,
          {
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
          },
          () => keepingComments(work, file.path, giver, () => removeLeaf(work, file.path, service, leaf.path)),
        );
    }
  }
};
