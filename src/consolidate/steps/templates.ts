import { contentAt } from '../../lint/edits/content.js';
import type { InsertAtOptions } from '../../lint/edits/insert-at.js';
import { columnAt, commentsAbove, indented } from '../../lint/edits/lines.js';
import { hasReferences, type Place } from '../../lint/edits/place.js';
import { lineOf } from '../../lint/leaves.js';
import type { ComposePath } from '../../model/path.js';
import { get } from '../../model/value.js';
import { withoutEnd } from '../../source/ends.js';
import { freeName } from '../../source/free-name.js';
import { lineStartAt } from '../../source/lines.js';
import { basename } from '../../source/path.js';
import { NO_CHANGE } from '../operation.js';
import type { Family } from '../overlap.js';
import {
  attempt,
  insert,
  insertAll,
  leafAt,
  leavesIn,
  placeIn,
  removeAllAt,
  rootOf,
  serviceIn,
  type Work,
} from '../work.js';
import { alignProbes, asMapping, LEAST_MEMBERS } from './families.js';

/** Settings that two services have in common, at least, for a template to be shorter than what it stands for. */
const LEAST_SHARED_BY_TWO = 10;

const isWorthTemplate = ({ members, shared }: Family): boolean =>
  members.length >= LEAST_MEMBERS || shared.length >= LEAST_SHARED_BY_TWO;

/** What the names of all members begin with: `betanet-mixnode` of `betanet-mixnode-1`, `-2`, `-3`. */
const commonName = (members: readonly string[]): string => {
  const [first = ''] = members;
  let length = first.length;
  for (const name of members) while (!name.startsWith(first.slice(0, length))) length -= 1;
  return withoutEnd(first.slice(0, length), '-_.0123456789') || `${first}-family`;
};

/** A name that docker compose takes for an anchor, and that the file does not have yet. */
const templateName = (work: Work, { file, members }: Family): string => {
  const wanted = commonName(members).replaceAll(/[^A-Za-z0-9_-]/g, '-');
  const source = work.texts.get(file.path);
  return freeName(wanted, (name) => !rootOf(source)?.entries.has(`x-${name}`) && !source?.text.includes(`&${name}`));
};

/** Comment lines directly above an item, whether or not they are about others, too. */
const headingOf = ({ source, steps }: Place): readonly string[] => {
  const start = steps.at(-1)?.item.start;
  if (start === undefined) return [];
  const end = lineStartAt(source, start);
  const top = commentsAbove(source, end, columnAt(source, start));
  return top === end
    ? []
    : source.text
        .slice(top, end)
        .trimEnd()
        .split(/\r?\n/)
        .map((line) => line.trimStart());
};

/** The text of an entry with all that is said about it. */
const linesAt = (work: Work, file: string, path: ComposePath): readonly string[] | undefined => {
  const place = placeIn(work, file, path);
  const content = place && contentAt(place);
  if (!place || content?.kind !== 'text') return undefined;
  return content.lines[0]?.startsWith('#') ? content.lines : [...headingOf(place), ...content.lines];
};

const COMMENT = /(?:^|\s)#.*$/;

const commentsOf = (lines: readonly string[]): readonly string[] =>
  lines.flatMap((line) => COMMENT.exec(line)?.[0].trim() ?? []);

/** Whether the first member's text of an entry says all that the others say in comments. */
const saysAll = (work: Work, { file, members }: Family, path: ComposePath): boolean => {
  const [first, ...others] = members.map((member) => linesAt(work, file.path, ['services', member, ...path]));
  const said = new Set(first && commentsOf(first));
  return first !== undefined && others.every((lines) => lines && commentsOf(lines).every((text) => said.has(text)));
};

/** Keys of a service that are the same, as a whole, in all members. */
const sharedKeys = (work: Work, family: Family): readonly string[] => {
  const { file, members } = family;
  const [first = ''] = members;
  const service = serviceIn(work, file.path, first);
  if (service?.kind !== 'mapping') return [];
  return [...service.entries.keys()].filter((key) => {
    const texts = members.map((member) => {
      const value = get(serviceIn(work, file.path, member), key);
      return value && lineOf(value);
    });
    const isSame = texts.every((text) => text !== undefined && text === texts[0]);
    return isSame && key !== 'depends_on' && saysAll(work, family, [key]);
  });
};

const sharedVariables = (work: Work, family: Family): readonly string[] => {
  const { file, members } = family;
  const [first = '', ...others] = members;
  return leavesIn(work, file.path, first).flatMap(({ path, text }) => {
    const isShared =
      path[0] === 'environment' &&
      others.every((other) => leafAt(work, file.path, other, path)?.text === text) &&
      saysAll(work, family, path);
    return isShared ? [String(path[1])] : [];
  });
};

/** The template: the keys of the first member that all share, and the variables that all share under an anchor of their own. */
const templateOf = (
  work: Work,
  family: Family,
  name: string,
  keys: readonly string[],
  variables: readonly string[],
): readonly string[] | undefined => {
  const { file, members } = family;
  const [first = ''] = members;
  const lines: string[] = [`x-${name}: &${name}`];
  for (const key of keys) {
    const text = linesAt(work, file.path, ['services', first, key]);
    if (!text) return undefined;
    lines.push(...indented(text, 2));
  }
  if (variables.length === 0) return lines;
  lines.push(`  environment: &${name}-environment`);
  for (const variable of variables) {
    const text = linesAt(work, file.path, ['services', first, 'environment', variable]);
    if (!text) return undefined;
    lines.push(...indented(text, 4));
  }
  return lines;
};

const mergeLine = (name: string) => ({ kind: 'text', lines: [`<<: *${name}`], flow: undefined }) as const;

/** Merges the template into some members, all at once, and takes out of them what it says. */
const useTemplate = (
  work: Work,
  file: string,
  members: readonly string[],
  name: string,
  keys: readonly string[],
  variables: readonly string[],
): boolean => {
  const inEach = (paths: readonly ComposePath[]): readonly ComposePath[] =>
    members.flatMap((member) => paths.map((path) => ['services', member, ...path]));
  const merge = (path: ComposePath, merged: string, options?: (member: string) => InsertAtOptions): boolean =>
    insertAll(
      work,
      file,
      members.map((member) => ({
        path: ['services', member, ...path],
        kind: 'entry',
        content: mergeLine(merged),
        options: options?.(member) ?? {},
      })),
    );
  // From the end: a comment goes with the last of the lines below it.
  const shared = [...keys].reverse();
  if (!removeAllAt(work, file, inEach(shared.map((key) => [key]))) || !merge(['<<'], name)) return false;
  if (variables.length === 0) return true;
  const first = (member: string): InsertAtOptions => {
    const own = leavesIn(work, file, member).flatMap(({ path }) =>
      path[0] === 'environment' ? [String(path[1])] : [],
    );
    return { orderAt: () => ['<<', ...own] };
  };
  const given = [...variables].reverse();
  return (
    merge(['environment', '<<'], `${name}-environment`, first) &&
    removeAllAt(work, file, inEach(given.map((variable) => ['environment', variable])))
  );
};

/** Members that are merged at once: all of them, or each by itself where one would be left with nothing in between. */
const batchesOf = (
  work: Work,
  file: string,
  members: readonly string[],
  keys: readonly string[],
): readonly (readonly string[])[] => {
  const isEmptied = (member: string): boolean => {
    const service = serviceIn(work, file, member);
    return service?.kind !== 'mapping' || service.entries.size <= keys.length;
  };
  return members.some(isEmptied) ? members.map((member) => [member]) : [members];
};

/** The template stands where the services begin. */
const insertTemplate = (work: Work, file: string, name: string, lines: readonly string[]): boolean =>
  insert(
    work,
    file,
    [`x-${name}`],
    'entry',
    { kind: 'text', lines, flow: undefined },
    { orderAt: () => [`x-${name}`, 'services'] },
  );

/** Writes what the members of a family share once: an extension with an anchor, merged into each of them. */
export const extractTemplate = (work: Work, family: Family): void => {
  const { file, members } = family;
  if (work.decisions.anchors === false || !isWorthTemplate(family)) return;
  const hasOwnReferences = members.some((member) => {
    const place = placeIn(work, file.path, ['services', member]);
    return !place || hasReferences(place.node) || place.node.style !== 'block';
  });
  if (hasOwnReferences) return;
  alignProbes(work, family);
  const name = templateName(work, family);
  attempt(
    work,
    {
      id: `extract-anchor:${basename(file.path)}:${name}`,
      kind: 'extract-anchor',
      service: undefined,
      paths: members.map((member) => ['services', member]),
      from: file.path,
      to: file.path,
      reason: `${members.join(', ')} are alike but for a few values; ${family.shared.length} settings are written ${members.length} times.`,
      rule: 'repeated-configuration',
      effect: NO_CHANGE,
      claims: [],
      manual: [],
    },
    () => {
      const keys = sharedKeys(work, family);
      const hasVariables = members.every(
        (member) => serviceIn(work, file.path, member) && get(serviceIn(work, file.path, member), 'environment'),
      );
      if (
        hasVariables &&
        !keys.includes('environment') &&
        !members.every((member) => asMapping(work, file.path, member))
      )
        return false;
      const variables = keys.includes('environment') ? [] : sharedVariables(work, family);
      if (keys.length === 0) return false;
      const lines = templateOf(work, family, name, keys, variables);
      const isDone =
        lines &&
        batchesOf(work, file.path, members, keys).every((batch) =>
          useTemplate(work, file.path, batch, name, keys, variables),
        );
      return Boolean(isDone) && insertTemplate(work, file.path, name, lines ?? []);
    },
  );
};
