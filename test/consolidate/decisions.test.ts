import { expect, test } from 'vitest';
import { consolidate } from '../../src/consolidate/consolidate.js';
import { join } from '../../src/source/path.js';
import { CWD } from '../run.js';
import { openTexts } from './open.js';

type Case = {
  readonly name: string;
  readonly decisions: string;
  readonly file: string;
  /** Entries of a file, before and after, without the `services:` above them. */
  readonly before: string;
  readonly after: string;
  /** Differences of the stack of base and override. */
  readonly differences: readonly string[];
};

const DB = '  db: { image: "example/db:1", healthcheck: { test: [CMD, ready] } }\n';

const CASES: readonly Case[] = [
  {
    name: 'networks of a service that names none',
    decisions: 'networks: { web: [front, default] }',
    file: 'compose.yaml',
    before: '  web:\n    image: example/web:1\n  db:\n    image: example/db:1\n',
    after:
      '  web:\n    image: example/web:1\n    networks:\n      - front\n      - default\n  db:\n    image: example/db:1\nnetworks:\n  front:\n    driver: bridge\n',
    differences: [
      'services.web.networks.front: null → ',
      'networks.front.name: null → project_front',
      'networks.front.driver: null → bridge',
    ],
  },
  {
    name: 'a service leaves the default network',
    decisions: 'networks: { db: [back] }',
    file: 'compose.yaml',
    before: '  web:\n    image: example/web:1\n  db:\n    image: example/db:1\n',
    after:
      '  web:\n    image: example/web:1\n  db:\n    image: example/db:1\n    networks:\n      - back\nnetworks:\n  back:\n    driver: bridge\n',
    differences: [
      'services.db.networks.default:  → null',
      'services.db.networks.back: null → ',
      'networks.back.name: null → project_back',
      'networks.back.driver: null → bridge',
    ],
  },
  {
    name: 'all leave the default network',
    decisions: 'networks: { db: [back], web: [back] }',
    file: 'compose.yaml',
    before: '  web:\n    image: example/web:1\n  db:\n    image: example/db:1\n',
    after:
      '  web:\n    image: example/web:1\n    networks:\n      - back\n  db:\n    image: example/db:1\n    networks:\n      - back\nnetworks:\n  back:\n    driver: bridge\n',
    differences: [
      'services.web.networks.default:  → null',
      'services.db.networks.default:  → null',
      'networks.default.name: project_default → null',
      'services.web.networks.back: null → ',
      'services.db.networks.back: null → ',
      'networks.back.name: null → project_back',
      'networks.back.driver: null → bridge',
    ],
  },
  {
    name: 'a service that names its networks with aliases joins another',
    decisions: 'networks: { db: [a, b] }',
    file: 'compose.yaml',
    before:
      '  db:\n    image: example/db:1\n    networks:\n      a:\n        aliases: [store]\nnetworks:\n  a:\n  b:\n',
    after:
      '  db:\n    image: example/db:1\n    networks:\n      a:\n        aliases: [store]\n      b:\nnetworks:\n  a:\n  b:\n',
    differences: ['services.db.networks.b: null → ', 'networks.b.name: null → project_b'],
  },
  {
    name: 'ports in every notation are bound to the loopback address',
    decisions: 'loopback: true',
    file: 'compose.override.yaml',
    before:
      '  web:\n    ports:\n      - "80:80"\n      - "0.0.0.0:81:81/udp"\n      - "${PORT:-82}:82"\n      - target: 83\n        published: "83"\n      - { target: 84, published: "84", host_ip: 0.0.0.0 }\n      - "85"\n      - "10.0.0.1:86:86"\n      - "[::]:87:87"\n',
    after:
      '  web:\n    ports:\n      - "127.0.0.1:80:80"\n      - "127.0.0.1:81:81/udp"\n      - "127.0.0.1:${PORT:-82}:82"\n      - target: 83\n        published: "83"\n        host_ip: 127.0.0.1\n      - { target: 84, published: "84", host_ip: 127.0.0.1 }\n      - "85"\n      - "10.0.0.1:86:86"\n      - "[::]:87:87"\n',
    differences: [
      '80:80 → 127.0.0.1:80:80',
      '0.0.0.0:81:81/udp → 127.0.0.1:81:81/udp',
      '82:82 → 127.0.0.1:82:82',
      '83:83 → 127.0.0.1:83:83',
      '0.0.0.0:84:84 → 127.0.0.1:84:84',
    ],
  },
  {
    name: 'dependencies in every notation are awaited',
    decisions: 'awaitHealthy: true',
    file: 'compose.yaml',
    before: `${DB}  a:\n    image: example/a:1\n    depends_on: [db, b]\n  b:\n    image: example/b:1\n    depends_on:\n      db:\n        condition: service_started # at once\n        restart: true\n  c:\n    image: example/c:1\n    depends_on:\n    # the store\n    - db\n`,
    after: `${DB}  a:\n    image: example/a:1\n    depends_on: { db: { condition: service_healthy }, b: { condition: service_started } }\n  b:\n    image: example/b:1\n    depends_on:\n      db:\n        condition: service_healthy # at once\n        restart: true\n  c:\n    image: example/c:1\n    depends_on:\n    # the store\n      db:\n        condition: service_healthy\n`,
    differences: [
      'services.a.depends_on.db: service_started → service_healthy',
      'services.b.depends_on.db: service_started, restarts with it → service_healthy, restarts with it',
      'services.c.depends_on.db: service_started → service_healthy',
    ],
  },
  {
    name: 'versions, by whatever name an image goes, and where a later file names another one',
    decisions: 'merge: false\npins: { postgres: "16.4", ghcr.io/x/a: "sha256:D", redis: 7.4-alpine }'.replace(
      'D',
      '0'.repeat(64),
    ),
    file: 'compose.yaml',
    before:
      '  db:\n    image: postgres\n  a:\n    image: ghcr.io/x/a:latest\n  b:\n    image: docker.io/library/redis\n',
    after: `  db:\n    image: postgres:16.4\n  a:\n    image: ghcr.io/x/a@sha256:${'0'.repeat(64)}\n  b:\n    image: docker.io/library/redis:7.4-alpine\n`,
    differences: [
      `services.a.image: ghcr.io/x/a:latest → ghcr.io/x/a@sha256:${'0'.repeat(64)}`,
      'services.b.image: docker.io/library/redis → docker.io/library/redis:7.4-alpine',
    ],
  },
];

const OTHER = {
  'compose.yaml': '  web:\n    image: example/web:1\n',
  'compose.override.yaml': '  db:\n    image: example/db:1\n',
};

/** The key of a difference of a port without its value, which says the same once more. */
const shortly = (before: string | null, after: string | null, path: readonly string[]): string =>
  path[2] === 'ports' ? '' : `${path.join('.')}: ${before} → ${after}`;

test.each(CASES)('$name', ({ decisions, file, before, after, differences }) => {
  const texts = { ...OTHER, [file]: before };
  const [inner, ...others] = decisions.split('\n');
  const workspace = openTexts({
    ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, `services:\n${text}`])),
    'fog-lint.yaml': `decisions: { ${inner} }\n${others.join('\n')}\n`,
  });
  const { plan, proof, verdict, withdrawn } = consolidate(workspace);
  expect({ verdict, withdrawn, undone: plan.undone }).toEqual({ verdict: 'proven', withdrawn: [], undone: [] });
  expect(plan.changes.get(join(CWD, file))?.text).toBe(`services:\n${after}`);
  const own = proof.differences.filter(({ stack }) => stack === 'default');
  const ports = own.filter(({ path }) => path[2] === 'ports');
  const [lost, won] = [ports.filter((one) => one.before !== null), ports.filter((one) => one.after !== null)];
  expect([
    ...own.map((one) => shortly(one.before, one.after, one.path)).filter(Boolean),
    ...lost.map(({ path }, i) => `${path[3]} → ${won[i]?.path[3]}`),
  ]).toEqual(differences);
});

test('what is decided and cannot be written with certainty is told', () => {
  const { plan, verdict, withdrawn } = consolidate(
    openTexts({
      'compose.yaml': 'services:\n  web: &web\n    image: nginx\n  other: *web\n',
      'compose.override.yaml': 'services: {web: {init: true}}\n',
      'fog-lint.yaml': 'pins: {nginx: "1.29"}\n',
    }),
  );
  const ids = (operations: readonly { readonly id: string }[]): readonly string[] => operations.map(({ id }) => id);
  expect({ verdict, undone: ids(plan.undone), withdrawn: ids(withdrawn.map(({ operation }) => operation)) }).toEqual({
    verdict: 'empty',
    undone: ['pin-image:compose.yaml:other'],
    withdrawn: ['pin-image:compose.yaml:web'],
  });
});

test('a merge that would leave nothing of a file is told, and the file keeps all that it needs to be started alone', () => {
  const monitoring = 'services:\n  grafana:\n    image: grafana/grafana:12.1.1\n';
  const { plan, verdict } = consolidate(
    openTexts({
      'compose.yaml': `${monitoring}  web:\n    image: example/web:1\n`,
      'compose.monitoring.yaml': monitoring,
      'fog-lint.yaml': 'decisions: {merge: [grafana]}\n',
    }),
  );
  expect({ verdict, undone: plan.undone.map(({ id }) => id), changes: plan.changes.size }).toEqual({
    verdict: 'empty',
    undone: ['merge-duplicate:compose.monitoring.yaml:grafana'],
    changes: 0,
  });
});
