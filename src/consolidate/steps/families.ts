import { contentAt } from '../../lint/edits/content.js';
import { columnAt, indented } from '../../lint/edits/lines.js';
import { hasReferences } from '../../lint/edits/place.js';
import { scalarText } from '../../lint/edits/scalar-text.js';
import { lineOf, pathKey } from '../../lint/leaves.js';
import { get } from '../../model/value.js';
import { resolvePlain } from '../../parse/scalar.js';
import type { TextEdit } from '../../source/edit.js';
import { withoutEnd } from '../../source/ends.js';
import { basename } from '../../source/path.js';
import { claimsAt, hasService } from '../claims.js';
import { NO_CHANGE } from '../operation.js';
import type { Family } from '../overlap.js';
import {
  apply,
  attempt,
  insert,
  leafAt,
  leavesIn,
  placeIn,
  removeAt,
  replaceAt,
  serviceIn,
  type Work,
} from '../work.js';

/** Members of a family, at least, for whom a template is written. */
const LEAST_MEMBERS = 3;

/** What the names of all members begin with: `betanet-mixnode` of `betanet-mixnode-1`, `-2`, `-3`. */
const commonName = (members: readonly string[]): string => {
  const [first = ''] = members;
  let length = first.length;
  for (const name of members) while (!name.startsWith(first.slice(0, length))) length -= 1;
  return withoutEnd(first.slice(0, length), '-_.0123456789') || `${first}-family`;
};

/** `NAME=value` in a list as the entry of a mapping; numbers that stay the same text need no quotes. */
const entryText = (item: string): string | undefined => {
  const equals = item.indexOf('=');
  if (equals < 1) return undefined;
  const value = item.slice(equals + 1);
  const { value: read } = resolvePlain(value);
  const isNumber = typeof read === 'number' && String(read) === value;
  return `${item.slice(0, equals)}: ${isNumber ? value : scalarText(value, 'plain', false)}`;
};

/** Writes the list of a service's variables as a mapping, which merges by name. */
export const asMapping = (work: Work, file: string, service: string): boolean => {
  const place = placeIn(work, file, ['services', service, 'environment']);
  if (!place || place.node.kind === 'mapping') return place !== undefined;
  if (place.node.kind !== 'sequence' || place.node.style !== 'block') return false;
  const edits: TextEdit[] = [];
  for (const { start, end, value } of place.node.items) {
    const text = value.kind === 'scalar' && value.properties.length === 0 ? entryText(value.text) : undefined;
    if (text === undefined || columnAt(place.source, start) < 0) return false;
    edits.push({ at: { source: place.source, start, end }, text });
  }
  // A list may stand at the column of its key, a mapping may not.
  const key = place.steps.at(-1)?.item;
  const [first] = place.node.items;
  if (key && first && columnAt(place.source, key.start) >= columnAt(place.source, first.start)) return false;
  return apply(work, edits);
};

/** Turns the settings that all members share into variables with today's values as defaults. */
export const tuneFamily = (work: Work, family: Family, taken: ReadonlySet<string>): void => {
  const { file, members } = family;
  if (work.decisions.tuning === false || members.length < LEAST_MEMBERS) return;
  for (const { path, text } of family.shared) {
    const name = String(path[1]);
    if (path[0] !== 'environment' || taken.has(name) || !/^[A-Z][A-Z0-9_]*$/.test(name) || !/^[\w.:/-]+$/.test(text))
      continue;
    attempt(
      work,
      {
        id: `use-variable:${name}`,
        kind: 'use-variable',
        service: undefined,
        paths: members.map((member) => ['services', member, ...path]),
        from: file.path,
        to: file.path,
        reason: `${members.length} services have the same ${name}; who wants another one has to find all of them.`,
        rule: 'hardcoded-tuning',
        effect: `${NO_CHANGE} ${name} can be set in .env.`,
        claims: [],
        manual: [],
      },
      () =>
        members.every((member) => {
          const leaf = leafAt(work, file.path, member, path);
          if (!leaf || leaf.isAliased) return false;
          const reference = `\${${name}:-${text}}`;
          const isItem = typeof leaf.real.at(-1) === 'number';
          return replaceAt(
            work,
            file.path,
            ['services', member, ...leaf.real],
            isItem ? `${name}=${reference}` : reference,
          );
        }),
    );
    if (work.operations.at(-1)?.id === `use-variable:${name}`)
      work.variables.set(name, { value: text, isSecret: false, usedBy: new Set(members) });
  }
};

/** The variable of a service whose value stands in its probe, in the place of which the probe can name the variable. */
const variableInProbe = (
  work: Work,
  file: string,
  member: string,
): { readonly name: string; readonly words: readonly string[] } | undefined => {
  const test = get(serviceIn(work, file, member), 'healthcheck', 'test');
  if (test?.kind !== 'sequence') return undefined;
  const words = test.items.map(lineOf);
  if (words[0] !== 'CMD' || !words.every((word) => /^[\w./:@=%+-]+$/.test(word))) return undefined;
  for (const { path, text } of leavesIn(work, file, member)) {
    if (path[0] !== 'environment' || !/^\d{2,5}$/.test(text)) continue;
    const name = String(path[1]);
    const number = new RegExp(`(?<!\\d)${text}(?!\\d)`);
    const isIn = words.some((word) => number.test(word));
    // Compose leaves `$$` to the shell in the container as `$`.
    const reference = `$\${${name}}`;
    if (isIn) return { name, words: words.map((word) => word.replace(number, () => reference)) };
  }
  return undefined;
};

/** Writes the probes of a family in the same words, where they differ in nothing but the value of a variable. */
const alignProbes = (work: Work, { file, members, shared }: Family): void => {
  if (shared.some(({ path }) => pathKey(path) === pathKey(['healthcheck', 'test']))) return;
  const probes = members.map((member) => variableInProbe(work, file.path, member));
  const texts = new Set(probes.map((probe) => probe?.words.slice(1).join(' ')));
  const [probe] = probes;
  if (!probe || texts.size !== 1) return;
  const line = probe.words.slice(1).join(' ');
  attempt(
    work,
    {
      id: `extract-anchor:${basename(file.path)}:probe`,
      kind: 'extract-anchor',
      service: undefined,
      paths: members.map((member) => ['services', member, 'healthcheck', 'test']),
      from: file.path,
      to: file.path,
      reason: `The probes of ${members.join(', ')} differ in nothing but the value of ${probe.name}.`,
      rule: 'repeated-configuration',
      effect: `The probe asks the shell in the container for ${probe.name}: the same request as before.`,
      claims: members.flatMap((member) =>
        claimsAt(work, ['services', member, 'healthcheck', 'test'], (pair) => hasService(pair, member)),
      ),
      manual: [],
    },
    () =>
      members.every((member) => {
        const place = placeIn(work, file.path, ['services', member, 'healthcheck', 'test']);
        if (!place) return false;
        const text = `["CMD-SHELL", ${JSON.stringify(line)}]`;
        return apply(work, [{ at: { source: place.source, start: place.node.start, end: place.node.end }, text }]);
      }),
  );
};

/** Keys of a service that are the same, as a whole, in all members. */
const sharedKeys = (work: Work, { file, members }: Family): readonly string[] => {
  const [first = ''] = members;
  const service = serviceIn(work, file.path, first);
  if (service?.kind !== 'mapping') return [];
  return [...service.entries.keys()].filter((key) => {
    const texts = members.map((member) => {
      const value = get(serviceIn(work, file.path, member), key);
      return value && lineOf(value);
    });
    return texts.every((text) => text !== undefined && text === texts[0]) && key !== 'depends_on';
  });
};

const sharedVariables = (work: Work, { file, members }: Family): readonly string[] => {
  const [first = '', ...others] = members;
  return leavesIn(work, file.path, first).flatMap(({ path, text }) => {
    const isShared =
      path[0] === 'environment' && others.every((other) => leafAt(work, file.path, other, path)?.text === text);
    return isShared ? [String(path[1])] : [];
  });
};

const linesAt = (work: Work, file: string, path: readonly string[]): readonly string[] | undefined => {
  const place = placeIn(work, file, path);
  const content = place && contentAt(place);
  return content?.kind === 'text' ? content.lines : undefined;
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

const useTemplate = (
  work: Work,
  file: string,
  member: string,
  name: string,
  keys: readonly string[],
  variables: readonly string[],
): boolean => {
  if (!keys.every((key) => removeAt(work, file, ['services', member, key]))) return false;
  if (!insert(work, file, ['services', member, '<<'], 'entry', mergeLine(name))) return false;
  if (variables.length === 0) return true;
  const own = leavesIn(work, file, member).flatMap(({ path }) => (path[0] === 'environment' ? [String(path[1])] : []));
  const first = { orderAt: () => ['<<', ...own] };
  return (
    insert(work, file, ['services', member, 'environment', '<<'], 'entry', mergeLine(`${name}-environment`), first) &&
    variables.every((variable) => removeAt(work, file, ['services', member, 'environment', variable]))
  );
};

/** Writes what the members of a family share once: an extension with an anchor, merged into each of them. */
export const extractTemplate = (work: Work, family: Family): void => {
  const { file, members } = family;
  if (work.decisions.anchors === false || members.length < LEAST_MEMBERS) return;
  const hasOwnReferences = members.some((member) => {
    const place = placeIn(work, file.path, ['services', member]);
    return !place || hasReferences(place.node) || place.node.style !== 'block';
  });
  if (hasOwnReferences) return;
  alignProbes(work, family);
  const name = commonName(members);
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
      const isDone = lines && members.every((member) => useTemplate(work, file.path, member, name, keys, variables));
      return Boolean(isDone) && insertTemplate(work, file.path, name, lines ?? []);
    },
  );
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
