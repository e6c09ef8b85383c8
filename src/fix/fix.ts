import type { Finding } from '../lint/finding.js';
import type { Fix } from '../lint/rule.js';
import type { LintResult } from '../lint/run.js';
import { type FileSystem, overlayFileSystem } from '../source/filesystem.js';
import { basename } from '../source/path.js';
import { textAt } from '../source/source.js';
import type { Workspace } from '../workspace/workspace.js';
import { assemble, type Changes } from './assemble.js';
import { leavesEmptied } from './emptied.js';
import { fitting } from './fitting.js';
import { changesOfStacks, type StackChange } from './prove.js';

/** How often fixes may give rise to further ones. */
const PASSES = 50;

export type FixInput = {
  readonly fs: FileSystem;
  /**
   * Opens the workspaces of the run on some files.
   * @param examples Whether `.env.example` stands in for a missing `.env`, as it does when linting.
   */
  readonly open: (fs: FileSystem, examples: boolean) => readonly Workspace[];
  readonly lint: (workspaces: readonly Workspace[]) => readonly LintResult[];
  /** Whether fixes are wanted that change what runs. */
  readonly unsafe: boolean;
};

/** A fix with the finding that it mends. */
export type Candidate = { readonly finding: Finding; readonly fix: Fix };

/**
 * A fix that was not applied. `broken`: it says that it is safe, and stacks changed; that is a fault of its rule.
 * `unfit`: it cannot be made here, or docker compose would refuse what it makes.
 */
export type RefusedFix = Candidate & {
  readonly kind: 'broken' | 'unfit';
  readonly why: string;
  readonly changes: readonly StackChange[];
};

/** What fixing gives. Nothing is written yet. */
export type Fixed = {
  /** Files that are other than before, or new. */
  readonly changes: Changes;
  readonly applied: readonly Candidate[];
  readonly refused: readonly RefusedFix[];
  /** What is found in the files afterwards. */
  readonly results: readonly LintResult[];
  /** Whether another run would change nothing. */
  readonly isStable: boolean;
};

const keyOf = ({ finding, fix }: Candidate): string =>
  JSON.stringify([finding.rule, finding.fingerprint, finding.at?.source.path, fix.title]);

/** Those that fit together, the first ones first; the others get their turn in the next pass. */
const fittingOf = (candidates: readonly Candidate[]): readonly Candidate[] => {
  const fits = fitting();
  return candidates.filter(({ fix }) => fits(fix));
};

/** Whether the changes make a `.env` where there was none, so that an example no longer stands in for it. */
const makesEnvFile = (changes: Changes, fs: FileSystem): boolean =>
  [...changes.keys()].some((path) => basename(path) === '.env' && fs.kind(path) === undefined);

/** What a fix has done to stacks that it promised to leave alone. */
const brokenBy = (changes: readonly StackChange[], { fix }: Candidate): readonly StackChange[] =>
  fix.applicability === 'safe'
    ? changes
    : changes.filter(({ stack, faults }) => faults.length > 0 || fix.equalIn?.includes(stack));

/** What one fix, or several together, would do: the new files, or why they must not be made. */
export type Tried =
  | { readonly kind: 'good'; readonly changes: Changes }
  | { readonly kind: 'bad'; readonly why: string; readonly changes: readonly StackChange[] };

/** The workspaces before a pass, with and without examples, opened when they are asked for. */
type Before = (examples: boolean) => readonly Workspace[];

const openedOnce = (fs: FileSystem, { open }: Pick<FixInput, 'open'>): Before => {
  const known = new Map<boolean, readonly Workspace[]>();
  return (examples) => {
    const workspaces = known.get(examples) ?? open(fs, examples);
    known.set(examples, workspaces);
    return workspaces;
  };
};

/** Applies fixes in memory and looks what becomes of the stacks. */
const tryOut = (
  candidates: readonly Candidate[],
  fs: FileSystem,
  before: Before,
  { open }: Pick<FixInput, 'open'>,
): Tried => {
  const assembled = assemble(
    candidates.map(({ fix }) => fix),
    fs,
  );
  if (assembled.kind === 'refused') return { kind: 'bad', why: assembled.why, changes: [] };
  const { changes } = assembled;
  const examples = !makesEnvFile(changes, fs);
  const [now, then] = [before(examples), open(overlayFileSystem(fs, changes), examples)];
  const stacks = changesOfStacks(now, then);
  const broken = candidates.flatMap((candidate) => brokenBy(stacks, candidate));
  if (broken.length > 0)
    return { kind: 'bad', why: 'stacks are no longer what they were', changes: [...new Set(broken)] };
  // By itself each fix takes away what it leaves empty.
  if (candidates.length > 1 && leavesEmptied(now, then))
    return { kind: 'bad', why: 'together they leave a key with nothing below it', changes: [] };
  return { kind: 'good', changes };
};

/** Tries one fix by itself, as a run that applies fixes would: it is made in memory, and all stacks are looked at again. */
export const tryFix = (candidate: Candidate, input: Pick<FixInput, 'fs' | 'open'>): Tried =>
  tryOut([candidate], input.fs, openedOnce(input.fs, input), input);

type Pass = {
  readonly accepted: readonly Candidate[];
  readonly refused: readonly RefusedFix[];
  readonly changes: Changes;
};

/** Applies as many of the fixes as keep their promise: all of them, or the halves, until the bad ones are found. */
const applyPass = (candidates: readonly Candidate[], fs: FileSystem, input: FixInput): Pass => {
  const accepted: Candidate[] = [];
  const refused: RefusedFix[] = [];
  let changes: Changes = new Map();
  const before = openedOnce(fs, input);
  const attempt = (list: readonly Candidate[]): void => {
    const [first, second] = list;
    if (!first) return;
    const tried = tryOut([...accepted, ...list], fs, before, input);
    if (tried.kind === 'good') {
      accepted.push(...list);
      changes = tried.changes;
    } else if (second) {
      const middle = list.length >> 1;
      attempt(list.slice(0, middle));
      attempt(list.slice(middle));
    } else {
      const alone = accepted.length > 0 ? tryOut([first], fs, before, input) : tried;
      // What only does not go together with the others gets its turn in the next pass.
      if (alone.kind === 'good') return;
      const isBroken = first.fix.applicability === 'safe' && alone.changes.length > 0;
      refused.push({ ...first, kind: isBroken ? 'broken' : 'unfit', why: alone.why, changes: alone.changes });
    }
  };
  attempt(candidates);
  return { accepted, refused, changes };
};

/**
 * Fixes by what they promise. Each kind is proven by itself, so that what one changes is not taken for the other's: safe
 * ones, those that leave some stacks alone, those that change what runs.
 */
const KINDS: readonly { readonly isUnsafe: boolean; readonly has: (fix: Fix) => boolean }[] = [
  { isUnsafe: false, has: ({ applicability }) => applicability === 'safe' },
  { isUnsafe: true, has: ({ applicability, equalIn = [] }) => applicability === 'unsafe' && equalIn.length > 0 },
  { isUnsafe: true, has: ({ applicability, equalIn = [] }) => applicability === 'unsafe' && equalIn.length === 0 },
];

/** Whether a fix would leave every file as it is. */
export const isIdle = ({ edits, variables = [], lines = [], files = [] }: Fix): boolean =>
  variables.length + lines.length + files.length === 0 && edits.every(({ at, text }) => textAt(at) === text);

const candidatesIn = (results: readonly LintResult[], has: (fix: Fix) => boolean): readonly Candidate[] =>
  results.flatMap(({ findings }) =>
    findings.flatMap((finding) => {
      const fix = finding.fixes().find((offered) => has(offered) && !isIdle(offered));
      return fix ? [{ finding, fix }] : [];
    }),
  );

/**
 * Applies the fixes of what is found, in memory, until there is nothing left to apply. Every step is proven: the new texts
 * are parsed and resolved, and a safe fix must leave every stack's project equal.
 */
export const fixAll = (input: FixInput): Fixed => {
  const { fs, open, lint } = input;
  const applied: Candidate[] = [];
  const refused: RefusedFix[] = [];
  const tried = new Set<string>();
  let changes: Changes = new Map();
  let isStable = false;
  let results = lint(open(fs, true));
  for (let pass = 0; pass < PASSES; pass += 1) {
    const isFresh = (candidate: Candidate): boolean => !tried.has(keyOf(candidate));
    const wanted = KINDS.filter(({ isUnsafe }) => !isUnsafe || input.unsafe)
      .map(({ has }) => candidatesIn(results, has).filter(isFresh))
      .find((candidates) => candidates.length > 0);
    const chosen = fittingOf(wanted ?? []);
    if (chosen.length === 0) {
      isStable = true;
      break;
    }
    const now = overlayFileSystem(fs, changes);
    const done = applyPass(chosen, now, input);
    applied.push(...done.accepted);
    refused.push(...done.refused);
    for (const candidate of done.refused) tried.add(keyOf(candidate));
    if (done.accepted.length === 0) continue;
    changes = new Map([...changes, ...done.changes]);
    results = lint(open(overlayFileSystem(fs, changes), true));
  }
  return { changes, applied, refused, results, isStable };
};
