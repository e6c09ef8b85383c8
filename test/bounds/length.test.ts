import { expect, test } from 'vitest';
import { FORMATS } from '../../src/cli/render.js';
import { BOUNDS } from '../../src/model/bounds.js';
import { run } from '../run.js';

const LENGTH = 40_000;

const long = (char: string, length = LENGTH): string => char.repeat(length);

/** Files with a long text wherever there can be one; they cannot be loaded. */
const REFUSED: Readonly<Record<string, string>> = {
  '.git/HEAD': 'ref: x\n',
  '.env': `LONG=${long('e')}\n${long('N')}=1\n${long('N')}=2\nPASSWORD=${long('p')}\nTAG=${long('t')}\n`,
  'docker-compose.yml': `version: "${long('v')}"
name: base
services:
  web:
    image: "example/${long('i')}:latest" # fog-lint-disable-line latest-tag -- ${long('r')}
    profiles: ["${long('f')}"]
    hostname: "${long('h')}"
    container_name: "${long('c')}"
    command: ["--a", "${long('o')}"]
    environment: { PASSWORD: "${long('s')}", URL: "postgres://a:${long('w')}@${long('x')}:5432/db", REF: "\${${long('R')}}", "${'k'.repeat(1000)}": "${long('y')}" }
    labels: { "${'l'.repeat(1000)}": "${long('l')}" }
    env_file: "${long('E')}.env"
    volumes: ["./${long('m')}:/${long('M')}", "data:/data"]
    ports: ["8080:80", "8080:81", "${long('9')}:1"]
    networks: { "${'n'.repeat(1000)}": { aliases: ["${long('a')}"] } }
    healthcheck: { test: "${long('q')}" }
    depends_on: { "${'d'.repeat(1000)}": { condition: "${long('D')}" } }
    ${'u'.repeat(1000)}: 1
  api: &${long('A')}
    image: "${long('j')}"
    build: { context: "${long('b')}", dockerfile: "${long('B')}" }
    extends: { file: "${long('X')}.yml", service: "${long('S')}" }
volumes: { data: { name: "${long('V')}" } }
networks: { "${'n'.repeat(1000)}": { name: "${long('W')}" } }
include: ["${long('I')}.yml"]
x-a: *${long('A')}
`,
};
/** The same, as far as docker compose accepts it. */
const ACCEPTED: Readonly<Record<string, string>> = {
  '.git/HEAD': 'ref: x\n',
  '.env': `LONG=${long('e')}\n${long('N')}=1\nPASSWORD=${long('p')}\n`,
  'docker-compose.yml': `version: "3"
x-common: &${long('A')}
  restart: always
  logging: {driver: json-file, options: {max-size: "${long('L')}"}}
services:
  web:
    <<: *${long('A')}
    image: "example/web" # fog-lint-disable-line latest-tag -- ${long('r')}
    hostname: "${long('h')}"
    profiles: ["${long('f')}"]
    environment: { PASSWORD: "${long('s')}", URL: "http://${long('x')}:5432/db", REF: "\${${long('R')}}", V: "\${LONG}", W: "\${U:-${long('z')}}", "${'k'.repeat(1000)}": "${long('y')}" }
    labels: { "${'l'.repeat(1000)}": "${long('l')}" }
    volumes: ["./${long('m')}:/${long('M')}", "data:/data"]
    ports: ["8080:80", "8080:81"]
    networks: [net]
    command: ["--a", "${long('o')}", "\${LONG}"]
  db: { image: postgres, environment: { POSTGRES_PASSWORD: "${long('g')}" } }
volumes: { data: { name: "${long('V')}" }, un-used: {name: "${long('U')}"} }
networks: { net: { name: "${long('W')}" } }
`,
  'docker-compose.dev.yml': `services:\n  web:\n    hostname: "${long('H')}"\n    image: "example/web:2"\n    environment: {PASSWORD: "${long('t')}"}\n    ports: ["9000:80"]\n`,
  'docker-compose.prod.yml': `services:\n  web:\n    hostname: "${long('H')}"\n    environment: {PASSWORD: "${long('t')}"}\n  db: {image: "postgres:${long('j')}"}\n`,
  'docker-compose.alone.yml': `services:\n  web:\n    image: "example/web:1"\n    hostname: "${long('H')}"\n    environment: {PASSWORD: "${long('t')}"}\n    volumes: ["data:/data"]\n  db: {image: "postgres:${long('j')}"}\nvolumes: { data: { name: "${long('V')}" } }\n`,
};

const PATHS = ['', 'services', 'services.web', 'services.web.environment', 'services.web.command', 'services.nothing'];

const COMMANDS: readonly (readonly string[])[] = [
  ...FORMATS.map((format) => ['--format', format]),
  ['--stats'],
  ['--update-baseline', '--baseline', 'accepted.json'],
  ...['report', 'consolidate'].flatMap((command) =>
    ['markdown', 'json', 'html'].map((format) => [command, '--format', format]),
  ),
  ['config', '--quiet'],
  ...PATHS.flatMap((path) => [
    ['explain', path, '--profile', long('f')],
    ['explain', path, '--profile', long('f'), '--format', 'json'],
  ]),
  ['init'],
];

/** What can stand on one line: the place, the message, its help, five related places. Pages have many cells on one. */
const MOST = 8 * BOUNDS.messageLength;
const MOST_OF_PAGE = 40 * BOUNDS.messageLength;

const longest = (text: string): number => text.split('\n').reduce((most, { length }) => Math.max(most, length), 0);

test.each(
  COMMANDS.flatMap((args) => {
    const name = args.map((arg) => arg.slice(0, 30)).join(' ');
    return [[name, 'are refused', args, REFUSED] as const, [name, 'are accepted', args, ACCEPTED] as const];
  }),
)('%s on files that %s: no line is longer than it may be', async (_, __, args, files) => {
  const { out, err, code, written } = await run(args, files);
  expect(code).toBeLessThan(3);
  const most = args.includes('html') ? MOST_OF_PAGE : MOST;
  // The report for programs holds whole files as texts.
  const told = args[0] === 'report' && args.includes('json') ? out.replaceAll('\\n', '\n') : out;
  expect(longest(told)).toBeLessThan(most);
  for (const text of [err, ...written.values()]) expect(longest(text)).toBeLessThan(MOST);
});

test('a credential of any length is masked', async () => {
  const password = (last: string): string => `${long('s', 300_000)}${last}`;
  const file = (last: string): string =>
    `services:\n  db:\n    image: example/db:1\n    environment:\n      DB_PASSWORD: ${password(last)}\n`;
  const files = { 'docker-compose.yml': file('a'), 'docker-compose.prod.yml': file('b') };
  for (const command of ['report', 'consolidate']) {
    const { code, out, err } = await run([command], files);
    expect([code, err, out.includes('sss')]).toEqual([0, '', false]);
  }
});
