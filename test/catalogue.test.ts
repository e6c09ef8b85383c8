import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.js';

/** The draft that the rules were made from, where it is there. */
const DRAFT = new URL('../../shared/design/rules.md', import.meta.url);

/** What was planned for a rule; fields that the draft leaves open are absent. */
type Planned = {
  readonly severities: readonly string[];
  readonly preset: string;
  readonly fix: string;
};

const SEVERITY: Readonly<Record<string, string>> = { E: 'error', W: 'warning', I: 'info' };

const isId = (word: string): boolean => /^[a-z]+(?:-[a-z]+)+$/.test(word) || word === 'schema' || word === 'privileged';

const severitiesIn = (text: string): readonly string[] =>
  [...text.matchAll(/(?<![\w-])([EWI])(?![\w-])/g)].map(([, letter = '']) => SEVERITY[letter] ?? '');

const presetIn = (text: string): string => {
  if (/\boff\b(?! in)/.test(text)) return 'all';
  return /\bstrict\b(?! for)/.test(text) ? 'strict' : 'recommended';
};

const fixIn = (text: string): string => {
  const [, letter] = /(?:^|[,;/(:\s])([su])(?=[,;:)]|$| for)/.exec(text) ?? [];
  return letter === undefined ? 'none' : letter === 's' ? 'safe' : 'unsafe';
};

/** Rules of the table: id, scope, level, fix. */
function* fromTable(draft: string): Generator<readonly [string, Planned]> {
  for (const [, id = '', level = '', fix = ''] of draft.matchAll(
    /^\| ([a-z-]+) \| [A-Z, ]+ \| ([^|]*) \| ([^|]*) \|/gm,
  ))
    if (id !== 'id') yield [id, { severities: severitiesIn(level), preset: 'recommended', fix: fixIn(fix.trim()) }];
}

const SECTIONS = ['Correctness', 'Cross-file', 'Security', 'Reliability and upkeep'];

/** Rules of the lists: names, then in parentheses the level, the fix and the preset of all of them. */
function* fromLists(draft: string): Generator<readonly [string, Planned]> {
  const sections = draft.split(/^## /m).filter((text) => SECTIONS.some((title) => text.startsWith(title)));
  for (const section of sections)
    for (const entry of section.replace(/^.*\n/, '').replaceAll('\n', ' ').split(' · ')) {
      const ids = [...entry.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word).filter(isId);
      const inside = [...entry.matchAll(/\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g)].map(([, text]) => text).join('; ');
      const planned = { severities: severitiesIn(inside), preset: presetIn(inside), fix: fixIn(inside) };
      for (const id of ids) yield [id, planned];
    }
}

/** Rows of the page that says where the rules are others than planned, and why: `| id | field | planned | built | why |`. */
const DEVIATIONS = readFileSync(new URL('../rules/DEVIATIONS.md', import.meta.url), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, id, field, planned, built, why] = line.split('|').map((cell) => cell.trim());
    return id && why && id !== 'rule' && !id.startsWith('-') ? [{ id, field, planned, built, why }] : [];
  });

const rowOf = (id: string, field: string, planned: string, built: string): string =>
  `${id}: ${field} ${planned} → ${built}`;

describe.skipIf(!existsSync(DRAFT))('beside the draft of the catalogue', () => {
  const draft = existsSync(DRAFT) ? readFileSync(DRAFT, 'utf8') : '';
  const planned = new Map([...fromLists(draft), ...fromTable(draft)]);
  const built = new Map(rules.map(({ meta }) => [meta.id, meta]));

  test('every planned rule is built', () => {
    expect(planned.size).toBeGreaterThan(75);
    expect([...planned.keys()].filter((id) => !built.has(id))).toEqual([]);
  });

  test('level, preset and fix are as planned, but for what the page says', () => {
    const found = [...planned].flatMap(([id, { severities, preset, fix }]) => {
      const meta = built.get(id);
      if (!meta) return [];
      return [
        ...(severities.length === 0 || severities.includes(meta.severity)
          ? []
          : [rowOf(id, 'level', severities.join(' or '), meta.severity)]),
        ...(preset === meta.preset ? [] : [rowOf(id, 'preset', preset, meta.preset)]),
        ...(fix === meta.fix ? [] : [rowOf(id, 'fix', fix, meta.fix)]),
      ];
    });
    const told = DEVIATIONS.map(({ id, field = '', planned: was = '', built: is = '' }) => rowOf(id, field, was, is));
    expect(found.sort()).toEqual(told.sort());
  });
});

test('what the page on deviations says of rules is what they are', () => {
  expect(DEVIATIONS.length).toBeGreaterThan(0);
  for (const { id, field, built } of DEVIATIONS) {
    const meta = rules.find((rule) => rule.meta.id === id)?.meta;
    expect(`${id}: ${field === 'level' ? meta?.severity : field === 'preset' ? meta?.preset : meta?.fix}`).toBe(
      `${id}: ${built}`,
    );
  }
});

test('the page on precision has a row for every rule', () => {
  const page = readFileSync(new URL('../rules/PRECISION.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| ([a-z-]*[a-z]) \|/gm)].map(([, id]) => id).filter((id) => id !== 'rule');
  expect(rows).toEqual(rules.map(({ meta }) => meta.id).sort());
});
