import { type ChangedLines, changedLinesIn } from '../report/changed-lines.js';
import { FileError } from '../source/filesystem.js';
import { absolute } from '../source/path.js';
import type { Io } from './io.js';

/** What the event that started a workflow says about commits, as far as it matters here. */
type Event = {
  readonly pull_request?: { readonly base?: { readonly sha?: unknown }; readonly head?: { readonly sha?: unknown } };
  readonly merge_group?: { readonly base_sha?: unknown };
  /** What the branch was at before a push; zeros for a new one. */
  readonly before?: unknown;
};

const readEvent = ({ fs, env, cwd }: Io): Event => {
  const path = env['GITHUB_EVENT_PATH'];
  if (!path) return {};
  try {
    const event: unknown = JSON.parse(new TextDecoder().decode(fs.read(absolute(cwd, path))));
    return typeof event === 'object' && event !== null ? event : {};
  } catch (error) {
    if (error instanceof FileError || error instanceof SyntaxError) return {};
    throw error;
  }
};

/** The name of a commit, if it is one: what the event says is passed on to git. */
const commit = (name: unknown): string | undefined =>
  typeof name === 'string' && /^(?!0+$)[0-9a-f]{40,64}$/.test(name) ? name : undefined;

/**
 * The commit that the files are compared with. What is checked out for a pull request is its merge into the base: then it is the
 * first parent of that, which also is there when no more than two commits were fetched.
 */
const baseOf = ({ pull_request, merge_group, before }: Event, root: string, git: Git): string | undefined => {
  const given = commit(pull_request?.base?.sha) ?? commit(merge_group?.base_sha) ?? commit(before);
  if (given === undefined) return undefined;
  const head = git(['cat-file', 'commit', 'HEAD'], root)?.split('\n\n', 1)[0] ?? '';
  const [first, second] = [...head.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, name]) => name);
  if (second !== undefined && second === commit(pull_request?.head?.sha)) return first;
  return git(['merge-base', given, 'HEAD'], root)?.trim() ?? given;
};

type Git = NonNullable<Io['git']>;

/** Without what could run other programs, and with names that are read whatever the user's settings. */
const DIFF = [
  'diff',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--no-renames',
  '--ignore-submodules',
  '--unified=0',
  '--src-prefix=a/',
  '--dst-prefix=b/',
] as const;

/**
 * The lines that the event which started a workflow is about, as git tells them without a network. Undefined where it is not
 * known: outside of GitHub Actions, or where the commit to compare with was not fetched.
 * @param roots Absolute paths of the repositories.
 */
export const changedLines = (roots: readonly string[], io: Io): ChangedLines | undefined => {
  const { git } = io;
  const event = readEvent(io);
  if (!git) return undefined;
  const all = [...new Set(roots)].flatMap((root) => {
    const base = baseOf(event, root, git);
    const diff = base === undefined ? undefined : git([...DIFF, base, '--'], root);
    return diff === undefined ? [] : [changedLinesIn(diff, root)];
  });
  return all.length === 0 ? undefined : new Map(all.flatMap((lines) => [...lines]));
};
