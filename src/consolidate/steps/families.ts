import { columnAt } from '../../lint/edits/lines.js';
import { scalarText } from '../../lint/edits/scalar-text.js';
import { lineOf, pathKey } from '../../lint/leaves.js';
import { secretsIn } from '../../lint/secrets.js';
import type { ComposePath } from '../../model/path.js';
import { get } from '../../model/value.js';
import { resolvePlain } from '../../parse/scalar.js';
import type { TextEdit } from '../../source/edit.js';
import { basename } from '../../source/path.js';
import { claimsAt, hasService } from '../claims.js';
import { NO_CHANGE } from '../operation.js';
import type { Family } from '../overlap.js';
import { apply, attempt, leafAt, leavesIn, placeIn, replaceAt, rootOf, serviceIn, type Work } from '../work.js';

/** Members of a family, at least, whose common settings become variables, and whose probes are written in the same words. */
export const LEAST_MEMBERS = 3;

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
export const tuneFamily = (work: Work, family: Family, taken: ReadonlyMap<string, string | undefined>): void => {
  const { file, members } = family;
  if (work.decisions.tuning === false || members.length < LEAST_MEMBERS) return;
  const root = rootOf(work.texts.get(file.path));
  const credentials = new Set((root ? secretsIn(root) : []).map(({ path }) => pathKey(path)));
  // As a default a credential would stay in the file, and get into the example.
  const isCredential = (member: string, path: ComposePath): boolean => {
    const leaf = leafAt(work, file.path, member, path);
    return leaf !== undefined && credentials.has(pathKey(['services', member, ...leaf.real]));
  };
  for (const { path, text } of family.shared) {
    const name = String(path[1]);
    if (path[0] !== 'environment' || taken.has(name) || !/^[A-Z][A-Z0-9_]*$/.test(name) || !/^[\w.:/-]+$/.test(text))
      continue;
    if (members.some((member) => isCredential(member, path))) continue;
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
export const alignProbes = (work: Work, { file, members, shared }: Family): void => {
  if (members.length < LEAST_MEMBERS) return;
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
