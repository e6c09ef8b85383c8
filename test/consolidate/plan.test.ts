import { describe, expect, test } from 'vitest';
import { analyse } from '../../src/consolidate/analysis.js';
import { consolidate } from '../../src/consolidate/consolidate.js';
import { planFor } from '../../src/consolidate/plan.js';
import { prove } from '../../src/consolidate/prove.js';
import { basename } from '../../src/source/path.js';
import { openTexts } from './open.js';
import { type Files, outcome } from './outcome.js';

const APP = `services:
  web:
    image: example/web:1
    restart: always
`;

describe('nothing to do', () => {
  test('for one file', () => {
    expect(outcome({ 'compose.yaml': APP })).toBe('\nempty\n');
  });

  test('for a set that is in the layout already', () => {
    expect(
      outcome({
        'compose.yaml': APP,
        'compose.override.yaml': 'services:\n  web:\n    ports: ["127.0.0.1:8080:80"]\n',
        'compose.prod.yaml': 'services:\n  web:\n    deploy: {resources: {limits: {memory: 1G}}}\n',
      }),
    ).toBe('\nempty\n');
  });

  test('for files that cannot be read', () => {
    expect(outcome({ 'compose.yaml': 'services: [\n', 'compose.prod.yaml': APP })).toBe('\nempty\n');
  });
});

test('what a later file repeats is dropped, with what it leaves empty', () => {
  expect(
    outcome({
      'compose.yaml': `${APP}    environment:\n      - A=1\n      - B=2\n  db:\n    image: example/db:1\n`,
      'compose.prod.yaml':
        'services:\n  web:\n    restart: always\n    environment:\n      A: "1"\n      B: "3" # more\n  db:\n    image: example/db:1\n',
    }),
  ).toMatchInlineSnapshot(`
    "
    proven
    drop-redundant of web: No stack changes.
    drop-redundant of web: No stack changes.
    drop-redundant of db: No stack changes.
    === compose.prod.yaml
    services:
      web:
        environment:
          B: "3" # more
    "
  `);
});

test('`version` is dropped, and line breaks stay what they are', () => {
  const { plan } = consolidate(openTexts({ 'compose.yaml': `version: "3"\r\n\r\n${APP.replaceAll('\n', '\r\n')}` }));
  expect([...plan.changes.values()].map((source) => source?.text)).toEqual([APP.replaceAll('\n', '\r\n')]);
});

test('development settings move to the override that is there, with their comments', () => {
  expect(
    outcome({
      'compose.yaml':
        'services:\n  web:\n    image: example/web:1\n    # For the browser\n    ports:\n      - "8080:80" # http\n    environment:\n      NODE_ENV: development\n      MODE: all\n',
      'compose.override.yaml': 'services:\n  web:\n    environment:\n      - DEBUG=1\n',
      'compose.prod.yaml': 'services:\n  web:\n    restart: always\n',
    }),
  ).toMatchInlineSnapshot(`
    "
    proven
    move-value of web: Gone from the stacks base, prod.
    move-value of web: Gone from the stacks base, prod.
    base: services.web.environment.NODE_ENV: development → null
    base: services.web.ports.8080:80: {"mode":"ingress","protocol":"tcp","published":"8080","target":80} → null
    prod: services.web.environment.NODE_ENV: development → null
    prod: services.web.ports.8080:80: {"mode":"ingress","protocol":"tcp","published":"8080","target":80} → null
    === compose.yaml
    services:
      web:
        image: example/web:1
        environment:
          MODE: all

    === compose.override.yaml
    services:
      web:
        environment:
          - DEBUG=1
          - NODE_ENV=development
        # For the browser
        ports:
          - "8080:80" # http
    "
  `);
});

test('an override is made where production needs a base without development settings', () => {
  expect(
    outcome({
      'docker-compose.yml': 'services:\n  web:\n    image: example/web:1\n    ports:\n      - "8080:80"\n',
      'docker-compose.prod.yml': 'services:\n  web:\n    restart: always\n',
    }),
  ).toMatchInlineSnapshot(`
    "
    proven
    move-value of web: Gone from the stack prod.
    prod: services.web.ports.8080:80: {"mode":"ingress","protocol":"tcp","published":"8080","target":80} → null
    === docker-compose.yml
    services:
      web:
        image: example/web:1

    === docker-compose.override.yml
    services:
      web:
        ports:
          - "8080:80"
    "
  `);
});

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
        $ docker volume create "project_b_data"
        $ docker run --rm -v "project_b-data":/from:ro -v "project_b_data":/to alpine cp -a /from/. /to
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
    expect(
      outcome({
        'compose.yaml':
          'services:\n  db:\n    image: example/db:1\n    volumes:\n      - db_data:/data\nvolumes:\n  db_data:\n',
        'compose.extra.yaml':
          'services:\n  job:\n    image: example/job:1\n  db:\n    image: example/db:1\n    volumes:\n      - db_other:/data\nvolumes:\n  db_other:\n',
        'fog-lint.yaml': 'decisions: {merge: [db]}\n',
      }),
    ).toMatchInlineSnapshot(`
      "
      proven
      merge-duplicate of db: Gone from compose.extra.yaml: volumes["/data"] (one volume, db_data, for /data). What is in the volume project_db_other is not mounted any longer.
        $ docker run --rm -v "project_db_other":/from:ro -v "$PWD":/to alpine tar czf "/to/project_db_other.tgz" -C /from .
        $ docker volume rm "project_db_other"
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
});

test('a service that is another program elsewhere is not merged', () => {
  const { plan } = consolidate(
    openTexts({
      'compose.yaml': APP,
      'compose.extra.yaml': 'services:\n  web:\n    image: example/other:1\n',
      'fog-lint.yaml': 'decisions: {merge: [web]}\n',
    }),
  );
  expect(plan.operations).toEqual([]);
  expect(plan.questions.map(({ id }) => id)).toEqual(['merge:web']);
});

test('two sources for one mount are a question, and both files keep theirs until it is answered', () => {
  const { plan, verdict } = consolidate(
    openTexts({
      'compose.yaml': 'services:\n  p:\n    image: example/p:1\n    volumes: [./a.yml:/etc/p.yml]\n',
      'compose.extra.yaml':
        'services:\n  x:\n    image: example/x:1\n  p:\n    image: example/p:1\n    volumes: [./b.yml:/etc/p.yml]\n',
      'fog-lint.yaml': 'decisions: {merge: [p]}\n',
    }),
  );
  expect(verdict).toBe('proven');
  expect(plan.questions).toMatchObject([
    { id: 'keep:p:/etc/p.yml', candidates: ['./a.yml', './b.yml'], default: './b.yml' },
  ]);
  expect([...plan.changes.values()].map((source) => source?.text)).toEqual([
    'services:\n  x:\n    image: example/x:1\n  p:\n    volumes: [./b.yml:/etc/p.yml]\n',
  ]);
});

test('files that are started each for itself are left alone, and asked about', () => {
  const { plan, verdict } = consolidate(
    openTexts({
      'docker-compose.yml':
        'services:\n  web:\n    image: example/web:1\n    restart: always\n    environment: {A: a, B: b, C: c, D: d}\n',
      'docker-compose.prod.yml':
        'services:\n  web:\n    image: example/web:1\n    restart: always\n    environment: {A: a, B: b, C: x, D: d}\n',
    }),
  );
  expect(verdict).toBe('empty');
  expect(plan.questions.map(({ id, default: otherwise }) => `${id}: ${otherwise}`)).toEqual([
    'alternative:docker-compose.yml:docker-compose.prod.yml: both stay as they are',
  ]);
});

describe('a proof', () => {
  const analysis = analyse(
    openTexts({
      'compose.yaml': `version: "3"\n${APP}`,
      'compose.prod.yaml': 'services:\n  web:\n    restart: always\n    environment: {A: b}\n',
    }),
  );
  const plan = planFor(analysis);

  test('holds for the plan as it is', () => {
    expect(prove(analysis, plan).doubts).toEqual([]);
  });

  test('fails for a claim that does not show', () => {
    const [first, ...others] = plan.operations;
    if (!first) throw new Error('no operation');
    const claim = { stack: 'prod', path: ['services', 'web', 'image'] };
    const doubts = prove(analysis, { ...plan, operations: [{ ...first, claims: [claim] }, ...others] }).doubts;
    expect(doubts).toEqual([{ kind: 'not-seen', claim, operation: first.id }]);
  });

  test('fails for a difference that nobody claims', () => {
    const changes = new Map(
      [...plan.changes].map(([path, source]) => [
        path,
        source && { ...source, text: source.text.replace('always', 'no') },
      ]),
    );
    expect(prove(analysis, { ...plan, changes }).doubts).toEqual([
      ...['default', 'prod'].map((stack) => ({
        kind: 'unclaimed',
        difference: { stack, path: ['services', 'web', 'restart'], before: 'always', after: 'no' },
      })),
    ]);
  });

  test('fails for a difference that two operations claim', () => {
    const changes = new Map(
      [...plan.changes].map(([path, source]) => [
        path,
        source && { ...source, text: source.text.replace('always', 'no') },
      ]),
    );
    const claims = ['default', 'prod'].map((stack) => ({ stack, path: ['services', 'web', 'restart'] }));
    const operations = plan.operations.map((operation) => ({ ...operation, claims }));
    const kinds = prove(analysis, { ...plan, changes, operations }).doubts.map(({ kind }) => kind);
    expect(kinds).toEqual(['claimed-twice', 'claimed-twice']);
  });

  test('fails for a stack that docker compose refuses', () => {
    const changes = new Map(
      [...plan.changes].map(([path, source]) => [
        path,
        source && { ...source, text: source.text.replace('image', 'imag') },
      ]),
    );
    expect(prove(analysis, { ...plan, changes }).doubts.some(({ kind }) => kind === 'refused')).toBe(true);
  });
});
