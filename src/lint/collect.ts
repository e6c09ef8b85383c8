import { BOUNDS } from '../model/bounds.js';
import type { Note } from '../model/fault.js';
import { plainText } from '../model/message.js';
import { type ComposePath, formatPath } from '../model/path.js';
import { firstOf, listed } from '../source/listed.js';
import { once, oncePer } from '../source/once.js';
import { isAbsolute, relative } from '../source/path.js';
import { type Span, sameSpan } from '../source/source.js';
import type { Workspace } from '../workspace/workspace.js';
import { type Finding, fingerprintOf } from './finding.js';
import type { ToldFault } from './fresh-clone.js';
import type { Levels, Place } from './levels.js';
import { type Fix, type Problem, type Rule, SEVERITY_RANK, type Severity } from './rule.js';

/**
 * A finding that is being put together. The same problem in another stack adds that stack's name; in another service that got
 * the value through an alias or `extends`, that service's; at another place with the same cause, that place.
 */
export type Draft = {
  readonly rule: Rule;
  readonly problem: Problem | ToldFault;
  readonly stacks: ReadonlySet<string>;
  /** Services that the value belongs to, that of the problem first. */
  readonly services: ReadonlySet<string>;
  /** Further places of one cause. */
  readonly places: readonly Span[];
};

/** Takes problems of rules, by their ids, and makes one draft of those that are the same. */
export type Collector = {
  readonly add: (id: string, problem: Problem | ToldFault, stacks: readonly string[]) => void;
  /** The drafts, without what others explain. @param isOn Whether a draft's rule speaks at its place. */
  readonly drafts: (isOn: (draft: Draft) => boolean) => readonly Draft[];
};

const isFault = (problem: Problem | ToldFault): problem is ToldFault => 'rule' in problem;

const evidenceOf = (problem: Problem | ToldFault): string => (isFault(problem) ? '' : (problem.evidence ?? ''));

const causeOf = ({ about }: Problem | ToldFault): string | undefined => about;

/** A cause as it is the same on every machine. */
const portable = (cause: string | undefined, { root }: Workspace): string | undefined =>
  cause !== undefined && isAbsolute(cause) ? relative(root, cause) : cause;

/** The service that a problem is in, and the path inside of it; undefined for what is no value of a service. */
const insideService = ({
  path,
}: Problem | ToldFault): { readonly name: string; readonly path: ComposePath } | undefined =>
  path && path.length > 2 && path[0] === 'services' ? { name: String(path[1]), path: path.slice(2) } : undefined;

/**
 * What makes two problems one: rule, place, path and evidence; for a value of a service the path inside of it, since one place
 * can be the value of several. A fault of the loader is told from others by its words, or by its cause, wherever it stands.
 */
const keyOf = (rule: string, problem: Problem | ToldFault): string => {
  const { at, path, message } = problem;
  const cause = causeOf(problem);
  if (cause !== undefined) return JSON.stringify([rule, cause]);
  const what = isFault(problem) || !path ? message : formatPath(insideService(problem)?.path ?? path);
  return [rule, at?.source.path, at?.start, at?.end, what, evidenceOf(problem)].join('\u0000');
};

/** What of a draft grows while problems come in. */
type Growing = { problem: Problem | ToldFault; stacks: Set<string>; services: Set<string>; places: Span[] };

/** The rule that tells of bounds. */
const TOO_LARGE = 'too-large';

/** Collects the problems of some rules; those of others are left out. Of one problem in several stacks the worst word is kept. */
export const collectorFor = (rules: readonly Rule[]): Collector => {
  const byId = new Map(rules.map((rule) => [rule.meta.id, rule]));
  const counts = new Map<string, number>();
  const drafts = new Map<string, Omit<Draft, 'problem' | 'stacks' | 'services' | 'places'> & Growing>();
  /** Whether another finding of a rule is told; the first one that is not has the bound told in its place. */
  const fits = (id: string, { at }: Problem | ToldFault): boolean => {
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    if (count === BOUNDS.findings + 1) {
      const message = `There are more than ${BOUNDS.findings} findings of ${id}: no further one is told.`;
      add(TOO_LARGE, { rule: TOO_LARGE, severity: 'error', message, ...(at ? { at } : {}) }, []);
    }
    return count <= BOUNDS.findings;
  };
  const add: Collector['add'] = (id, problem, stacks) => {
    const rule = byId.get(id);
    if (!rule) return;
    const key = keyOf(id, problem);
    const known = drafts.get(key);
    if (!known && !fits(id, problem)) return;
    const draft = known ?? { rule, problem, stacks: new Set(), services: new Set(), places: [] };
    const rank = ({ severity = rule.meta.severity }: Problem | ToldFault): number => SEVERITY_RANK[severity];
    if (rank(problem) > rank(draft.problem)) draft.problem = problem;
    for (const stack of stacks) draft.stacks.add(stack);
    const service = insideService(problem)?.name;
    if (service !== undefined && causeOf(problem) === undefined) draft.services.add(service);
    const { at } = problem;
    const told = [draft.problem.at, ...draft.places];
    if (at && !told.some((place) => place && sameSpan(place, at))) draft.places.push(at);
    drafts.set(key, draft);
  };
  return {
    add,
    drafts: (isOn) => withoutExplained([...drafts.values()].filter(isOn)),
  };
};

/**
 * A rule that says more, and the one that says less, at the same places: the cause and what comes of it; what a credential is
 * given to and that it is written down. With `notes`, the places beside that of the problem have to be told by the first, too.
 */
const EXPLAINED: readonly { readonly by: string; readonly rule: string; readonly notes: boolean }[] = [
  { by: 'path-base', rule: 'missing-file', notes: false },
  { by: 'secret-in-build-arg', rule: 'hardcoded-secret', notes: true },
];

const spans = ({ problem, places }: Draft): readonly Span[] => [...(problem.at ? [problem.at] : []), ...places];

const severityOf = ({ rule, problem }: Draft): Severity => problem.severity ?? rule.meta.severity;

/** Drafts without what those of another rule explain; these are as bad as what they explain. */
const withoutThose = (drafts: readonly Draft[], { by, rule, notes }: (typeof EXPLAINED)[number]): readonly Draft[] => {
  const reasons = drafts.filter((draft) => draft.rule.meta.id === by);
  if (reasons.length === 0) return drafts;
  const severities = new Map(reasons.map((draft) => [draft, severityOf(draft)]));
  const left = drafts.filter((draft) => {
    if (draft.rule.meta.id !== rule) return true;
    const told = [...spans(draft), ...(notes ? (draft.problem.notes ?? []).map(({ at }) => at) : [])];
    const own = reasons.filter((reason) => spans(reason).some((at) => told.some((other) => sameSpan(at, other))));
    if (!told.every((at) => own.some((reason) => spans(reason).some((other) => sameSpan(at, other))))) return true;
    for (const reason of own)
      if (SEVERITY_RANK[severityOf(draft)] > SEVERITY_RANK[severities.get(reason) ?? 'info'])
        severities.set(reason, severityOf(draft));
    return false;
  });
  return left.map((draft) => {
    const severity = severities.get(draft);
    return severity === undefined ? draft : { ...draft, problem: { ...draft.problem, severity } };
  });
};

/** Drafts without what others explain. */
const withoutExplained = (drafts: readonly Draft[]): readonly Draft[] => EXPLAINED.reduce(withoutThose, drafts);

const stacksByFile = oncePer(({ stacks }: Workspace): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>();
  for (const { name, files } of stacks)
    for (const path of new Set(files.map((file) => file.path))) {
      const names = found.get(path);
      if (names) names.push(name);
      else found.set(path, [name]);
    }
  return found;
});

/** Names of the stacks that a file is part of. */
const stacksWith = (path: string | undefined, workspace: Workspace): readonly string[] =>
  (path === undefined ? undefined : stacksByFile(workspace).get(path)) ?? [];

/** Where a draft stands, as far as levels depend on it. */
export const placeOfDraft = ({ problem }: Draft, workspace: Workspace): Place => {
  const path = problem.path ?? [];
  const file = problem.at?.source.path;
  return {
    path: file ?? workspace.directory,
    role: workspace.files.find((known) => known.path === file)?.role,
    service: path[0] === 'services' && path[1] !== undefined ? String(path[1]) : undefined,
  };
};

const fixesOf = (rule: Rule, problem: Problem | ToldFault): readonly Fix[] => {
  const fix = isFault(problem) ? rule.fixFault?.(problem) : problem.fix?.();
  return fix ? [{ ...fix, title: plainText(fix.title) }] : [];
};

/** Services named behind a message; more are counted. */
const MOST_NAMED = 3;

/** Other services that have the value, too, because it came to them through an alias or `extends`. */
const shared = ({ services }: Draft): string => {
  const others = [...services].slice(1).map((name) => `"${name}"`);
  if (others.length === 0) return '';
  return ` The same value is in ${listed(firstOf(others, MOST_NAMED))}.`;
};

const notesOf = ({ problem, places }: Draft): readonly Note[] => [
  ...(problem.notes ?? []).map(({ at, message }) => ({ at, message: plainText(message) })),
  ...places.map((at) => ({ at, message: 'and here' })),
];

/** Whether a draft's rule speaks at its place. */
export const isOnAt = (draft: Draft, workspace: Workspace, levels: Levels): boolean =>
  levels.at(draft.rule, placeOfDraft(draft, workspace)).level !== 'off';

/** The finding that a draft becomes; none where the rule is off at its place. */
export const findingOf = (draft: Draft, workspace: Workspace, levels: Levels): Finding | undefined => {
  const { rule, problem, stacks } = draft;
  const { level, isAsked } = levels.at(rule, placeOfDraft(draft, workspace));
  if (level === 'off') return undefined;
  const path = problem.path ?? [];
  const file = problem.at?.source.path;
  const fingerprint = once(() =>
    fingerprintOf(
      rule.meta.id,
      file === undefined ? '' : relative(workspace.root, file),
      causeOf(problem) === undefined ? path : [],
      portable(causeOf(problem), workspace) ?? evidenceOf(problem),
    ),
  );
  return {
    rule: rule.meta.id,
    severity: isAsked ? level : (problem.severity ?? level),
    message: plainText(`${problem.message}${shared(draft)}`),
    at: problem.at,
    path,
    help: problem.help === undefined ? undefined : plainText(problem.help),
    related: notesOf(draft),
    stacks: stacks.size > 0 ? [...stacks] : stacksWith(file, workspace),
    fixes: once(() => fixesOf(rule, problem)),
    cause: problem.cause,
    // Few reports ask for it.
    get fingerprint() {
      return fingerprint();
    },
  };
};
