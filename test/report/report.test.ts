import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FORMATS, type Format } from '../../src/cli/render.js';
import { run, runIn } from '../run.js';

/** Folders whose findings are printed in every format, beside the outputs. */
const FIXTURES = new URL('../../fixtures/report/', import.meta.url).pathname;
/** Rules whose findings are shown here; the formats do not depend on which others there are. */
const RULES = ['duplicate-service', 'hardcoded-secret', 'latest-tag', 'obsolete-version', 'port-collision', 'schema'];
const ONLY = RULES.flatMap((id) => ['--only', id]);
const ENDINGS: Readonly<Record<Format, string>> = {
  pretty: 'txt',
  compact: 'txt',
  json: 'json',
  sarif: 'json',
  github: 'txt',
  gitlab: 'json',
  junit: 'xml',
  checkstyle: 'xml',
  rdjson: 'json',
  markdown: 'md',
  html: 'html',
};

/** A SARIF report without what it says about the rules, which are documented elsewhere. */
const withoutRules = (text: string): string =>
  `${JSON.stringify(
    JSON.parse(text, (key, value: unknown) => (key === 'rules' ? [] : value)),
    null,
    2,
  )}\n`;

/** A page without its style and its script, which are the same in all, and their hashes. */
const withoutLooks = (text: string): string =>
  text.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '<$1></$1>').replace(/sha256-[\w+/=]+/g, 'sha256-');

const SHOWN: Readonly<Partial<Record<Format, (text: string) => string>>> = { sarif: withoutRules, html: withoutLooks };

const cases = readdirSync(FIXTURES).flatMap((name) => FORMATS.map((format) => ({ name, format })));

test.each(cases)('$name as $format', async ({ name, format }) => {
  const folder = join(FIXTURES, name);
  const { out, err } = await runIn(folder, [...ONLY, '--format', format]);
  expect(err).toBe('');
  const shown = SHOWN[format]?.(out) ?? out;
  await expect(shown).toMatchFileSnapshot(join(folder, `expected.${format}.${ENDINGS[format]}`));
});

/** Columns that a line takes up in a terminal where wide characters take two; the oracle for the marks below. */
const columns = (text: string): number =>
  [...text].reduce(
    (sum, char) =>
      sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uff00-\uff60]|\p{Emoji_Presentation}/u.test(char) ? 2 : 1),
    0,
  );

describe('marks stand under what they mark', () => {
  test.each([
    ['ASCII', 'web'],
    ['wide characters', '数据库'],
    ['emoji', '🐘🐘'],
    ['combining marks', 'cafe\u0301'],
  ])('%s', async (_, note) => {
    const text = `services:\n  web: {hostname: "${note}", image: nginx}\n`;
    const { out } = await run(['--only', 'latest-tag'], { 'compose.yml': text });
    const lines = out.split('\n');
    const at = lines.findIndex((line) => line.includes('^'));
    const [source = '', marks = ''] = [lines[at - 1], lines[at]];
    const before = source.slice(0, source.indexOf('nginx'));
    expect(columns(before.normalize('NFC'))).toBe(marks.indexOf('^'));
    expect(marks.replace(/ +/g, ' ')).toBe(' | ^^^^^');
  });

  test('tabs', async () => {
    const { out } = await run(['--only', 'latest-tag'], {
      'compose.yml': 'services:\n  web: {\timage:\tnginx }\n',
    });
    expect(out.split('\n').slice(3, 5)).toEqual([
      '2 |   web: {    image:    nginx }',
      '  |                       ^^^^^',
    ]);
  });
});

test('many files are summed up by severity', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 8 }, (_, i) => [`compose.part${i}.yml`, `services:\n  web${i}:\n    image: nginx\n`]),
  );
  const { out } = await run(['--only', 'latest-tag'], files);
  expect(out.split('\n').slice(-5).join('\n')).toBe(
    'rule        errors  warnings  infos  total\nlatest-tag       ·         8      ·      8\n\nFound 8 problems (8 warnings) in 8 files.\n',
  );
});

test('colour changes nothing but the colour', async () => {
  const files = { 'compose.yml': 'services:\n  web:\n    image: nginx\n    build: {}\n  db:\n    image: postgres\n' };
  const plain = await run(['--color', 'never'], files);
  const coloured = await run(['--color', 'always'], files);
  expect(coloured.out).not.toBe(plain.out);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is the escape that starts a colour
  expect(coloured.out.replace(/\u001b\[\d+m/g, '')).toBe(plain.out);
});

test('a report written to a file is the one that would be printed', async () => {
  const files = { 'compose.yml': 'services:\n  web:\n    image: nginx\n' };
  const printed = await run(['--format', 'json'], files);
  const { out, written } = await run(['--format', 'json', '--output', 'report.json'], files);
  expect(out).toBe('');
  expect(written.get('/project/report.json')).toBe(printed.out);
});
