import { describe, expect, test } from 'vitest';
import { DEV_COMMAND } from '../src/lint/dev-settings.js';
import { ANY_FORM } from '../src/lint/secret-patterns.js';
import { OUTSIDE_OF_PAINT } from '../src/model/message.js';
import { regexesIn, regexesOfProgram } from './regex/find.js';
import { weaknessOf } from './regex/growth.js';

const FOUND = regexesOfProgram();

const LITERALS = new Map(
  FOUND.flatMap((found) => (found.kind === 'literal' ? [[`/${found.source}/${found.flags}`, found] as const] : [])),
);

/** Code that puts a pattern together, and a pattern that it may give, from the most hostile parts that can get there. */
const MADE: Readonly<Record<string, string>> = {
  'new RegExp(`(?<!\\\\d)${text}(?!\\\\d)`)': '(?<!\\d)11111(?!\\d)',
  'new RegExp(`\\\\$\\\\{?${name}(?!\\\\w)`)': `\\$\\{?${'A'.repeat(200)}(?!\\w)`,
  "new RegExp(`\\\\$\\\\{?${name}(?!\\\\w)`, 'g')": `\\$\\{?${'A'.repeat(200)}(?!\\w)`,
  'new RegExp(`^0.${base}$`)': '^0.[0-9a-fA-F_]+$',
  "new RegExp(PROVIDER_PATTERNS.map(({ pattern }) => `(?:${pattern.source})`).join('|'))": ANY_FORM.source,
  "new RegExp(DEV_COMMANDS.map(({ source }) => `(?:${source})`).join('|'))": DEV_COMMAND.source,
  "new RegExp(`(${PAINT.source})|${CONTROL.source}`, 'g')": OUTSIDE_OF_PAINT.source,
  // Patterns of the Compose schema, of which this is the most involved.
  "new RegExp(pattern, 'u')": 'always|never|refresh|every_([0-9]+[wdhms])+',
};

test('the regular expressions of the program are found', () => {
  expect(LITERALS.size).toBeGreaterThan(200);
  const text =
    "const a = /x+/gi;\n// /not/ this\nconst b = 'nor /this/', c = 1 / 2 / 3;\nconst d = new RegExp(`^${a}`), e = RegExp('y');\n";
  expect(regexesIn('a.ts', text)).toEqual([
    { kind: 'literal', file: 'a.ts', line: 1, source: 'x+', flags: 'gi' },
    { kind: 'made', file: 'a.ts', line: 4, code: 'new RegExp(`^${a}`)' },
    { kind: 'made', file: 'a.ts', line: 4, code: "RegExp('y')" },
  ]);
});

test('every pattern that is put together is known', () => {
  const made = FOUND.flatMap((found) => (found.kind === 'made' ? [found.code] : []));
  expect([...new Set(made)].sort()).toEqual(Object.keys(MADE).sort());
});

test('no regular expression takes more than linear time', () => {
  const weak = [...LITERALS].flatMap(([shown, { file, line, source, flags }]) => {
    const weakness = weaknessOf(source, flags);
    return weakness ? [`${file}:${line}: ${shown} ${JSON.stringify(weakness)}`] : [];
  });
  for (const [code, source] of Object.entries(MADE)) if (weaknessOf(source, '')) weak.push(code);
  expect(weak).toEqual([]);
}, 300_000);

describe('growth', () => {
  test.each([
    /(a+)+$/,
    /(?:a|a)*b/,
    /\s+$/,
    /^\s*,?\s*$/,
    /^(?:~)?\/[^\s:]*\/[^\s:]*$/,
    /\d+\.?\d*x/,
    /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i,
    /\/\.gnupg(?:\/.*)?$/,
    /(?:^|_)MAX_[A-Z_]+(?:_MS)?$/,
    /[a-z]+\d/g,
    /^_+|_+$/g,
  ])('of %s is seen', (pattern) => {
    expect(weaknessOf(pattern.source, pattern.flags)).toBeDefined();
  });

  test.each([/^\s+/, /^a+$/, /^[a-z]+\d+$/, /\b[A-Za-z0-9._-]{1,64}:/g, /a|b/g, /^(?:[a-z]+-)*[a-z]+$/, /\s{1,50}$/])(
    'of %s is linear',
    (pattern) => {
      expect(weaknessOf(pattern.source, pattern.flags)).toBeUndefined();
    },
  );
});
