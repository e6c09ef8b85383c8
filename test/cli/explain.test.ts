import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type RunResult, run, runIn } from '../run.js';

const FOLDER = new URL('../../fixtures/explain/', import.meta.url).pathname;

const ENVIRONMENT = { TAG: '1', LISTED_NAME: 'given', API_TOKEN: 'tok_4f9a8b7c6d5e4f3a2b1c' };

/** Values of variables and files that are credentials: no output may hold one. */
const CREDENTIALS = ['swordfish-of-the-sea', 'hunter2hunter2', 'correct-horse-battery', ENVIRONMENT.API_TOKEN];

const explain = (...args: readonly string[]): Promise<RunResult> =>
  runIn(FOLDER, ['explain', ...args, 'compose.yaml', 'compose.prod.yaml'], { env: ENVIRONMENT });

/** A set with `!reset`, `!override`, values that env files give too, and a volume that nothing uses. */
const TAGS = join(FOLDER, 'tags');

const explainTags = (...args: readonly string[]): Promise<RunResult> => runIn(TAGS, ['explain', ...args], { env: {} });

const PATHS = [
  'services.backend.image',
  'services.backend.restart',
  'services.backend.ports',
  'services.backend.ports[1].published',
  'services.backend.environment',
  'services.backend.environment.LOG_LEVEL',
  'services.backend.environment.DATABASE_URL',
  'services.backend.environment.API_TOKEN',
  'services.backend.environment.STATIC_PASSWORD',
  'services.odd.environment.LISTED_NAME',
  'services.backend.environment.SESSION_SECRET',
  'services.backend.depends_on.db',
  'services.cache.image',
  'services.odd.labels.com.example.owner',
  'networks.default.name',
  'name',
];

test.each(PATHS)('explain %s', async (path) => {
  const { code, out, err } = await explain(path);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  await expect(out).toMatchFileSnapshot(join(FOLDER, 'expected', `${path}.txt`));
});

const PATHS_WITH_TAGS = [
  'services.web',
  'services.web.image',
  'services.web.mem_limit',
  'services.web.ports',
  'services.web.volumes',
  'services.web.command',
  'services.web.command[0]',
  'services.web.environment',
  'services.web.environment.MODE',
  'services.web.environment.LEVEL',
  'services.web.environment.DB_PASSWORD',
  'services.db.restart',
  'services.db.ports',
  'services.db.environment.OLD_PASSWORD',
  'volumes.unused',
  'volumes.cache',
];

test.each(PATHS_WITH_TAGS)('explain %s where tags take values out', async (path) => {
  const { code, out, err } = await explainTags(path);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  // How far comments are moved to the right depends on how long the path of this checkout is.
  await expect(out.replaceAll(TAGS, '$DIR').replace(/ +# /g, ' # ')).toMatchFileSnapshot(
    join(TAGS, 'expected', `${path}.txt`),
  );
});

/** A set with an include that has variables of its own, variables that are empty or not there, and what tags took out further up. */
const CHAIN = join(FOLDER, 'chain');

const PATHS_OF_CHAIN = [
  'services.db.image',
  'services.db.environment.POSTGRES_PASSWORD',
  'services.db.environment.POSTGRES_USER',
  'services.web',
  'services.web.ports[1]',
  'services.web.command[1]',
  'services.web.environment',
  'services.web.environment.OLD',
  'services.web.environment.FROM_HOST',
  'services.web.labels',
  'services.web.labels["a\\tb"]',
];

test.each(PATHS_OF_CHAIN)('explain %s in a chain', async (path) => {
  const { code, out, err } = await runIn(CHAIN, ['explain', path], { env: {} });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).not.toContain('battery-horse-staple');
  await expect(out).toMatchFileSnapshot(join(CHAIN, 'expected', `${path.replace(/["\\]/g, '')}.txt`));
});

test.each<[string, string]>([
  ['services.web.ports[5]', 'services.web.ports has no "5"'],
  ['services.web.ports[0].name', 'services.web.ports[0] has no "name"'],
  ['services.web.environment.NEVER', 'services.web.environment has no "NEVER"'],
])('what was never there was not taken out: %s', async (path, message) => {
  const { code, out, err } = await runIn(CHAIN, ['explain', path], { env: {} });
  expect([code, out, err.split('\n')[0]]).toEqual([2, '', `fog-lint: ${message}`]);
});

test('explain for programs shows no credential of an include', async () => {
  const { out } = await runIn(CHAIN, ['explain', 'services.db.environment.POSTGRES_PASSWORD', '--format', 'json'], {
    env: {},
  });
  expect(out).not.toContain('battery-horse-staple');
  expect(JSON.parse(out).variables).toEqual([
    { name: 'DB_PASSWORD', value: 'ba…le (20 characters)', from: 'db/db.env:2:1' },
  ]);
});

test('the story of the whole model starts with the first file', async () => {
  const { out } = await explain('');
  expect(out.split('\n').slice(0, 2)).toEqual(['the model: 4 entries', '1. compose.yaml:1:1 writes a part of it']);
});

test('explain for programs tells what was taken out, and what is not used', async () => {
  const removals = [
    {
      tag: '!reset',
      file: 'compose.override.yaml',
      line: 6,
      column: 14,
      endLine: 6,
      endColumn: 20,
      lost: { file: 'compose.yaml', line: 12, column: 14, endLine: 12, endColumn: 44 },
    },
  ];
  const removed = await explainTags('services.web.command', '--format', 'json');
  expect(JSON.parse(removed.out)).toEqual({ path: 'services.web.command', kind: 'removed', removals });
  const unused = await explainTags('volumes.unused', '--format', 'json');
  expect(JSON.parse(unused.out)).toMatchObject({ path: 'volumes.unused', unused: true });
  const kept = await explainTags('services.web.ports', '--format', 'json');
  expect(JSON.parse(kept.out).removals).toMatchObject([{ tag: '!override', line: 3 }]);
});

test('explain for programs', async () => {
  const { code, out } = await explain('services.backend.environment', '--format', 'json');
  expect(code).toBe(0);
  const { path, kind, children } = JSON.parse(out);
  expect({ path, kind, children: children.length }).toEqual({
    path: 'services.backend.environment',
    kind: 'mapping',
    children: 6,
  });
  await expect(out).toMatchFileSnapshot(join(FOLDER, 'expected', 'services.backend.environment.json'));
});

test('explain shows no credential', async () => {
  for (const path of PATHS)
    for (const format of ['pretty', 'json']) {
      const { out, err } = await explain(path, '--format', format);
      for (const credential of CREDENTIALS) expect(`${out}${err}`).not.toContain(credential);
    }
  for (const path of PATHS_WITH_TAGS) {
    const { out, err } = await explainTags(path);
    for (const credential of CREDENTIALS) expect(`${out}${err}`).not.toContain(credential);
  }
});

const WRONG: readonly (readonly [path: string, message: string])[] = [
  ['services.backend.prots', 'services.backend has no "prots"\nDid you mean "services.backend.ports"?\n'],
  ['servces.backend', 'the model has no "servces"\nDid you mean "services"?\n'],
  ['services.backend.ports[7]', 'services.backend.ports has no "7"\nDid you mean "services.backend.ports[0]"?\n'],
  ['services.cache.image.tag', 'services.cache.image has no "tag"\nservices.cache.image is a single value.\n'],
];

const ODD = {
  'compose.yml': `include: [other.yml]\nservices:\n  a:\n    extends: b\n    volumes: ["v:/v"]\n    labels: {${Array.from({ length: 23 }, (_, i) => `l${i}: x`).join(', ')}}\n  b: {image: b}\nvolumes: {v: {}}\n`,
  'other.yml': 'services: {c: {image: c}}\n',
};

test.each<[string, string]>([
  [
    'services.a.extends',
    'services.a has no "extends"\ndocker compose carries out `extends` while it loads the files: each value tells whether it came along.\n',
  ],
  [
    'include[0]',
    'the model has no "include"\ndocker compose carries out `include` while it loads the files: each value tells whether it came along.\n',
  ],
  ['services.a.volumes[0].volume.nocopy', 'services.a.volumes[0].volume has no "nocopy"\nIt is empty.\n'],
  [
    'services.a.labels.other',
    `services.a.labels has no "other"\nThere is ${Array.from({ length: 20 }, (_, i) => `services.a.labels.l${i}`).join(', ')}, and 3 more.\n`,
  ],
])('explain says why there is no %s', async (path, message) => {
  expect(await run(['explain', path], ODD)).toMatchObject({ code: 2, out: '', err: `fog-lint: ${message}` });
});

test.each(WRONG)('explain refuses %s', async (path, message) => {
  expect(await explain(path)).toMatchObject({ code: 2, out: '', err: `fog-lint: ${message}` });
});
