import type { Fault, Note } from '../model/fault.js';
import type { ComposePath } from '../model/path.js';
import type { TextEdit } from '../source/edit.js';
import type { Span } from '../source/source.js';
import type { FileSubject, ServiceSubject, StackSubject, WorkspaceSubject } from './subjects.js';

/** How bad a finding is. An error keeps a stack from working, or gives something away. */
export type Severity = 'error' | 'warning' | 'info';

/** Severities as numbers: the worse, the higher. */
export const SEVERITY_RANK: Readonly<Record<Severity, number>> = { info: 1, warning: 2, error: 3 };

/** Who wants a rule: everybody, those who harden, or only those who ask for it. */
export type Preset = 'recommended' | 'strict' | 'all';

/** Whether a rule can mend what it finds: `safe` leaves every stack's resolved project equal, `unsafe` does not and says how. */
export type Fixability = 'safe' | 'unsafe' | 'none';

/** Files of an example by name; one text stands for `compose.yml`. */
export type Example = string | Readonly<Record<string, string>>;

/** What is known about every rule without running it. */
type RuleFacts = {
  /** Named for the fault, so that "allow latest-tag" reads well. */
  readonly id: string;
  readonly severity: Severity;
  readonly preset: Preset;
  readonly since: string;
  /** One line without a full stop: what it finds. */
  readonly summary: string;
  /** What exactly is found and what is not, and why it matters; Markdown. */
  readonly description: string;
  /** Section of the Compose specification, or what of docker compose, it rests on. */
  readonly source: string;
  /** Files that the rule finds something in, and files that it finds nothing in. Both run as tests. */
  readonly bad: Example;
  readonly good: Example;
  /** Keys of the settings that the rule obeys beyond its level, each with what it does; Markdown. */
  readonly options?: Readonly<Record<string, string>>;
  /** When it is right to switch the rule off. */
  readonly whenOff: string;
};

/** Whether a rule mends what it finds, and if so what makes that safe, or what it changes; Markdown. */
type RuleFix =
  | { readonly fix: 'none'; readonly fixSafety?: never }
  | { readonly fix: Exclude<Fixability, 'none'>; readonly fixSafety: string };

/** A rule's metadata. Its page, the registry and the settings schema are generated from this. */
export type RuleMeta = RuleFacts & RuleFix;

/**
 * What several problems of a rule come from, where one act mends them all. They are found, silenced and fixed one by one, and told
 * as one, in the words of the rule's `together`.
 */
export type Cause = {
  /** The same for all that have it: the absolute path of a file or folder, or a name. */
  readonly of: string;
  /** What this problem is called among them: a variable, an absolute path, a service. */
  readonly name: string;
  /** What is said of it, where `of` is only there to tell it from others. */
  readonly subject?: string;
  /** What is said at its place, when another one is told first. */
  readonly note: string;
  /** Absolute path of the example that stands in for a file that is the cause. */
  readonly example?: string;
};

/** Something a rule complains about. The runner adds the rule's id, severity and link. */
export type Problem = {
  readonly at: Span;
  /** One or two plain sentences that name the thing and the other place. */
  readonly message: string;
  /** What to do. */
  readonly help?: string;
  readonly notes?: readonly Note[];
  readonly severity?: Severity;
  readonly path?: ComposePath;
  /** What tells this problem from another at the same path, whatever its words or line; never a secret. */
  readonly evidence?: string;
  /** What the user must act on once, where problems in several places have one cause: the absolute path of a file, a name. */
  readonly about?: string;
  readonly cause?: Cause;
  /** How to mend it, worked out for those who show or apply it; undefined where it cannot be mended. */
  readonly fix?: () => Fix | undefined;
  /** Names of the stacks concerned, where it is not the stack looked at, or all that load the file. */
  readonly stacks?: readonly string[];
};

/** A variable that a fix needs: `NAME=value` in an env file, and `NAME=` in the example beside it, each unless it is there. */
export type FixVariable = {
  readonly name: string;
  /** Its value; it may be a secret, which no output shows. */
  readonly value: string;
  /** Absolute paths of the env file and of the example. */
  readonly file: string;
  readonly example: string;
};

/** A line that a text file must have, such as a name in `.gitignore`. */
export type FixLine = { readonly file: string; readonly line: string };

/** A file that a fix makes; a fix whose file is there already is not applied. */
export type FixFile = { readonly path: string; readonly text: string };

/** A way to mend a problem, as data: edits of texts, in one file or several, and what else must be there for them. */
export type Fix = {
  readonly title: string;
  readonly applicability: 'safe' | 'unsafe';
  readonly edits: readonly TextEdit[];
  /** Names of the stacks that an unsafe fix leaves as they are, too; a safe one leaves all. */
  readonly equalIn?: readonly string[];
  readonly variables?: readonly FixVariable[];
  readonly lines?: readonly FixLine[];
  readonly files?: readonly FixFile[];
};

/** The fix that makes some edits; none where they cannot be made. */
export const fixBy = (
  edits: readonly TextEdit[] | undefined,
  applicability: Fix['applicability'],
  title: string,
): Fix | undefined => edits && { title, applicability, edits };

/** What a rule looks at, each with its own subject. It implements one or more. */
export type RuleChecks = {
  readonly checkFile?: (subject: FileSubject) => Iterable<Problem>;
  readonly checkService?: (subject: ServiceSubject) => Iterable<Problem>;
  readonly checkStack?: (subject: StackSubject) => Iterable<Problem>;
  readonly checkWorkspace?: (subject: WorkspaceSubject) => Iterable<Problem>;
};

/**
 * A rule. One without a check is reported by the loader: its faults arrive under its id.
 */
export type Rule = RuleChecks & {
  readonly meta: RuleMeta;
  /** How to mend a fault of the loader that is reported under the rule's id. */
  readonly fixFault?: (fault: Fault) => Fix | undefined;
  /**
   * What is said of several problems that have one cause.
   * @param names Those of the problems, in their order, each once.
   * @param folder Paths are told relative to it.
   */
  readonly together?: (cause: Cause, names: readonly string[], folder: string) => Pick<Problem, 'message' | 'help'>;
};

/** Checks the shape of a rule at compile time. */
export const defineRule = (rule: Rule): Rule => rule;
