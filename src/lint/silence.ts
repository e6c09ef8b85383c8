import { parse } from '../parse/parse.js';
import { parseDotenv } from '../resolve/dotenv.js';
import { basename } from '../source/path.js';
import type { Source, Span } from '../source/source.js';
import type { Workspace } from '../workspace/workspace.js';
import type { Finding, SuppressedFinding } from './finding.js';
import type { WorkspaceSubject } from './subjects.js';
import { type Suppression, type Suppressions, suppressionAt, suppressionsIn } from './suppressions.js';

/** Comments of a source by its path, where it is one that can have comments. */
export type CommentsOf = (source: Source) => readonly Span[];

/** The comments of a run, each file's read once, and which of them were of use. */
export type Silence = {
  /** What the comments of a source ask for. */
  readonly of: (source: Source, commentsOf: CommentsOf) => Suppressions;
  /** The finding as it is when a comment silences it; undefined when none does. */
  readonly suppress: (finding: Finding, commentsOf: CommentsOf) => SuppressedFinding | undefined;
  readonly isUsed: (suppression: Suppression) => boolean;
};

/** Comments of the files of a workspace. A file beside the Compose files is read by what its name says it is. */
export const commentsIn = (workspace: Workspace, subject: WorkspaceSubject): CommentsOf => {
  const parsed = new Map([...workspace.parsed.values()].map((file) => [file.source.path, file.comments]));
  return (source) => {
    const known = parsed.get(source.path) ?? subject.envFiles.find((file) => file.source === source)?.comments;
    if (known) return known;
    if (/\.ya?ml$/i.test(source.path)) return parse(source).comments;
    return /(?:^|\.)env(?:\.|$)/.test(basename(source.path))
      ? parseDotenv(source, () => undefined, new Map()).comments
      : [];
  };
};

/** The comments of one run, over all its workspaces. */
export const silenceOf = (): Silence => {
  const known = new Map<string, Suppressions>();
  const used = new Set<Suppression>();
  const suppressionsOf: Silence['of'] = (source, commentsOf) => {
    const found = known.get(source.path) ?? suppressionsIn(source, commentsOf(source));
    known.set(source.path, found);
    return found;
  };
  return {
    of: suppressionsOf,
    suppress: (finding, commentsOf) => {
      const { at, rule } = finding;
      const suppression = at && suppressionAt(suppressionsOf(at.source, commentsOf), rule, at.start);
      if (!suppression) return undefined;
      used.add(suppression);
      const { directive } = suppression;
      return { finding, by: 'comment', reason: directive.reason, at: directive.at };
    },
    isUsed: (suppression) => used.has(suppression),
  };
};
