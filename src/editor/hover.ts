import type { Hover, MarkupKind } from 'vscode-languageserver';
import { formatPath } from '../model/path.js';
import type { ParsedFile } from '../parse/parse.js';
import { explainText, removedText } from '../report/explain.js';
import { type StoryInput, storyOf, takenBelow, wholeModel } from '../report/story.js';
import { listed } from '../source/listed.js';
import { sameSpan } from '../source/source.js';
import type { Workspace, WorkspaceStack } from '../workspace/workspace.js';
import { rangeOf } from './places.js';
import type { Analysis } from './session.js';
import { type Target, targetAt, valuesAt } from './target.js';

/** Different stories of one place that are told; further stacks are only counted. */
const MOST_STORIES = 3;

/** What is told of a place, and the other paths that it gives. */
type Telling = { readonly text: string; readonly also: readonly string[] };

/** What a place has become in some stacks that tell the same about it. */
type Told = Telling & { readonly stacks: string[] };

const tellingIn = (stack: WorkspaceStack, input: StoryInput, target: Target): Telling | undefined => {
  const { project } = input;
  const { path } = target;
  const used = valuesAt(wholeModel(project), target);
  const [first, ...others] = used.length > 0 ? used : valuesAt(project.model, target);
  const taken = stack.removals.filter(({ at }) => sameSpan(at, target.at) || sameSpan(at, target.written));
  if (!first && taken.length === 0) return undefined;
  if (!first)
    return {
      text: removedText(storyOf({ path, value: undefined, isUnused: false, removals: taken, taken: [] }, input), false),
      also: [],
    };
  const removals = stack.removals.filter((removal) => formatPath(removal.path) === formatPath(first.path));
  const { value } = first;
  const asked = { path: first.path, value, isUnused: used.length === 0, removals };
  const story = storyOf({ ...asked, taken: takenBelow(stack.removals, first.path, value) }, input);
  return { text: explainText({ ...story, value }, false), also: others.map((other) => formatPath(other.path)) };
};

const toldIn = (workspace: Workspace, target: Target, cwd: string): readonly Told[] => {
  const told = new Map<string, Told>();
  const files = [...workspace.parsed.values()];
  for (const stack of workspace.stacks) {
    const { name, project } = stack;
    const telling = project && tellingIn(stack, { project, files, cwd }, target);
    if (!telling) continue;
    const known = told.get(telling.text);
    if (known) known.stacks.push(name);
    else told.set(telling.text, { stacks: [name], ...telling });
  }
  return [...told.values()];
};

/** A text as a block of code that it cannot end. */
const fenced = (text: string): string => {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}${fence}`;
};

const section = ({ stacks, text, also }: Told, kind: MarkupKind): string => {
  const where = `In the ${stacks.length === 1 ? 'stack' : 'stacks'} ${listed(stacks)}:`;
  const body = kind === 'markdown' ? fenced(text) : text.trimEnd();
  return [where, body, ...(also.length > 0 ? [`The same place gives ${listed(also)}.`] : [])].join('\n\n');
};

/**
 * The story of the value under the cursor, as `fog-lint explain` tells it, for each of the stacks in which it goes another way.
 * @param analyses Folders that the file has to do with; the first one in which something came of the place tells it.
 */
export const hoverAt = (
  analyses: readonly Analysis[],
  path: string,
  offsetIn: (file: ParsedFile) => number,
  kind: MarkupKind,
): Hover | null => {
  for (const { results, cwd } of analyses)
    for (const { workspace } of results) {
      const file = workspace.parsed.get(path);
      const target = file && targetAt(file, offsetIn(file));
      if (!target) continue;
      const told = toldIn(workspace, target, cwd);
      if (told.length === 0) continue;
      const left = told.slice(MOST_STORIES).flatMap(({ stacks }) => stacks);
      const texts = told.slice(0, MOST_STORIES).map((one) => section(one, kind));
      const more = left.length > 0 ? [`Something else yet in ${listed(left)}.`] : [];
      return { contents: { kind, value: [...texts, ...more].join('\n\n') }, range: rangeOf(target.at) };
    }
  return null;
};
