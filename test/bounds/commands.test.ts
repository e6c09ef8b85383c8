import { describe, expect, test } from 'vitest';
import { compose, type Hostile, numbered, pair, service, services, times } from './hostile.js';
import { timed } from './timed.js';

/** What has kept other commands than `config` and lint busy. */
const CASES: Readonly<Record<string, Hostile['files']>> = {
  'resets in two files': pair((n) =>
    services(500, () => (n === 0 ? '    command: x\n' : '    command: !reset null\n')),
  ),
  'the same hosts in two files': pair(() =>
    service(`    extra_hosts:\n${times(2000, (i) => `      - "h${i}:127.0.0.1"\n`)}`),
  ),
  'many services of one image': compose(() => services(5000, () => '')),
  'many services that share a network': compose(() =>
    services(1500, (i) => (i > 0 ? `    network_mode: "service:s${i - 1}"\n` : '')),
  ),
  'a chain of dependencies': compose(() => services(300, (i) => (i > 0 ? `    depends_on: [s${i - 1}]\n` : ''))),
  'everybody depends on everybody': compose(() =>
    services(150, (i) => `    depends_on: [${times(i, (j) => `s${j},`)}]\n`),
  ),
  'one service in many files': () => numbered(300, (i) => [`compose.${i}.yml`, service(`    hostname: h${i}\n`)]),
};

/** Seconds of the processor; each command takes less than a third of that. */
const MOST_SECONDS = 8;

type Told = {
  /** How often a line stands in the output. */
  readonly lines?: Readonly<Record<string, number>>;
  readonly code: number;
  /** UTF-16 units of the output, at most. */
  readonly most: number;
};

const COMMANDS: readonly (readonly [name: string, command: string, told: Told])[] = [
  [
    'resets in two files',
    'consolidate --diff',
    { code: 0, lines: { '-    image: example/a:1': 500, '-    command: !reset null': 0 }, most: 100_000 },
  ],
  [
    'resets in two files',
    '--fix --diff',
    { code: 1, lines: { '-    image: example/a:1': 500, '-    command: !reset null': 0 }, most: 100_000 },
  ],
  [
    'the same hosts in two files',
    'consolidate --diff',
    { code: 0, lines: { '-      - "h1999:127.0.0.1"': 1, '-      - "h0:127.0.0.1"': 1 }, most: 100_000 },
  ],
  ['the same hosts in two files', '--fix --diff', { code: 1, lines: { '-    image: example/a:1': 0 }, most: 100_000 }],
  [
    'many services of one image',
    'report',
    { code: 0, lines: { '- 5000 services, none defined twice': 1 }, most: 1_000_000 },
  ],
  ['many services that share a network', 'consolidate --diff', { code: 0, most: 0 }],
  ['a chain of dependencies', 'report --format html', { code: 0, most: 4_000_000 }],
  ['everybody depends on everybody', 'consolidate --diff', { code: 0, lines: { '+    <<: *s': 4 }, most: 100_000 }],
  ['one service in many files', 'report', { code: 0, most: 15_000_000 }],
];

describe.each(COMMANDS)('%s: %s', (name, command, { code, lines = {}, most }) => {
  test('ends, and tells no fault of its own', async () => {
    const result = await timed(command.split(' '), CASES[name]?.() ?? {}, MOST_SECONDS);
    expect([result.code, result.err]).toEqual([code, '']);
    expect(result.out.length).toBeLessThanOrEqual(most);
    const told = result.out.split('\n');
    expect(
      Object.fromEntries(Object.keys(lines).map((line) => [line, told.filter((each) => each === line).length])),
    ).toEqual(lines);
  });
});
