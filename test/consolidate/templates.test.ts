import { describe, expect, test } from 'vitest';
import { outcome } from './outcome.js';

/** A worker and its own lines, for services that are alike. */
const worker = (name: string, lines: readonly string[], more: readonly string[] = []): string =>
  [`  ${name}:`, ...lines.map((line) => `    ${line}`), ...more.map((line) => `    ${line}`)].join('\n');

const TEN = [
  'image: example/worker:1',
  'restart: always',
  'user: "1000"',
  'init: true',
  'stop_grace_period: 1m',
  'volumes:',
  '  # Jobs that wait',
  '  - ./spool:/spool',
  '  - ./models:/models:ro',
  'networks:',
  '  - back',
  'ulimits:',
  '  nofile: 65535',
  'logging:',
  '  driver: local',
];

const BACK = 'networks:\n  back:\n';

const settled = (services: readonly string[]): string => `services:\n${services.join('\n\n')}\n\n${BACK}`;

describe('two services', () => {
  test('that have ten settings in common are written once', () => {
    const text = settled([worker('worker-a', TEN, ['command: a']), worker('worker-b', TEN, ['command: b'])]);
    expect(outcome({ 'compose.yaml': text })).toBe(`
proven
extract-anchor: No stack changes.
=== compose.yaml
x-worker: &worker
  image: example/worker:1
  restart: always
  user: "1000"
  init: true
  stop_grace_period: 1m
  volumes:
    # Jobs that wait
    - ./spool:/spool
    - ./models:/models:ro
  networks:
    - back
  ulimits:
    nofile: 65535
  logging:
    driver: local

services:
  worker-a:
    <<: *worker
    command: a

  worker-b:
    <<: *worker
    command: b

networks:
  back:
`);
  });

  test('that have fewer in common are left as they are', () => {
    const nine = TEN.filter((line) => !line.startsWith('init'));
    const text = settled([worker('worker-a', nine, ['command: a']), worker('worker-b', nine, ['command: b'])]);
    expect(outcome({ 'compose.yaml': text })).toBe('\nempty\n');
  });

  test('keep what only one of them is told in a comment', () => {
    const told = TEN.map((line) => (line === 'init: true' ? 'init: true # reaps its children' : line));
    const text = settled([worker('worker-a', TEN, ['command: a']), worker('worker-b', told, ['command: b'])]);
    const after = outcome({ 'compose.yaml': text });
    expect(after).toContain('  worker-a:\n    <<: *worker\n    init: true\n    command: a\n');
    expect(after).toContain('  worker-b:\n    <<: *worker\n    init: true # reaps its children\n    command: b\n');
  });
});

describe('the name of a template', () => {
  test('has no dots, which docker compose does not take in anchors', () => {
    const text = settled([worker('peer0.org1', TEN, ['command: a']), worker('peer0.org2', TEN, ['command: b'])]);
    const after = outcome({ 'compose.yaml': text });
    expect(after).toContain('x-peer0-org: &peer0-org\n');
    expect(after).toContain('  peer0.org2:\n    <<: *peer0-org\n    command: b\n');
  });

  test('is another one where the file has it already', () => {
    const text = `x-worker: 1\n${settled([worker('worker-a', TEN, ['command: a']), worker('worker-b', TEN, ['command: b'])])}`;
    expect(outcome({ 'compose.yaml': text })).toContain('x-worker-2: &worker-2\n');
  });
});

test('a comment above variables that go into the template goes along, and stays above those that do not', () => {
  const lines = (name: string): readonly string[] => [
    'image: example/worker:1',
    'environment:',
    '  - POOL=4',
    '  #- POOL=16',
    '  - RETRIES=3',
    '  # Its own',
    `  - NAME=${name}`,
    '  # Queue',
    '  - QUEUE_HOST=redis',
    `  - QUEUE_NAME=${name}`,
  ];
  const text = `services:\n${['a', 'b', 'c'].map((name) => worker(`worker-${name}`, lines(name))).join('\n\n')}\n`;
  expect(outcome({ 'compose.yaml': text, 'fog-lint.yaml': 'decisions: { tuning: false }\n' })).toBe(`
proven
extract-anchor: No stack changes.
=== compose.yaml
x-worker: &worker
  image: example/worker:1
  environment: &worker-environment
    POOL: 4
    #- POOL=16
    RETRIES: 3
    # Queue
    QUEUE_HOST: redis
services:
  worker-a:
    <<: *worker
    environment:
      <<: *worker-environment
      # Its own
      NAME: a
      # Queue
      QUEUE_NAME: a

  worker-b:
    <<: *worker
    environment:
      <<: *worker-environment
      # Its own
      NAME: b
      # Queue
      QUEUE_NAME: b

  worker-c:
    <<: *worker
    environment:
      <<: *worker-environment
      # Its own
      NAME: c
      # Queue
      QUEUE_NAME: c
`);
});

test('a credential that three services share does not become the default of a variable', () => {
  const lines = (name: string): readonly string[] => [
    'image: example/worker:1',
    'restart: always',
    'environment:',
    '  POOL: 4',
    '  BROKER_PASSWORD: password',
    `  NAME: ${name}`,
  ];
  const text = `services:\n${['a', 'b', 'c'].map((name) => worker(`worker-${name}`, lines(name))).join('\n\n')}\n`;
  const after = outcome({ 'compose.yaml': text });
  expect(after).toContain('POOL: ${POOL:-4}\n');
  expect(after).toContain('BROKER_PASSWORD: ${BROKER_PASSWORD}\n');
  expect(after).toContain('\nPOOL=4\nBROKER_PASSWORD=\n');
});
