import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { consolidate } from '../../src/consolidate/consolidate.js';
import { unknownNames } from '../../src/consolidate/unknown-names.js';
import { run } from '../run.js';
import { FOG_COMPUTE, openFolder, openTexts } from './open.js';

const FILES = {
  'compose.yaml': `services:
  web: {image: nginx, volumes: ["./site:/usr/share/nginx/html", {type: bind, source: ./conf, target: /etc/nginx}]}
  db: {image: "docker.io/library/postgres:17", networks: [storage]}
networks: {storage: }
`,
  'compose.prod.yaml': 'services:\n  web: {restart: always}\n',
};

const SETTINGS = `pins:
  nginx: 1.29-alpine
  postgres: "17"
  ngnix: 1.29-alpine
  memcached: 1.6-alpine
decisions:
  merge: [web, wbe]
  healthchecks: [database]
  keep:
    web:
      /usr/share/nginx/html: ./site
      /usr/share/nginx/htm: ./site
      /etc/nginx: ./config
    wep: {/etc/nginx: ./conf}
  networks:
    db: [storage, storge, monitoring, default]
    dbb: [storage]
  prod:
    limits:
      default: {memory: 1G}
      webb: {memory: 2G}
    proxy:
      service: proxy
      image: nginx:1.29-alpine
      port: 80
      to: {/: "web:80", /api/: "api:80"}
  set:
    base:
      wev: {init: true}
    prod:
      mailer: {image: "example/mail:1"}
`;

const WARNINGS = [
  'fog-lint.yaml:4:3: warning: No service has the image "ngnix". Did you mean "nginx"?',
  'fog-lint.yaml:5:3: warning: No service has the image "memcached".',
  'fog-lint.yaml:7:16: warning: No file has a service called "wbe". Did you mean "web"?',
  'fog-lint.yaml:8:18: warning: No file has a service called "database".',
  'fog-lint.yaml:12:7: warning: "web" mounts nothing at /usr/share/nginx/htm. Did you mean "/usr/share/nginx/html"?',
  'fog-lint.yaml:13:19: warning: "web" mounts no ./config at /etc/nginx. Did you mean "./conf"?',
  'fog-lint.yaml:14:5: warning: No file has a service called "wep". Did you mean "web"?',
  'fog-lint.yaml:16:19: warning: No file has a network called "storge", so that it is added. Did you mean "storage"?',
  'fog-lint.yaml:17:5: warning: No file has a service called "dbb". Did you mean "db"?',
  'fog-lint.yaml:21:7: warning: No file has a service called "webb". Did you mean "web"?',
  'fog-lint.yaml:26:32: warning: No file has a service called "api".',
  'fog-lint.yaml:29:7: warning: No file has a service called "wev". Did you mean "web"?',
];

test.each(['consolidate', 'report'])(
  '%s tells names in the settings that nothing has, at their places',
  async (command) => {
    const { err } = await run([command], { ...FILES, 'fog-lint.yaml': SETTINGS });
    expect(err.split('\n').filter(Boolean)).toEqual(WARNINGS);
  },
);

test('settings are not judged by some of the files, nor where they may be about other folders', async () => {
  const files = { ...FILES, 'fog-lint.yaml': SETTINGS };
  expect((await run(['consolidate', 'compose.yaml'], files)).err).toBe('');
  const below = Object.fromEntries(Object.entries(FILES).map(([name, text]) => [`deploy/${name}`, text]));
  expect((await run(['consolidate', 'deploy'], { ...below, 'fog-lint.yaml': SETTINGS })).err).toBe('');
  const shared = { ...FILES, 'shared.yaml': SETTINGS, 'fog-lint.yaml': 'extends: ./shared.yaml\n' };
  expect((await run(['consolidate'], shared)).err).toBe('');
});

test('all names of the worked example are known, before and after', () => {
  const settings = readFileSync(`${FOG_COMPUTE}/fog-lint.yaml`, 'utf8');
  for (const folder of ['before', 'after']) {
    const { files } = openFolder(`${FOG_COMPUTE}/${folder}`);
    const texts = Object.fromEntries(files.map(({ path, source }) => [path.split('/').at(-1) ?? '', source.text]));
    const workspace = openTexts({ ...texts, 'fog-lint.yaml': settings });
    expect(workspace.settings.decidedNames.length).toBeGreaterThan(30);
    expect(unknownNames([consolidate(workspace)])).toEqual([]);
  }
});

/** A base with settings of development, and a file of production. */
const PORTS = {
  'compose.yaml': 'services:\n  web: {image: "example/web:1", ports: ["8080:80"]}\n',
  'compose.prod.yaml': 'services:\n  web: {restart: always}\n',
};

const OVERRIDE = `decisions:
  override: false
  moveDevSettings: true
  loopback: true
  set:
    override:
      web: {init: true}
`;

const vain = (line: number, column: number, decision: string): string =>
  `fog-lint.yaml:${line}:${column}: warning: No file is the override or becomes it, so that \`${decision}\` has no effect.`;

describe('decisions on the override', () => {
  const warnings = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> =>
    (await run(['consolidate'], files)).err.split('\n').filter(Boolean);

  test('are told where it is decided that there is none', async () => {
    const files = { ...PORTS, 'compose.dev.yaml': 'services:\n  web: {environment: {DEBUG: "1"}}\n' };
    expect(await warnings({ ...files, 'fog-lint.yaml': OVERRIDE })).toEqual([
      vain(3, 3, 'moveDevSettings'),
      vain(4, 3, 'loopback'),
      vain(6, 5, 'set.override'),
    ]);
  });

  test('are told where no file can become it', async () => {
    const settings = 'decisions:\n  loopback: true\n';
    expect(await warnings({ 'compose.yaml': PORTS['compose.yaml'], 'fog-lint.yaml': settings })).toEqual([
      vain(2, 3, 'loopback'),
    ]);
  });

  test('are followed where there is one, one is made, or nothing need move', async () => {
    const settings = OVERRIDE.replace('  override: false\n', '');
    expect(await warnings({ ...PORTS, 'fog-lint.yaml': settings })).toEqual([]);
    const there = { ...PORTS, 'compose.override.yaml': 'services:\n  web: {ports: ["9090:90"]}\n' };
    expect(await warnings({ ...there, 'fog-lint.yaml': OVERRIDE })).toEqual([]);
    const plain = { 'compose.yaml': 'services:\n  web: {image: "example/web:1"}\n' };
    expect(await warnings({ ...plain, 'fog-lint.yaml': 'decisions:\n  moveDevSettings: true\n' })).toEqual([]);
  });

  test('name a file that is loaded over the base', async () => {
    const files = { ...PORTS, 'compose.dev.yaml': 'services:\n  web: {environment: {DEBUG: "1"}}\n' };
    expect(await warnings({ ...files, 'fog-lint.yaml': 'decisions:\n  override: ./compose.dve.yaml\n' })).toEqual([
      'fog-lint.yaml:2:13: warning: No file over the base is called "compose.dve.yaml". Did you mean "compose.dev.yaml"?',
    ]);
    expect(await warnings({ ...files, 'fog-lint.yaml': 'decisions:\n  override: ./compose.dev.yaml\n' })).toEqual([]);
  });
});
