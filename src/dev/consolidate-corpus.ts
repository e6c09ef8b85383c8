import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { verifyWithDocker } from '../cli/docker.js';
import { nodeIo } from '../cli/node-io.js';
import { openWorkspaces } from '../cli/open.js';
import { type Consolidation, consolidate } from '../consolidate/consolidate.js';
import { shareStack } from '../consolidate/inventory.js';
import { commentsIn } from '../lint/edits/comments.js';
import type { Source } from '../source/source.js';
import { RunError } from '../workspace/run-error.js';
import type { Workspace } from '../workspace/workspace.js';

/** What became of the files of one folder. */
type Outcome = {
  readonly name: string;
  readonly isResolved: boolean;
  /** Whether a file repeats a setting of another one that is loaded before it. */
  readonly hasOverlap: boolean;
  readonly verdict: Consolidation['verdict'] | 'crash';
  readonly operations: number;
  readonly questions: number;
  /** What the plan is when the question which services become one is answered with: all of them; undefined without one. */
  readonly answered: Consolidation['verdict'] | undefined;
  readonly withdrawn: number;
  /** Whether the plan for what the plan makes is empty. */
  readonly isStable: boolean;
  /** Whether the real docker compose accepts the new stacks and sees no other difference; undefined where none was asked. */
  readonly isVerified: boolean | undefined;
  /** Comments that no file has any longer. */
  readonly lost: readonly string[];
  readonly detail: string;
};

/** Asks the docker compose on the PATH, where there is one. */
const verified = (consolidation: Consolidation, warn: (text: string) => void): boolean | undefined => {
  if (consolidation.verdict !== 'proven') return undefined;
  try {
    return verifyWithDocker(consolidation, { ...nodeIo(), warn });
  } catch (error) {
    if (error instanceof RunError) return undefined;
    throw error;
  }
};

const commentsOf = (sources: Iterable<Source | undefined>): readonly string[] =>
  [...sources].flatMap((source) => (source ? commentsIn(source).map(({ text }) => text) : []));

/** Comments of the files before that the files after do not have. */
const lostComments = ({ analysis, proof }: Consolidation): readonly string[] => {
  const left = commentsOf(proof.after.files.map(({ source }) => source));
  return commentsOf(analysis.workspace.files.map(({ source }) => source)).filter((text) => !left.includes(text));
};

/** The workspaces below a folder that hold several Compose files; none where there is nothing to open. */
const workspacesIn = (folder: string): readonly Workspace[] => {
  try {
    const options = { recursive: true, stack: [], profile: [], envFile: [], config: false } as const;
    return openWorkspaces(['.'], options, [], { ...nodeIo(), cwd: folder }).filter(({ files }) => files.length > 1);
  } catch (error) {
    if (error instanceof RunError) return [];
    throw error;
  }
};

/** What comes of a set when all services that are defined twice become one, where that is asked. */
const answered = ({ plan, analysis }: Consolidation): Consolidation['verdict'] | undefined => {
  if (!plan.questions.some(({ setting }) => setting === 'decisions.merge')) return undefined;
  const { workspace, inventory } = analysis;
  const { settings } = workspace;
  const merge = inventory.services.flatMap(({ name, files }) =>
    [...files.values()].includes('duplicate') ? [name] : [],
  );
  return consolidate({ ...workspace, settings: { ...settings, decisions: { ...settings.decisions, merge } } }).verdict;
};

const outcomeOf = (name: string, workspace: Workspace): Outcome => {
  const isResolved = workspace.stacks.length > 0 && workspace.stacks.every(({ refused }) => !refused);
  const nothing = {
    name,
    isResolved,
    hasOverlap: false,
    operations: 0,
    questions: 0,
    answered: undefined,
    withdrawn: 0,
    isStable: true,
    isVerified: undefined,
    lost: [],
    detail: '',
  };
  try {
    const consolidation = consolidate(workspace);
    const { analysis, plan, proof, verdict, withdrawn } = consolidation;
    const words: string[] = [];
    const isVerified = verified(consolidation, (text) => words.push(`  ${text}`));
    const lost = verdict === 'proven' ? lostComments(consolidation) : [];
    const again = verdict === 'proven' ? consolidate(proof.after) : undefined;
    return {
      ...nothing,
      hasOverlap: analysis.overlaps.some(
        ({ earlier, later, entries }) =>
          shareStack(earlier, later, workspace) && entries.some(({ kind }) => kind === 'equal'),
      ),
      verdict,
      operations: plan.operations.length,
      questions: plan.questions.length,
      answered: plan.operations.length === 0 ? answered(consolidation) : undefined,
      withdrawn: withdrawn.length,
      isStable: again === undefined || again.verdict === 'empty',
      isVerified,
      lost,
      detail: [
        ...lost.map((text) => `  lost: ${text}\n`),
        ...(isVerified === false ? words : []),
        ...(again?.plan.operations ?? []).map(({ id }) => `  again: ${id}\n`),
      ].join(''),
    };
  } catch (error) {
    return { ...nothing, verdict: 'crash', detail: `${error instanceof Error ? error.stack : String(error)}\n` };
  }
};

const row = (name: string, count: number | string): string => `${String(count).padStart(8)}  ${name}\n`;

const share = (part: number, whole: number): string => (whole === 0 ? '' : ` (${Math.round((part * 100) / whole)} %)`);

/**
 * Consolidates, in memory, every folder below a folder that holds several Compose files, and prints what came of it: how many
 * plans are proven, empty, unproven, how many leave questions, and whether the plan for the result is empty.
 * @returns Whether nothing crashed, every plan is proven, and every result is stable.
 */
export const consolidateCorpus = (root: string, write: (text: string) => void): boolean => {
  const sets = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const outcomes = sets.flatMap(({ name }) =>
    workspacesIn(join(root, name)).map((workspace) =>
      outcomeOf(join(name, relative(join(root, name), workspace.directory)), workspace),
    ),
  );
  for (const { name, verdict, operations, questions, withdrawn, isStable, detail } of outcomes) {
    const notes = [
      `${operations} operations`,
      `${questions} questions`,
      ...(withdrawn > 0 ? [`${withdrawn} withdrawn`] : []),
    ];
    write(`${name}: ${verdict}, ${notes.join(', ')}${isStable ? '' : ', not stable'}\n${detail}`);
  }
  const count = (test: (outcome: Outcome) => boolean): number => outcomes.filter(test).length;
  const planned = count(({ operations }) => operations > 0);
  const overlapping = count(({ hasOverlap }) => hasOverlap);
  const filled = count(({ hasOverlap, operations }) => hasOverlap && operations > 0);
  const proven = count(({ verdict }) => verdict === 'proven' || verdict === 'empty');
  write(row('sets of several files', outcomes.length));
  write(
    row(
      'resolved in every stack',
      count(({ isResolved }) => isResolved),
    ),
  );
  write(row('with a plan', planned));
  write(
    row(
      `proven${share(
        count(({ verdict }) => verdict === 'proven'),
        planned,
      )}`,
      count(({ verdict }) => verdict === 'proven'),
    ),
  );
  write(
    row(
      'empty',
      count(({ verdict }) => verdict === 'empty'),
    ),
  );
  write(
    row(
      'with an open question',
      count(({ questions }) => questions > 0),
    ),
  );
  write(
    row(
      'unproven',
      count(({ verdict }) => verdict === 'unproven'),
    ),
  );
  write(
    row(
      'crashed',
      count(({ verdict }) => verdict === 'crash'),
    ),
  );
  write(
    row(
      `stable: the second plan is empty${share(
        count(({ isStable }) => isStable),
        outcomes.length,
      )}`,
      count(({ isStable }) => isStable),
    ),
  );
  write(row(`with overlap and a plan${share(filled, overlapping)}`, `${filled}/${overlapping}`));
  const [whole, wholeFilled] = [
    count(({ hasOverlap, isResolved }) => hasOverlap && isResolved),
    count(({ hasOverlap, isResolved, operations }) => hasOverlap && isResolved && operations > 0),
  ];
  write(row(`of them, resolved in every stack${share(wholeFilled, whole)}`, `${wholeFilled}/${whole}`));
  const asked = count(({ hasOverlap, operations, questions }) => hasOverlap && operations === 0 && questions > 0);
  write(row('with overlap, no plan, and a question', asked));
  write(
    row(
      'of them, with a plan once it is answered which services become one',
      count(({ hasOverlap, operations, answered: verdict }) => hasOverlap && operations === 0 && verdict === 'proven'),
    ),
  );
  write(row('comments lost', outcomes.flatMap(({ lost }) => lost).length));
  const checked = count(({ isVerified }) => isVerified !== undefined);
  if (checked > 0)
    write(
      row(
        `docker compose agrees, of ${checked} plans`,
        count(({ isVerified }) => isVerified === true),
      ),
    );
  return proven === outcomes.length && outcomes.every(({ isStable }) => isStable);
};
