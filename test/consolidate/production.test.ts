import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repositoryOf, runFor } from './disk.js';
import { dockerCompose } from './docker.js';

const BASE = `services:
  db:
    image: postgres:16.4
    environment:
      POSTGRES_PASSWORD: correct-horse-battery
    volumes:
      - db_data:/var/lib/postgresql/data
    networks: [back]
  grafana:
    image: grafana/grafana:12.1.1
    environment:
      - GF_SECURITY_ADMIN_PASSWORD=staple-and-hunter2
      - GF_LOG_LEVEL=info
    networks: [back]
  web:
    image: example/web:1
    restart: on-failure
    networks: [back, front]
networks:
  back:
  front:
volumes:
  db_data:
`;

const PROD = `# Production.
services:
  # The database
  db:
    restart: always # decided long ago
    deploy:
      resources:
        limits:
          memory: 4G
  grafana:
    # quiet
    environment:
      - GF_LOG_LEVEL=warn
`;

const settings = (secrets: 'environment' | 'files'): string => `decisions:
  prod:
    restart: unless-stopped
    secrets: ${secrets}
    limits:
      default: { cpus: "0.5", memory: 512M }
      db: { memory: 1G }
    proxy:
      service: nginx
      image: nginx:1.29-alpine
      port: 8080
      to: { /: "web:80" }
`;

/** What comes of each case: the production file, and what docker compose makes of it. */
const EXPECTED = new URL('../../fixtures/production/', import.meta.url).pathname;

const STACK = ['-f', 'docker-compose.yml', '-f', 'docker-compose.prod.yml'];

const CASES = [
  { name: 'a new file, secrets from files', slug: 'new-with-files', how: 'files', prod: undefined },
  { name: 'a file that is there, secrets from files', slug: 'there-with-files', how: 'files', prod: PROD },
  {
    name: 'a file that is there, secrets from the environment',
    slug: 'there-with-environment',
    how: 'environment',
    prod: PROD,
  },
] as const;

describe.each(CASES)('production: $name', ({ slug, how, prod }) => {
  let folder = '';
  let err = '';
  let out = '';

  beforeAll(async () => {
    folder = repositoryOf({
      'docker-compose.yml': BASE,
      'fog-lint.yaml': settings(how),
      ...(prod === undefined ? {} : { 'docker-compose.prod.yml': prod }),
    });
    const done = await runFor(['consolidate', '--write'], folder);
    ({ err, out } = done);
    if (done.code !== 0) throw new Error(err);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  const text = (name: string): string => readFileSync(join(folder, name), 'utf8');

  /** What the stack means: by docker compose where there is one, without a warning. */
  const config = async (): Promise<string> => {
    const own = await runFor(['config', ...STACK.filter((word) => word !== '-f')], folder);
    if (dockerCompose) {
      const [program = '', ...first] = dockerCompose;
      const theirs = spawnSync(program, [...first, ...STACK, 'config'], { cwd: folder, encoding: 'utf8' });
      expect({ err: theirs.stderr, out: theirs.stdout }).toEqual({ err: '', out: own.out });
    }
    return own.out
      .replaceAll(folder, '…')
      .replace(/^name: .*$/m, 'name: set')
      .replace(/name: fog-lint-set-[^_]*_/g, 'name: set_');
  };

  test('the file', async () => {
    await expect(text('docker-compose.prod.yml')).toMatchFileSnapshot(`${EXPECTED}${slug}/docker-compose.prod.yml`);
  });

  test('the stack', async () => {
    const model = await config();
    await expect(model).toMatchFileSnapshot(`${EXPECTED}${slug}/config.yml`);
    expect(model).not.toContain('correct-horse-battery');
    expect(model).not.toContain('staple-and-hunter2');
  });

  test('git ignores what holds credentials', () => {
    expect(text('.gitignore')).toBe(how === 'files' ? '.env\nsecrets/\n' : '.env\n');
  });

  test('what is left to be done by hand is told', () => {
    const [, byHand = ''] = out.split('## By hand\n');
    expect(byHand.split('\n').filter((line) => line.startsWith('install '))).toEqual(
      how === 'files'
        ? [
            'install -d -m 700 secrets',
            'install -m 644 /dev/stdin secrets/postgres_password.txt # type the value of POSTGRES_PASSWORD and end it with Ctrl-D',
            'install -m 644 /dev/stdin secrets/gf_security_admin_password.txt # type the value of GF_SECURITY_ADMIN_PASSWORD and end it with Ctrl-D',
          ]
        : [],
    );
  });

  test('a second run has nothing to do', async () => {
    const { out: again } = await runFor(['consolidate', '--format', 'json'], folder);
    const { workspaces } = JSON.parse(again) as { readonly workspaces: readonly Readonly<Record<string, unknown>>[] };
    expect(workspaces[0]).toMatchObject({ verdict: 'empty', withdrawn: [] });
  });
});

test('a new file gives the same as one that is there, and gives way to what the base says in the same places', async () => {
  const base = BASE.replace(
    '  web:\n',
    '  nginx:\n    image: nginx:1.28-alpine\n  web:\n    deploy: { resources: { limits: { memory: 2G } } }\n',
  );
  const prodOf = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> => {
    const folder = repositoryOf({ 'docker-compose.yml': base, 'fog-lint.yaml': settings('files'), ...files });
    const { code, err } = await runFor(['consolidate', '--write'], folder);
    const { out } = await runFor(['config', ...STACK.filter((word) => word !== '-f'), '--project-name', 'set'], folder);
    rmSync(folder, { recursive: true });
    if (code !== 0) throw new Error(err);
    return out.replaceAll(folder, '…').split('\n');
  };
  const isMark = (line: string): boolean => /labels:|mark:/.test(line);
  const added = await prodOf({});
  const completed = await prodOf({ 'docker-compose.prod.yml': 'services:\n  web:\n    labels: { mark: "1" }\n' });
  expect(completed.filter(isMark)).toEqual(['    labels:', '      mark: "1"']);
  expect(added).toEqual(completed.filter((line) => !isMark(line)));
  expect(added.filter((line) => /memory: |image: nginx|restart: /.test(line)).map((line) => line.trim())).toEqual([
    'memory: "1073741824"',
    'restart: unless-stopped',
    'memory: "536870912"',
    'restart: unless-stopped',
    'memory: "536870912"',
    'image: nginx:1.28-alpine',
    'restart: unless-stopped',
    'memory: "2147483648"',
    'restart: on-failure',
  ]);
});
