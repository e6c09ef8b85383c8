import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { consolidate } from '../../src/consolidate/consolidate.js';
import { basename } from '../../src/source/path.js';
import { run } from '../run.js';
import { repositoryOf, runFor } from './disk.js';
import { openTexts } from './open.js';
import { type Files, outcome } from './outcome.js';

/** An overlay with a database of its own that is to become the base's. */
const MERGED: Files = {
  'compose.yaml':
    'services:\n  db:\n    image: example/db:1\n    volumes:\n      - db_data:/data\nvolumes:\n  db_data:\n',
  'compose.extra.yaml':
    'services:\n  job:\n    image: example/job:1\n  db:\n    image: example/db:1\n    volumes:\n      - db_other:/data\nvolumes:\n  db_other:\n',
  'fog-lint.yaml': 'decisions: {merge: [db]}\n',
};

describe('volumes', () => {
  const files = (decision: string): Files => ({
    'compose.yaml':
      'services:\n  a:\n    image: example/a:1\n    volumes:\n      - a_data:/data\n      - a_logs:/logs\n      - b-data:/more # old\nvolumes:\n  a_data:\n  a_logs:\n  b-data:\n',
    'fog-lint.yaml': decision,
  });

  test('get a key in the usual style, and keep the name that Docker knows', () => {
    expect(outcome(files(''))).toMatchInlineSnapshot(`
      "
      proven
      rename-volume: No stack changes. The key is b_data; \`name:\` keeps the volume that Docker knows as \${COMPOSE_PROJECT_NAME}_b-data.
      === compose.yaml
      services:
        a:
          image: example/a:1
          volumes:
            - a_data:/data
            - a_logs:/logs
            - b_data:/more # old
      volumes:
        a_data:
        a_logs:
        b_data:
          name: \${COMPOSE_PROJECT_NAME}_b-data
      "
    `);
  });

  test('are copied by hand where that is decided', () => {
    expect(outcome(files('decisions: {volumes: copy}\n'))).toMatchInlineSnapshot(`
      "
      proven
      rename-volume: The key is b_data, and so is the volume: copy the data by hand before anything is started.
        $ docker volume create project_b_data
        $ docker run --rm -v project_b-data:/from:ro -v project_b_data:/to alpine cp -a /from/. /to
      default: services.a.volumes./more: {"source":"project_b-data","target":"/more","type":"volume","volume":{}} → {"source":"project_b_data","target":"/more","type":"volume","volume":{}}
      default: volumes.project_b-data.name: project_b-data → null
      default: volumes.project_b_data.name: null → project_b_data
      === compose.yaml
      services:
        a:
          image: example/a:1
          volumes:
            - a_data:/data
            - a_logs:/logs
            - b_data:/more # old
      volumes:
        a_data:
        a_logs:
        b_data:
      "
    `);
  });

  test('of a duplicate that is merged are named, with the commands that save and remove them', () => {
    expect(outcome(MERGED)).toMatchInlineSnapshot(`
      "
      proven
      merge-duplicate of db: Gone from compose.extra.yaml: volumes["/data"] (one volume, db_data, for /data). What is in the volume project_db_other is not mounted any longer.
        $ docker run --rm -v project_db_other:/from:ro -v "$PWD":/to alpine tar czf /to/project_db_other.tgz -C /from .
        $ docker volume rm project_db_other
      extra: services.db.volumes./data: {"source":"project_db_other","target":"/data","type":"volume","volume":{}} → {"source":"project_db_data","target":"/data","type":"volume","volume":{}}
      extra: volumes.project_db_other.name: project_db_other → null
      extra: volumes.project_db_data.name: null → project_db_data
      === compose.extra.yaml
      services:
        job:
          image: example/job:1
      "
    `);
  });

  test('that are copied by hand are told of in the plan, the report and the data', async () => {
    const commands =
      '# rename-volume:b-data\ndocker volume create project_b_data\ndocker run --rm -v project_b-data:/from:ro -v project_b_data:/to alpine cp -a /from/. /to\n';
    const copied = files('decisions: {volumes: copy}\n');
    expect((await run(['consolidate'], copied)).out).toContain(`## By hand\n\n\`\`\`bash\n${commands}`);
    const report = (await run(['report'], copied)).out;
    expect(report).toContain(`By hand, operation by operation:\n\n\`\`\`bash\n${commands}`);
    expect(report).toContain(
      '| high | a volume under another name is empty | `rename-volume:b-data` | its data is copied with the commands given, before anything is started |',
    );
    const { out } = await run(['consolidate', '--format', 'json'], copied);
    const { workspaces } = JSON.parse(out) as { workspaces: readonly { operations: readonly { manual: unknown }[] }[] };
    expect(workspaces[0]?.operations.map(({ manual }) => manual)).toEqual([commands.trim().split('\n').slice(1)]);
    expect((await run(['consolidate'], files(''))).out).not.toContain('By hand');
  });

  test('of a duplicate are named in plan and report, and saved before they are removed', async () => {
    for (const command of ['consolidate', 'report']) {
      const { out } = await run([command], MERGED);
      expect(out).toContain('What is in the volume project_db_other is not mounted any longer.');
      expect(out).toContain(
        '# merge-duplicate:compose.extra.yaml:db\ndocker run --rm -v project_db_other:/from:ro -v "$PWD":/to alpine tar czf /to/project_db_other.tgz -C /from .\ndocker volume rm project_db_other\n',
      );
    }
  });
});

describe('credentials', () => {
  const SECRET =
    'services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: s3cret-Pa55\n  web:\n    image: example/web:1\n    environment:\n      - DATABASE_URL=postgres://u:s3cret-Pa55@db/x\n';

  test('become variables; their values go to .env, their names to .env.example', () => {
    expect(outcome({ 'compose.yaml': SECRET })).toMatchInlineSnapshot(`
      "
      proven
      use-variable of db: No stack changes. The value is in .env, which git ignores. Whoever has the repository's history has it still: change it.
      === compose.yaml
      services:
        db:
          image: postgres:16
          environment:
            POSTGRES_PASSWORD: \${POSTGRES_PASSWORD}
        web:
          image: example/web:1
          environment:
            - DATABASE_URL=postgres://u:\${POSTGRES_PASSWORD}@db/x

      === .env.example
      # Variables of the Compose files. Copy this file to .env and fill in what is empty; git ignores .env.

      # db, web
      POSTGRES_PASSWORD=

      === .env
      POSTGRES_PASSWORD=s3cret-Pa55

      === .gitignore
      .env
      "
    `);
  });

  test('are added to the env files that are there', () => {
    const { plan } = consolidate(
      openTexts({ 'compose.yaml': SECRET, '.env': 'A=1', '.env.example': 'A=\n', '.gitignore': '.env\n' }),
    );
    const texts = [...plan.changes].map(([path, source]) => `${basename(path)}: ${source?.text}`);
    expect(texts.slice(1)).toEqual([
      '.env.example: A=\n\n# db, web\nPOSTGRES_PASSWORD=\n',
      '.env: A=1\nPOSTGRES_PASSWORD=s3cret-Pa55\n',
    ]);
  });

  test('stay where a service takes in all of .env, and a question is asked', () => {
    const { plan } = consolidate(openTexts({ 'compose.yaml': `${SECRET}    env_file: .env\n`, '.env': 'A=1\n' }));
    expect(plan.changes.size).toBe(0);
    expect(plan.questions.map(({ id }) => id)).toEqual(['secrets']);
  });

  test('get a name of their own where theirs is taken', () => {
    const { plan } = consolidate(openTexts({ 'compose.yaml': SECRET, '.env': 'POSTGRES_PASSWORD=other\n' }));
    expect(plan.operations.map(({ id }) => id)).toEqual(['use-variable:DB_POSTGRES_PASSWORD']);
  });

  const KINDS: Files = {
    'compose.yaml': `${SECRET}  cache:
    image: redis:7
    command: redis-server --requirepass 9-Redis-Pa55
    environment:
      API_TOKEN: "t0ken-Value-1"
      SMTP_PASSWORD: changeme
`,
    'compose.prod.yaml': 'services:\n  web:\n    environment:\n      - SESSION_SECRET=k3y-0f-Pr0d\n',
  };
  const VALUES = ['s3cret-Pa55', '9-Redis-Pa55', 't0ken-Value-1', 'changeme', 'k3y-0f-Pr0d'];

  let folder = '';
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const textIn = (path: string): string => readFileSync(join(folder, path), 'utf8');

  test('end in .env, for its owner only and ignored by git, and in no other file', async () => {
    folder = repositoryOf({ ...KINDS, '.gitignore': 'node_modules/' });
    expect((await runFor(['consolidate', '--write'], folder)).code).toBe(0);
    expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600);
    expect(textIn('.gitignore')).toBe('node_modules/\n.env\n');
    for (const value of VALUES) {
      expect(textIn('.env').split(value)).toHaveLength(2);
      for (const path of ['compose.yaml', 'compose.prod.yaml', '.env.example'])
        expect(textIn(path)).not.toContain(value);
    }
  });

  test('leave no copy of .env beside it, which git would take in', async () => {
    folder = repositoryOf({ ...KINDS, '.env': 'A=1\n' });
    expect((await runFor(['consolidate', '--write'], folder)).code).toBe(0);
    expect(textIn('.env')).toMatch(/^A=1\nPOSTGRES_PASSWORD=s3cret-Pa55\n/);
    expect(existsSync(join(folder, '.env.bak'))).toBe(false);
    expect(existsSync(join(folder, 'compose.yaml.bak'))).toBe(true);
  });

  test('are ignored by git in the folder of --out, too', async () => {
    folder = repositoryOf({ ...KINDS, '.gitignore': '/.env\n' });
    expect((await runFor(['consolidate', '--out', 'layout'], folder)).code).toBe(0);
    expect(statSync(join(folder, 'layout/.env')).mode & 0o777).toBe(0o600);
    expect(textIn('layout/.gitignore')).toBe('.env\n');
  });

  test('have to be changed: plan and report say so, and neither shows them', async () => {
    const plan = (await run(['consolidate'], KINDS)).out;
    expect(plan).toContain(
      'Credentials go to `.env`, which git ignores; where there is none yet, it is readable for its owner only. Whoever has the history of the repository has them still: change them.\n',
    );
    const report = (await run(['report'], KINDS)).out;
    expect(report).toContain(
      '; credentials that were in the files are changed, since the history of the repository keeps them.\n',
    );
    for (const value of VALUES) for (const text of [plan, report]) expect(text).not.toContain(value);
    const plain = (await run(['report'], { 'compose.yaml': 'services:\n  web:\n    image: example/web:1\n' })).out;
    expect(plain).not.toContain('history of the repository');
  });
});
