import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type RunResult, runIn } from '../run.js';

const FOLDER = new URL('../../fixtures/explain/', import.meta.url).pathname;

const ENVIRONMENT = { TAG: '1', API_TOKEN: 'tok_4f9a8b7c6d5e4f3a2b1c' };

/** Values of variables and files that are credentials: no output may hold one. */
const CREDENTIALS = ['swordfish-of-the-sea', 'hunter2hunter2', 'correct-horse-battery', ENVIRONMENT.API_TOKEN];

const explain = (...args: readonly string[]): Promise<RunResult> =>
  runIn(FOLDER, ['explain', ...args, 'compose.yaml', 'compose.prod.yaml'], { env: ENVIRONMENT });

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
});

const WRONG: readonly (readonly [path: string, message: string])[] = [
  ['services.backend.prots', 'services.backend has no "prots"\nDid you mean "services.backend.ports"?\n'],
  ['servces.backend', 'the model has no "servces"\nDid you mean "services"?\n'],
  ['services.backend.ports[7]', 'services.backend.ports has no "7"\nDid you mean "services.backend.ports[0]"?\n'],
  ['services.cache.image.tag', 'services.cache.image has no "tag"\nservices.cache.image is a single value.\n'],
];

test.each(WRONG)('explain refuses %s', async (path, message) => {
  expect(await explain(path)).toMatchObject({ code: 2, out: '', err: `fog-lint: ${message}` });
});
