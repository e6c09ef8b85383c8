import { type DevSetting, devSettingsOf } from '../../lint/dev-settings.js';
import { type Content, contentAt } from '../../lint/edits/content.js';
import { columnAt, commentsAbove, isFirstInLine, restAt } from '../../lint/edits/lines.js';
import type { Place } from '../../lint/edits/place.js';
import { type Leaf, leavesOf, pathKey } from '../../lint/leaves.js';
import type { ServiceSubject } from '../../lint/subjects.js';
import { formatPath } from '../../model/path.js';
import { lineStartAt, nextLineAt } from '../../source/lines.js';
import { basename } from '../../source/path.js';
import type { WorkspaceFile } from '../../workspace/workspace.js';
import type { Analysis } from '../analysis.js';
import { fileNow, lossClaims } from '../claims.js';
import { NO_CHANGE } from '../operation.js';
import { apply, attempt, insert, leafAt, leafPlace, leavesIn, placeIn, removeLeaf, type Work } from '../work.js';
import { writtenService } from '../written.js';
import { isDecided } from './decided.js';
import { addCommentAbove, keepingComments } from './kept-comments.js';

/** A setting of the base that is for development, and what it is. */
export type MovableSetting = { readonly service: string; readonly leaf: Leaf; readonly what: string };

const overlaps = (leaf: Leaf, { at, key }: DevSetting): boolean => {
  if (leaf.path[0] !== key || !leaf.at || leaf.at.source.path !== at.source.path) return false;
  return leaf.at.start < at.end && at.start < leaf.at.end;
};

const LOOPBACK = /\b(?:localhost|127\.0\.0\.1)\b/;

/** Variables that send a service to another one by way of the host's ports. */
const localUrls = (analysis: Analysis, service: string): ReadonlySet<string> =>
  new Set(
    analysis.topologies.flatMap(({ needs }) =>
      needs.flatMap(({ from, purpose, reach }) => (from === service && reach === 'localhost' ? [purpose] : [])),
    ),
  );

/** The base's services as the base alone resolves them, with their Dockerfiles. */
const baseServices = (analysis: Analysis, base: WorkspaceFile): readonly ServiceSubject[] => {
  const alone = analysis.subject.stacks.find(({ files }) => files.length === 1 && files[0]?.path === base.path);
  return alone ? [...alone.services.values()] : [];
};

/** Settings of the base that serve development: those that the rule finds, and addresses on `localhost`. */
export const devSettingsIn = (analysis: Analysis, base: WorkspaceFile): readonly MovableSetting[] =>
  baseServices(analysis, base).flatMap(({ name, value, dockerfile }) => {
    const written = writtenService(base, name);
    if (!written) return [];
    const settings = devSettingsOf(value, dockerfile()?.stage);
    const urls = localUrls(analysis, name);
    return leavesOf(written).flatMap((leaf): readonly MovableSetting[] => {
      const found = settings.find((setting) => overlaps(leaf, setting));
      if (found) return [{ service: name, leaf, what: found.what }];
      const isLocal = leaf.path[0] === 'environment' && urls.has(String(leaf.path[1])) && LOOPBACK.test(leaf.text);
      return isLocal ? [{ service: name, leaf, what: `is sent to localhost by ${String(leaf.path[1])}` }] : [];
    });
  });

type Comment = { readonly start: number; readonly end: number; readonly lines: readonly string[] };

/** The comment lines directly above an item. */
const commentOf = ({ source, steps }: Place): Comment | undefined => {
  const step = steps.at(-1);
  if (step?.node.style !== 'block' || !isFirstInLine(source, step.item.start)) return undefined;
  const end = lineStartAt(source, step.item.start);
  const start = commentsAbove(source, end, columnAt(source, step.item.start));
  if (start === end) return undefined;
  const lines = source.text.slice(start, end).trimEnd().split(/\r?\n/);
  return { start, end, lines: lines.map((line) => line.trimStart()) };
};

/** Whether everything below a comment, up to the next blank line or comment, goes away with the item under it. */
const isAllMoving = (place: Place, isMoving: (index: number) => boolean): boolean => {
  const step = place.steps.at(-1);
  if (!step) return false;
  for (const [index, item] of step.node.items.entries()) {
    if (index < step.index) continue;
    if (!isMoving(index)) return false;
    if (restAt(place.source, nextLineAt(place.source, item.end))) return true;
  }
  return true;
};

const withComment = (content: Content, comment: Comment | undefined): Content => {
  if (!comment || content.kind !== 'text' || content.lines[0]?.startsWith('#')) return content;
  return { kind: 'text', lines: [...comment.lines, ...content.lines], flow: undefined };
};

/** `- NAME=value` and `NAME: value` as the other one, for a list and a mapping of variables that meet. */
const inForm = (content: Content, isList: boolean): Content | undefined => {
  if (content.kind !== 'text') return undefined;
  const last = content.lines.at(-1) ?? '';
  const before = content.lines.slice(0, -1);
  if (before.some((line) => !line.startsWith('#'))) return undefined;
  if (last.startsWith('- ') === isList) return content;
  const [, name, value, comment = ''] =
    (isList
      ? /^([A-Za-z_]\w*):\s+["']?([\w./:@-]+)["']?(\s+#.*)?$/.exec(last)
      : /^- ["']?([A-Za-z_]\w*)=([\w./:@-]+)["']?(\s+#.*)?$/.exec(last)) ?? [];
  if (name === undefined) return undefined;
  const line = isList ? `- ${name}=${value}${comment}` : `${name}: "${value}"${comment}`;
  return { kind: 'text', lines: [...before, line], flow: undefined };
};

/** Whether a file has the variables of a service as a list; undefined where it has none. */
const hasList = (work: Work, file: string, service: string): boolean | undefined => {
  const [leaf] = leavesIn(work, file, service).filter(({ path }) => path[0] === 'environment');
  return leaf && typeof leaf.real.at(-1) === 'number';
};

const moveText = (
  work: Work,
  from: string,
  to: string,
  setting: MovableSetting,
  comment: Comment | undefined,
): boolean => {
  const { service, leaf } = setting;
  const now = leafAt(work, from, service, leaf.path);
  const place = now && leafPlace(work, from, service, now);
  const text = place && contentAt(place);
  if (!now || !text) return false;
  const isItem = typeof now.real.at(-1) === 'number';
  const there = now.path[0] === 'environment' ? hasList(work, to, service) : undefined;
  const content = there === undefined ? text : inForm(text, there);
  if (!content) return false;
  const asItem = there ?? isItem;
  const parent = ['services', service, ...now.real.slice(0, -1)];
  const path = asItem ? parent : [...parent, there === undefined ? (now.real.at(-1) ?? '') : (now.path.at(-1) ?? '')];
  return (
    insert(work, to, path, asItem ? 'item' : 'entry', withComment(content, comment)) &&
    removeLeaf(work, from, service, leaf.path)
  );
};

const lossText = (stacks: readonly string[]): string =>
  stacks.length === 0 ? NO_CHANGE : `Gone from the ${stacks.length === 1 ? 'stack' : 'stacks'} ${stacks.join(', ')}.`;

const moveOne = (
  work: Work,
  base: WorkspaceFile,
  to: string,
  setting: MovableSetting,
  isMoving: (leaf: Leaf) => boolean,
): void => {
  const { service, leaf, what } = setting;
  const { override } = work.layout;
  const now = leafAt(work, base.path, service, leaf.path);
  const place = now && leafPlace(work, base.path, service, now);
  if (!now || !place || override === undefined) return;
  // What is decided for the base in its place claims the difference.
  const claims = isDecided(work, service, leaf.path) ? [] : lossClaims(work, base, service, leaf, override);
  const losing = [...new Set(claims.map(({ stack }) => stack))];
  const siblings = leavesIn(work, base.path, service);
  const isMovingAt = (index: number): boolean =>
    siblings.some(({ real, path }) => real.at(-1) === index && real[0] === now.real[0] && isMoving({ ...now, path }));
  const comment = commentOf(place);
  const taken = comment && isAllMoving(place, isMovingAt) ? comment : undefined;
  const theirs = leafAt(work, to, service, leaf.path);
  attempt(
    work,
    {
      id: `move-value:${service}:${pathKey(leaf.path)}`,
      kind: 'move-value',
      service,
      paths: [['services', service, ...leaf.path]],
      from: base.path,
      to: override,
      reason: `In the base, ${service} ${what}${theirs ? `; ${basename(override)} has ${formatPath(leaf.path)} already` : ''}.`,
      rule: 'dev-settings-in-base',
      effect: lossText(losing),
      claims,
      manual: [],
    },
    () => {
      const parent = ['services', service, String(leaf.path[0])];
      const above = placeIn(work, base.path, parent);
      const heading = leaf.path.length > 1 && above ? commentOf(above) : undefined;
      if (theirs)
        return (
          addCommentAbove(work, leafPlace(work, to, service, theirs), taken?.lines ?? []) &&
          keepingComments(work, base.path, to, () => removeLeaf(work, base.path, service, leaf.path)) &&
          dropComment(work, base.path, taken)
        );
      if (!moveText(work, base.path, to, setting, taken) || !dropComment(work, base.path, taken)) return false;
      // With its last setting a key has gone; what stood above it goes along.
      const isGone = placeIn(work, base.path, parent) === undefined;
      return !heading || !isGone || addCommentAbove(work, placeIn(work, to, parent), heading.lines);
    },
  );
};

/** Takes away a comment whose item has gone without it. */
const dropComment = (work: Work, file: string, comment: Comment | undefined): boolean => {
  const source = work.texts.get(file);
  if (!comment || !source) return true;
  const { start, end, lines } = comment;
  const now = source.text.slice(start, end).trimEnd().split(/\r?\n/);
  if (now.length !== lines.length || !now.every((line, i) => line.trimStart() === lines[i])) return true;
  return apply(work, [{ at: { source, start, end }, text: '' }]);
};

/** Moves development settings from the base into the override. */
export const moveDevSettings = (work: Work): void => {
  const { base, override } = work.layout;
  if (!base || override === undefined || work.decisions.moveDevSettings === false) return;
  const settings = devSettingsIn(work.analysis, base);
  const moving = new Set(settings.map(({ service, leaf }) => JSON.stringify([service, pathKey(leaf.path)])));
  for (const setting of settings) {
    const isMoving = (leaf: Leaf): boolean => moving.has(JSON.stringify([setting.service, pathKey(leaf.path)]));
    moveOne(work, base, fileNow(work, override), setting, isMoving);
  }
};
