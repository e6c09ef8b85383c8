import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { analyse } from '../../src/consolidate/analysis.js';
import { consolidate } from '../../src/consolidate/consolidate.js';
import type { OperationKind } from '../../src/consolidate/operation.js';
import { planFor } from '../../src/consolidate/plan.js';
import { prove } from '../../src/consolidate/prove.js';
import { basename } from '../../src/source/path.js';
import { FOG_COMPUTE, openFolder, openTexts } from './open.js';
import { outcome } from './outcome.js';

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

test('comments of what is dropped go to the file that says the same', () => {
  expect(
    outcome({
      'compose.yaml': `services:
  web:
    image: example/web:1
    restart: always # known
    stop_signal: SIGINT
    # Of the base
    environment:
      A: "1"
      B: "2"
      C: "#3"
  db: {image: "example/db:1", restart: always}
`,
      'compose.prod.yaml': `services:
  # The shop
  web:
    # Survives a reboot
    restart: always # once
    stop_signal: SIGINT # asked
    # Of production
    environment:
      # Both
      - A=1
      - B=2 # two
      # - OLD=1
      # Not a comment:
      - C=#3
  # Holds the data
  db:
    image: example/db:1
    # Survives, too
    restart: always
    init: true # stays
`,
    }),
  ).toMatchInlineSnapshot(`
    "
    proven
    drop-redundant of web: No stack changes.
    drop-redundant of web: No stack changes.
    drop-redundant of web: No stack changes.
    drop-redundant of web: No stack changes.
    drop-redundant of web: No stack changes.
    drop-redundant of db: No stack changes.
    drop-redundant of db: No stack changes.
    === compose.yaml
    services:
      # The shop
      web:
        image: example/web:1
        # Survives a reboot
        # once
        restart: always # known
        stop_signal: SIGINT # asked
        # Of the base
        # Of production
        environment:
          # Both
          A: "1"
          B: "2" # two
          # - OLD=1
          # Not a comment:
          C: "#3"
      db: {image: "example/db:1", restart: always}

    === compose.prod.yaml
    services:
      # Holds the data
      db:
        # Survives, too
        init: true # stays
    "
  `);
});

test('comments name the files as they are called now; a `#` in a text is none', () => {
  expect(
    outcome({
      'docker-compose.yml':
        "services:\n  web:\n    image: example/web:1\n    tty: true\n    labels:\n      help: 'see # docker-compose.dev.yml'\n      more: |\n        # docker-compose.dev.yml\n    restart: always # not in docker-compose.dev.yml\n",
      'docker-compose.dev.yml':
        '# docker-compose -f docker-compose.yml -f docker-compose.dev.yml up\nservices:\n  web:\n    ports: ["8080:80"]\n',
    }),
  ).toMatchInlineSnapshot(`
    "
    proven
    move-value of web: No stack changes.
    update-comment: No stack changes.
    update-comment: No stack changes.
    rename-file: \`docker compose up\` gives what docker-compose.dev.yml gave together with the base. It gave the base alone before.
    === docker-compose.yml
    services:
      web:
        image: example/web:1
        labels:
          help: 'see # docker-compose.dev.yml'
          more: |
            # docker-compose.dev.yml
        restart: always # not in docker-compose.override.yml

    === docker-compose.dev.yml goes
    === docker-compose.override.yml
    # docker-compose up
    services:
      web:
        ports: ["8080:80"]
        tty: true
    "
  `);
});

describe('a credential that .env gives already', () => {
  const files = {
    'compose.yaml':
      'services:\n  db:\n    image: example/db:1\n    environment:\n      DB_PASSWORD: correct-horse-battery\n  job: {image: example/job:1, command: "--password correct-horse-battery"}\n',
    'compose.prod.yaml': 'services: {db: {restart: always}}\n',
    '.gitignore': '.env\n',
  };

  test.each([
    ['with its name, is put in by that name', { '.env': 'DB_PASSWORD=correct-horse-battery\n' }, 'DB_PASSWORD'],
    [
      'and an example lists',
      { '.env': 'DB_PASSWORD=correct-horse-battery\n', '.env.example': 'DB_PASSWORD=\n' },
      'DB_PASSWORD',
    ],
    ['is another one', { '.env': 'DB_PASSWORD=battery-horse-correct\n' }, 'DB_DB_PASSWORD'],
    [
      'twice, the last one the same',
      { '.env': 'DB_PASSWORD=battery\nDB_PASSWORD=correct-horse-battery\n' },
      'DB_DB_PASSWORD',
    ],
  ])('%s', (_, env, name) => {
    const { plan, verdict } = consolidate(openTexts({ ...files, ...env }));
    const changed = [...plan.changes].map(([path, source]) => [basename(path), source?.text]);
    expect(verdict).toBe('proven');
    expect(Object.fromEntries(changed)['compose.yaml']).toBe(
      files['compose.yaml'].replaceAll('correct-horse-battery', `\${${name}}`),
    );
    expect(Object.keys(Object.fromEntries(changed)).includes('.env')).toBe(name !== 'DB_PASSWORD');
  });
});

test('what is the default of a variable goes by that variable, and no example shows it', () => {
  expect(
    outcome({
      'compose.yaml': `services:
  db:
    image: postgres:16
    environment:
      POSTGRES_PASSWORD: \${DB_PASSWORD:-s3cr3t-horse}
    volumes: ["data:/var/lib/postgresql/data"]
  api:
    image: example/api:1
    environment:
      DATABASE_URL: postgres://app:s3cr3t-horse@db:5432/app
      QUEUE_PASSWORD: \${QUEUE_PASSWORD:-b4ttery-staple}
      ASKED_FOR: \${QUEUE_PASSWORD:+yes}
      SEARCH_PASSWORD: \${SEARCH_PASSWORD:-h0rse-and-cart}
      TAG: \${TAG:-1}
volumes:
  data:
`,
      'compose.prod.yaml': `services:
  worker:
    image: example/worker:1
    environment:
      BROKER: amqp://app:b4ttery-staple@queue:5672
`,
      '.gitignore': '.env\n',
    }),
  ).toMatchInlineSnapshot(`
    "
    proven
    use-variable of api: No stack changes. The value is in .env, which git ignores. Whoever has the repository's history has it still: change it.
    use-variable of worker: No stack changes. The value is in .env, which git ignores. Whoever has the repository's history has it still: change it.
    === compose.yaml
    services:
      db:
        image: postgres:16
        environment:
          POSTGRES_PASSWORD: \${DB_PASSWORD}
        volumes: ["data:/var/lib/postgresql/data"]
      api:
        image: example/api:1
        environment:
          DATABASE_URL: postgres://app:\${DB_PASSWORD}@db:5432/app
          QUEUE_PASSWORD: \${QUEUE_PASSWORD:-b4ttery-staple}
          ASKED_FOR: \${QUEUE_PASSWORD:+yes}
          SEARCH_PASSWORD: \${SEARCH_PASSWORD:-h0rse-and-cart}
          TAG: \${TAG:-1}
    volumes:
      data:

    === compose.prod.yaml
    services:
      worker:
        image: example/worker:1
        environment:
          BROKER: amqp://app:\${BROKER_PASSWORD}@queue:5672

    === .env.example
    # Variables of the Compose files. Copy this file to .env and fill in what is empty; git ignores .env.

    # db, api
    DB_PASSWORD=

    # api
    # QUEUE_PASSWORD=
    # SEARCH_PASSWORD=
    TAG=1

    # worker
    BROKER_PASSWORD=

    === .env
    DB_PASSWORD=s3cr3t-horse
    BROKER_PASSWORD=b4ttery-staple
    "
  `);
});

test('one word that is several credentials gets a variable for each, by whose it is', () => {
  const text = readFileSync(
    new URL('../../fixtures/rules/hardcoded-secret/one-word-for-several/compose.yml', import.meta.url),
    'utf8',
  );
  const { plan, verdict } = consolidate(openTexts({ 'compose.yml': text }));
  expect(verdict).toBe('proven');
  expect(plan.operations.map(({ id }) => id)).toEqual([
    'use-variable:MYSQL_PASSWORD',
    'use-variable:MYSQL_ROOT_PASSWORD',
    'use-variable:CACHE_PASSWORD',
    'use-variable:RABBITMQ_DEFAULT_PASS',
    'use-variable:WEB_PASSWORD',
    'use-variable:WORKER_PASSWORD',
    'use-variable:SEARCH_PASSWORD',
    'use-variable:SA_PASSWORD',
    'use-variable:OTHER_PASSWORD',
  ]);
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

/** How often the plan of the worked example has operations of each kind. What it has none of is tested above. */
const KINDS: Readonly<Record<OperationKind, number>> = {
  'drop-version': 3,
  'merge-duplicate': 2,
  'create-file': 2,
  'move-value': 16,
  'drop-redundant': 0,
  'share-network': 3,
  'pin-image': 3,
  'use-variable': 8,
  'extract-anchor': 2,
  'add-value': 12,
  'bind-loopback': 7,
  'await-dependency': 4,
  'rename-volume': 0,
  'update-comment': 2,
  'rename-file': 1,
};

test('the worked example has operations of every kind but two', () => {
  const { plan } = consolidate(openFolder(`${FOG_COMPUTE}/before`));
  const count = (kind: string): number => plan.operations.filter((operation) => operation.kind === kind).length;
  expect(Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, count(kind)]))).toEqual(KINDS);
});
