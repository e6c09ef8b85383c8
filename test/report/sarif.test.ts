import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.js';
import { exampleFiles, rulePage } from '../../src/lint/rule-page.js';
import { CWD, optionsFor, run, runIn } from '../run.js';

const FIXTURES = new URL('../../fixtures/', import.meta.url).pathname;

/** What is read of a SARIF log here. */
type Region = { readonly startLine: number; startColumn: number; endLine: number; endColumn: number };
type Log = {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly Readonly<Record<string, unknown>>[] } };
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly partialFingerprints: Readonly<Record<string, string>>;
        readonly suppressions: readonly Readonly<Record<string, unknown>>[];
        readonly locations: readonly {
          readonly physicalLocation: {
            readonly artifactLocation: { readonly uri: string };
            readonly region: Region;
          };
        }[];
        readonly fixes?: readonly {
          readonly description: { readonly text: string };
          readonly artifactChanges: readonly {
            readonly artifactLocation: { readonly uri: string };
            readonly replacements: readonly {
              readonly deletedRegion: Region;
              readonly insertedContent: { readonly text: string };
            }[];
          }[];
        }[];
      }[];
    },
  ];
};

// Its dialect of JSON Schema is older than what ajv knows by that name.
const { $schema: _, id: __, ...draft } = schema;
const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(draft);

const sarif = async (files: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Log> => {
  const { out } = await run(['--format', 'sarif', ...args], files);
  return JSON.parse(out) as Log;
};

const folders = (area: string): readonly string[] =>
  readdirSync(join(FIXTURES, area)).map((name) => join(FIXTURES, area, name));

describe('the schema of SARIF 2.1.0 holds', () => {
  test('and can be broken', () => {
    expect(validate({ version: '2.1.0', runs: [{ tool: {} }] })).toBe(false);
  });

  test.each([...folders('report'), join(FIXTURES, 'fog-compute/before'), join(FIXTURES, 'fog-compute/after')])(
    'for %s',
    async (folder) => {
      const { out } = await runIn(folder, ['--format', 'sarif']);
      validate(JSON.parse(out));
      expect(validate.errors).toBe(null);
    },
  );

  test.each(rules.map(({ meta }) => meta))('for the bad example of $id', async ({ id, bad, description }) => {
    const files = exampleFiles(bad);
    const log = await sarif(files, '--only', id, ...optionsFor(files));
    validate(log);
    expect(validate.errors).toBe(null);
    const [{ tool, results }] = log.runs;
    expect(results.map(({ ruleIndex }) => tool.driver.rules[ruleIndex]?.['id'])).toEqual(
      results.map(({ ruleId }) => ruleId),
    );
    const rule = tool.driver.rules.find((one) => one['id'] === id);
    expect(rule?.['fullDescription']).toMatchObject({ markdown: description });
    expect(rule?.['help']).toMatchObject({
      markdown: rulePage(rules.find(({ meta }) => meta.id === id)?.meta ?? fail()),
    });
  });
});

const fail = (): never => {
  throw new Error('there is no such rule');
};

/** The text with regions replaced as SARIF says it: lines and columns count from 1, ends are exclusive. */
const replaced = (
  text: string,
  replacements: readonly { readonly deletedRegion: Region; readonly insertedContent: { readonly text: string } }[],
): string => {
  const lines = text.split(/(?<=\r\n|\n|\r(?!\n))/);
  const offset = (line: number, column: number): number => lines.slice(0, line - 1).join('').length + column - 1;
  return [...replacements].reverse().reduce((changed, { deletedRegion: at, insertedContent }) => {
    const [from, to] = [offset(at.startLine, at.startColumn), offset(at.endLine, at.endColumn)];
    return changed.slice(0, from) + insertedContent.text + changed.slice(to);
  }, text);
};

test.each([['\n'], ['\r\n']])('fixes are what --fix does, lines broken by %j', async (lineBreak) => {
  const text =
    'version: "3"\n# ünïcode 🐘\nservices:\n  web: {hostname: "🐘", image: "example/web:1", ports: [80]}\n'.replaceAll(
      '\n',
      lineBreak,
    );
  const files = { 'my stack/compose.yml': text };
  const [{ results }] = (await sarif(files, '-r', '--only', 'obsolete-version')).runs;
  const [change] = results[0]?.fixes?.[0]?.artifactChanges ?? [];
  expect(change?.artifactLocation).toEqual({ uri: 'my%20stack/compose.yml', uriBaseId: '%SRCROOT%' });
  const { written } = await run(['-r', '--fix', '--only', 'obsolete-version'], files);
  expect(replaced(text, change?.replacements ?? [])).toBe(written.get(`${CWD}/my stack/compose.yml`));
});

/** Two development settings in a base; the first one's text holds a credential. */
const MOVED = {
  'docker-compose.yml': `services:
  api:
    image: example/api:1
    environment:
      DEBUG: postgres://app:correct-horse-battery@db/app # why
      RUST_BACKTRACE: "1"
`,
  'docker-compose.override.yml': 'services:\n  api:\n    environment:\n      A: b\n',
};

describe('a fix is a SARIF fix', () => {
  const titles = ({ runs: [{ results }] }: Log): readonly string[] =>
    results.flatMap(({ fixes = [] }) => fixes.map(({ description }) => description.text));

  test('unless it shows a credential that it moves', async () => {
    const only = ['--only', 'dev-settings-in-base'];
    const compact = await run([...only, '--format', 'json'], MOVED);
    expect(compact.out.match(/"title"/g)).toHaveLength(2);
    expect(titles(await sarif(MOVED, ...only))).toEqual([
      'Move it to docker-compose.override.yml; "base" loses it (unsafe)',
    ]);
  });

  test('nor does one that a comment keeps silent', async () => {
    const text = MOVED['docker-compose.yml'].replace('# why', '# fog-lint-disable-line dev-settings-in-base');
    const { out } = await run(['--format', 'sarif', '--only', 'dev-settings-in-base', '--only', 'unused-suppression'], {
      ...MOVED,
      'docker-compose.yml': text.replace('      RUST_BACKTRACE: "1"\n', ''),
    });
    expect(out).toContain('"kind": "inSource"');
    expect(out).not.toContain('correct-horse-battery');
  });

  test('unless it needs variables or files beside its edits', async () => {
    const files = {
      'compose.yml': 'services: {db: {image: "postgres:16", environment: {POSTGRES_PASSWORD: hunter2-and}}}\n',
    };
    const only = ['--only', 'hardcoded-secret'];
    expect((await run([...only, '--format', 'json'], files)).out).toContain('"title": "Move the credential to .env');
    expect(titles(await sarif(files, ...only))).toEqual([]);
  });
});

describe('fingerprints', () => {
  const WARNED = 'services:\n  web:\n    image: example/web:1\n    ports: ["81:80", "82:80", "83:80"]\n';
  const prints = async (text: string, ...args: readonly string[]): Promise<readonly string[]> =>
    (await sarif({ 'compose.yml': text }, '--only', 'unbound-port', ...args)).runs[0].results.map(
      ({ partialFingerprints }) => partialFingerprints['fogLint/v1'] ?? '',
    );

  test('are told apart by their number, and do not move with lines', async () => {
    const found = await prints(WARNED);
    const [first = ''] = found;
    expect(first).toMatch(/^[0-9a-f]{16}:1$/);
    expect(new Set(found).size).toBe(found.length);
    expect(await prints(`# one\n# two\n${WARNED}`)).toEqual(found);
  });

  test('stay what they are when a comment silences one of them', async () => {
    const lines = WARNED.replace('["81:80", "82:80", "83:80"]', '\n      - "81:80"\n      - "82:80"\n      - "83:80"');
    const silenced = lines.replace('"81:80"\n', '"81:80" # fog-lint-disable-line unbound-port\n');
    expect(silenced).not.toBe(lines);
    expect(await prints(silenced)).toEqual(await prints(lines));
  });
});

test('what concerns no file is told at the top of the first one', async () => {
  const [{ results }] = (await sarif({ 'compose.yml': 'services: {web: {image: "a:1"}}\n' }, '--project-name', 'A b'))
    .runs;
  expect(results[0]?.locations[0]?.physicalLocation).toEqual({
    artifactLocation: { uri: 'compose.yml', uriBaseId: '%SRCROOT%' },
    region: { startLine: 1, startColumn: 1 },
  });
});

test('addresses start from the root of the repository, wherever fog-lint is run', async () => {
  const { out } = await runIn(join(FIXTURES, 'report/non-ascii'), ['--format', 'sarif', '--only', 'latest-tag']);
  const [{ results }] = (JSON.parse(out) as Log).runs;
  expect(results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe('fixtures/report/non-ascii/compose.yml');
});

test('what a baseline accepts is suppressed from outside', async () => {
  const files = { 'compose.yml': 'services: {web: {image: nginx}}\n' };
  const only = ['--only', 'latest-tag', '--baseline', 'base.json'];
  const { written } = await run([...only, '--update-baseline'], files);
  const baseline = written.get(`${CWD}/base.json`) ?? '';
  const [{ results }] = (await sarif({ ...files, 'base.json': baseline }, ...only)).runs;
  expect(results.map(({ suppressions }) => suppressions)).toEqual([[{ kind: 'external', status: 'accepted' }]]);
});

test('--quiet leaves out what is no error, silent or not', async () => {
  const text = 'services:\n  web: {image: nginx}\n  db: {image: nginx} # fog-lint-disable-line latest-tag\n';
  const log = await sarif({ 'compose.yml': text }, '--only', 'latest-tag', '--quiet');
  expect(log.runs[0].results).toEqual([]);
  expect((await sarif({ 'compose.yml': text }, '--only', 'latest-tag')).runs[0].results).toHaveLength(2);
});
