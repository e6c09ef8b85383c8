import { expect, test } from 'vitest';
import { CWD, run } from '../run.js';

const ARGS = ['--only', 'latest-tag', '--only', 'hardcoded-secret', '--format', 'compact'];
const FILE = 'base.json';
const WITH = [...ARGS, '--baseline', FILE];

const SHOP = `services:
  web:
    image: example/web
  api:
    image: example/api
    environment:
      - DB_PASSWORD=hunter2-and-more
`;

const BASELINE = `{
  "version": 1,
  "findings": [
    {"file":"compose.yml","rule":"hardcoded-secret","path":"services.api.environment[0]","count":1,"fingerprint":"SECRET"},
    {"file":"compose.yml","rule":"latest-tag","path":"services.api.image","count":1,"fingerprint":"API"},
    {"file":"compose.yml","rule":"latest-tag","path":"services.web.image","count":1,"fingerprint":"WEB"}
  ]
}
`;

const NAMES = ['SECRET', 'API', 'WEB', 'FOURTH'];

/** A baseline with names in the place of fingerprints. */
const named = (text: string): string => {
  const [...names] = NAMES;
  return text.replace(/(?<="fingerprint":")[0-9a-f]{16}/g, () => names.shift() ?? '');
};

const updated = async (files: Readonly<Record<string, string>>, args: readonly string[] = WITH): Promise<string> => {
  const { written, code } = await run([...args, '--update-baseline'], files);
  expect(code).toBe(0);
  return written.get(`${CWD}/${FILE}`) ?? '';
};

test('a baseline is sorted, a finding a line, without any secret', async () => {
  const { written, out, err, code } = await run([...WITH, '--update-baseline'], { 'compose.yml': SHOP });
  expect(named(written.get(`${CWD}/${FILE}`) ?? '')).toBe(BASELINE);
  expect({ out, err, code }).toEqual({
    out: 'No problems in 1 file.\n',
    err: 'base.json accepts 3 findings from now on.\n',
    code: 0,
  });
});

test('what it accepts is not reported, whatever is written above', async () => {
  const baseline = await updated({ 'compose.yml': SHOP });
  const edited = SHOP.replace(
    'services:\n',
    '# one\n# two\nname: shop\nservices:\n  new:\n    image: example/new:1\n',
  ).replace('      - DB', '      - A=1\n      - DB');
  expect(await run(WITH, { 'compose.yml': edited, [FILE]: baseline })).toMatchObject({
    out: 'No problems in 1 file.\n',
    err: '',
    code: 0,
  });
});

test('what is new is reported', async () => {
  const baseline = await updated({ 'compose.yml': SHOP });
  const { out, code } = await run(WITH, {
    'compose.yml': `${SHOP}      - API_TOKEN=hunter3-and-more\n`,
    [FILE]: baseline,
  });
  expect(out).toMatch(/^compose\.yml:8:19: error: [^\n]* \[hardcoded-secret\]\nFound 1 problem /);
  expect(code).toBe(1);
});

test('findings of one identity are counted', async () => {
  const two = `${SHOP}      - API_TOKEN=hunter3-and-more\n`;
  const baseline = await updated({ 'compose.yml': two });
  expect(baseline).toContain('"rule":"hardcoded-secret","path":"services.api.environment[0]","count":2,');
  expect((await run(WITH, { 'compose.yml': two, [FILE]: baseline })).out).toBe('No problems in 1 file.\n');
  const { out, err } = await run(WITH, { 'compose.yml': SHOP, [FILE]: baseline });
  expect(out).toBe('No problems in 1 file.\n');
  expect(err).toContain('hardcoded-secret is found once less than the baseline accepts\n');
});

test('what it accepts without need is told', async () => {
  const baseline = await updated({ 'compose.yml': SHOP });
  const { out, err, code } = await run(WITH, {
    'compose.yml': SHOP.replace('example/web', 'example/web:1'),
    [FILE]: baseline,
  });
  expect(err).toBe(
    'base.json: compose.yml, services.web.image: latest-tag is found once less than the baseline accepts\n' +
      'Run with --update-baseline to bring the baseline up to date.\n',
  );
  expect({ out, code }).toEqual({ out: 'No problems in 1 file.\n', code: 0 });
});

test('what a run did not look at is neither stale nor lost', async () => {
  const files = { 'a/compose.yml': SHOP, 'b/compose.yml': SHOP };
  const baseline = await updated(files, [...WITH, '-r']);
  const without = { 'a/compose.yml': 'services: {a: {image: "a:1"}}\n', 'b/compose.yml': SHOP, [FILE]: baseline };
  const one = [...WITH.filter((word) => word !== '--only' && word !== 'hardcoded-secret'), 'a'];
  const { err } = await run(['--only', 'latest-tag', ...one.slice(1)], without);
  expect(err.match(/^base\.json: a\/compose\.yml, [^:]*: latest-tag/gm)).toHaveLength(2);
  expect(err).not.toContain('b/compose.yml');
  expect(err).not.toContain('hardcoded-secret');
  const after = await updated(without, ['--only', 'latest-tag', ...one.slice(1)]);
  expect(JSON.parse(after).findings.map(({ file, rule }: { file: string; rule: string }) => `${file} ${rule}`)).toEqual(
    [
      'a/compose.yml hardcoded-secret',
      'b/compose.yml hardcoded-secret',
      'b/compose.yml latest-tag',
      'b/compose.yml latest-tag',
    ],
  );
});

test('entries of files that are gone are stale', async () => {
  const baseline = await updated({ 'compose.yml': SHOP, 'compose.dev.yml': 'services: {dev: {image: example/dev}}\n' });
  const { err } = await run(WITH, { 'compose.yml': SHOP, [FILE]: baseline });
  expect(err).toContain('base.json: compose.dev.yml, services.dev.image: latest-tag is found once less');
});

test.each([
  ['is not there', undefined, 'fog-lint: base.json: no such baseline\nWrite it with --update-baseline.\n'],
  [
    'is no JSON',
    '{',
    'fog-lint: base.json: this is not a baseline of fog-lint\nWrite it anew with --update-baseline.\n',
  ],
  [
    'is of another kind',
    '{"version":1,"findings":[{"rule":"a"}]}',
    'fog-lint: base.json: this is not a baseline of fog-lint\nWrite it anew with --update-baseline.\n',
  ],
])('a baseline that %s fails the run', async (_, text, message) => {
  const files = { 'compose.yml': SHOP, ...(text === undefined ? {} : { [FILE]: text }) };
  expect(await run(WITH, files)).toMatchObject({ out: '', err: message, code: 2 });
});

test('--update-baseline needs to know the file', async () => {
  const { err, code } = await run([...ARGS, '--update-baseline'], { 'compose.yml': SHOP });
  expect(err).toBe(
    'fog-lint: --update-baseline has no file to write\nName it with --baseline, for example --baseline fog-lint-baseline.json.\n',
  );
  expect(code).toBe(2);
});
