import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { nodeIo } from '../../src/cli/node-io.js';
import { fogLint } from '../program.js';
import { CWD, run } from '../run.js';

const BASE = 'services:\n  web:\n    image: example/web:1\n    restart: always\n';
const FILES = {
  'compose.yaml': `version: "3"\n${BASE}`,
  'compose.prod.yaml': 'services:\n  web:\n    restart: always\n    environment: {A: b}\n',
};

describe('consolidate', () => {
  test('prints plan and proof and writes nothing', async () => {
    const { code, out, err, written } = await run(['consolidate'], FILES);
    expect({ code, err, written: written.size }).toEqual({ code: 0, err: '', written: 0 });
    expect(out).toMatchInlineSnapshot(`
      "# Consolidation of project

      ## Plan

      | # | Operation | Service | Files | Reason | Effect | Rule | Safety |
      | --- | --- | --- | --- | --- | --- | --- | --- |
      | 1 | drop-version |  | compose.yaml | docker compose ignores the top-level \`version\` and warns about it. | No stack changes. | \`obsolete-version\` | safe |
      | 2 | drop-redundant | web | compose.prod.yaml | compose.yaml says the same of restart. | No stack changes. | \`redundant-override\` | safe |

      ## Proof

      Every stack was resolved before and after. Each difference belongs to one operation, and each operation shows all the differences that it claims.

      | Stack | Today | Afterwards | Result |
      | --- | --- | --- | --- |
      | default | \`docker compose -f compose.yaml\` | \`docker compose -f compose.yaml\` | equal |
      | prod | \`docker compose -f compose.yaml -f compose.prod.yaml\` | \`docker compose -f compose.yaml -f compose.prod.yaml\` | equal |

      ## Files

      - \`compose.yaml\`
      - \`compose.prod.yaml\`
      "
    `);
  });

  test('says so when there is nothing to do', async () => {
    const { code, out } = await run(['consolidate'], { 'compose.yaml': BASE });
    expect(code).toBe(0);
    expect(out).toBe(
      '# Consolidation of project\n\n## Plan\n\nThere is nothing to do.\n\n## Proof\n\nThere is nothing to do.\n',
    );
  });

  test('prints a patch with --diff', async () => {
    const { out } = await run(['consolidate', '--diff'], FILES);
    expect(out).toMatchInlineSnapshot(`
      "diff --git a/compose.prod.yaml b/compose.prod.yaml
      --- a/compose.prod.yaml
      +++ b/compose.prod.yaml
      @@ -1,4 +1,3 @@
       services:
         web:
      -    restart: always
           environment: {A: b}
      diff --git a/compose.yaml b/compose.yaml
      --- a/compose.yaml
      +++ b/compose.yaml
      @@ -1,4 +1,3 @@
      -version: "3"
       services:
         web:
           image: example/web:1
      "
    `);
  });

  test('prints data with --format json', async () => {
    const { out } = await run(['consolidate', '--format', 'json'], FILES);
    const { workspaces } = JSON.parse(out) as {
      workspaces: readonly { verdict: string; operations: readonly { id: string; safe: boolean }[] }[];
    };
    expect(workspaces.map(({ verdict }) => verdict)).toEqual(['proven']);
    expect(workspaces[0]?.operations.map(({ id, safe }) => `${id} ${safe}`)).toEqual([
      'drop-version:compose.yaml true',
      'drop-redundant:compose.prod.yaml:web:["restart"] true',
    ]);
  });

  test('writes the files and their backups with --write', async () => {
    const { code, written, removed } = await run(['consolidate', '--write'], FILES);
    expect(code).toBe(0);
    expect([...removed]).toEqual([]);
    expect(Object.fromEntries(written)).toEqual({
      [`${CWD}/compose.yaml.bak`]: FILES['compose.yaml'],
      [`${CWD}/compose.yaml`]: BASE,
      [`${CWD}/compose.prod.yaml.bak`]: FILES['compose.prod.yaml'],
      [`${CWD}/compose.prod.yaml`]: 'services:\n  web:\n    environment: {A: b}\n',
    });
  });

  test('is stopped by a file that is there and is not part of the set', async () => {
    const files = {
      'docker-compose.yml': 'services:\n  web:\n    image: example/web:1\n    ports:\n      - "8080:80"\n',
      'docker-compose.prod.yml': 'services:\n  web:\n    restart: always\n',
      'docker-compose.override.yml': 'services: {}\n',
    };
    const { code, err, written } = await run(
      ['consolidate', '--write', 'docker-compose.yml', 'docker-compose.prod.yml'],
      files,
    );
    expect({ code, written: written.size }).toEqual({ code: 2, written: 0 });
    expect(err).toBe(
      'fog-lint: docker-compose.override.yml: there already, and not part of the set\nName the file, too, or move it away.\n',
    );
  });

  test('needs an answer of a known form in decisions', async () => {
    const { code, err } = await run(['consolidate'], { ...FILES, 'fog-lint.yaml': 'decisions: {scrapes: maybe}\n' });
    expect(code).toBe(2);
    expect(err).toContain('fog-lint.yaml:1:22');
  });
});

describe('consolidate on a disk', () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fog-lint-'));
    mkdirSync(join(folder, '.git'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const runHere = async (
    args: readonly string[],
    env: Record<string, string> = {},
  ): Promise<{ code: number; err: string }> => {
    let err = '';
    const io = {
      ...nodeIo(),
      cwd: folder,
      env,
      write: () => undefined,
      warn: (text: string) => {
        err += text;
      },
      exitCode: 0,
    };
    await main(args, io);
    return { code: io.exitCode, err };
  };

  const SECRET = 'services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: s3cret-Pa55\n';

  test('keeps the mode of a .env that is there, and makes a new one private', async () => {
    writeFileSync(join(folder, 'compose.yaml'), SECRET);
    expect((await runHere(['consolidate', '--write'])).code).toBe(0);
    expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, '.env.example'), 'utf8')).not.toContain('s3cret-Pa55');
    writeFileSync(
      join(folder, 'compose.yaml'),
      SECRET.replace('POSTGRES_PASSWORD: s3cret-Pa55', 'API_TOKEN: t0ken-Value-1'),
    );
    chmodSync(join(folder, '.env'), 0o640);
    expect((await runHere(['consolidate', '--write'])).code).toBe(0);
    expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o640);
    expect(readFileSync(join(folder, '.env'), 'utf8')).toBe('POSTGRES_PASSWORD=s3cret-Pa55\nAPI_TOKEN=t0ken-Value-1\n');
  });

  test('writes a folder of its own with --out, and leaves the old files alone', async () => {
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
    const { code } = await runHere(['consolidate', '--out', 'new/files']);
    expect(code).toBe(0);
    expect(readdirSync(join(folder, 'new', 'files')).sort()).toEqual(['compose.prod.yaml', 'compose.yaml']);
    expect(readFileSync(join(folder, 'new', 'files', 'compose.yaml'), 'utf8')).toBe(BASE);
    expect(readFileSync(join(folder, 'compose.yaml'), 'utf8')).toBe(FILES['compose.yaml']);
    writeFileSync(join(folder, 'new', 'files', 'compose.yaml'), 'services: {}\n');
    expect((await runHere(['consolidate', '--out', 'new/files'])).code).toBe(2);
  });

  test('takes the backup before it replaces a file, under a name that is free', async () => {
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, 'compose.yaml.bak'), 'mine\n');
    expect((await runHere(['consolidate', '--write'])).code).toBe(0);
    expect(readFileSync(join(folder, 'compose.yaml.bak'), 'utf8')).toBe('mine\n');
    expect(readFileSync(join(folder, 'compose.yaml.bak.2'), 'utf8')).toBe(FILES['compose.yaml']);
  });

  test('makes a patch that git applies, with a file that gets another name', async () => {
    writeFileSync(
      join(folder, 'docker-compose.yml'),
      'services:\n  web:\n    image: example/web:1\n    ports:\n      - "8080:80"\n',
    );
    writeFileSync(join(folder, 'docker-compose.dev.yml'), 'services:\n  web:\n    environment: {A: b}\n');
    let patch = '';
    const io = {
      ...nodeIo(),
      cwd: folder,
      env: {},
      write: (text: string) => {
        patch += text;
      },
      warn: () => undefined,
      exitCode: 0,
    };
    await main(['consolidate', '--diff'], io);
    rmSync(join(folder, '.git'), { recursive: true });
    expect(spawnSync('git', ['init', '-q'], { cwd: folder }).status).toBe(0);
    const { status, stderr } = spawnSync('git', ['apply', '-'], { cwd: folder, input: patch, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(existsSync(join(folder, 'docker-compose.dev.yml'))).toBe(false);
    expect(readFileSync(join(folder, 'docker-compose.override.yml'), 'utf8')).toBe(
      'services:\n  web:\n    environment: {A: b}\n    ports:\n      - "8080:80"\n',
    );
  });

  test('says so when there is no docker compose to verify with', async () => {
    writeFileSync(join(folder, 'compose.yaml'), FILES['compose.yaml']);
    const { code, err } = await runHere(['consolidate', '--verify-with-docker', '--write'], { PATH: folder });
    expect(code).toBe(2);
    expect(err).toContain('there is no docker compose on the PATH');
    expect(readFileSync(join(folder, 'compose.yaml'), 'utf8')).toBe(FILES['compose.yaml']);
  });

  /** Answers as docker compose would for the old file, which has a `version`, and with another image for the new one. */
  const STUB = (after: string): string => `#!/bin/sh
for word; do case "$word" in version) exit 0 ;; *.yaml) file=$word ;; esac; done
if grep -q version "$file"; then image=example/web:1; else image=${after}; fi
echo "{\\"services\\":{\\"web\\":{\\"image\\":\\"$image\\"}}}"
`;

  test.each([
    ['agrees', 'example/web:1', 0, 'docker compose agrees.\n'],
    ['sees another difference', 'example/web:2', 2, 'docker compose disagrees: default: services.web.image differs\n'],
  ])('asks, as it is built, the docker compose on the PATH, which %s', (_, image, expected, words) => {
    writeFileSync(join(folder, 'compose.yaml'), FILES['compose.yaml']);
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin', 'docker-compose'), STUB(image), { mode: 0o755 });
    const { code, err } = fogLint(['consolidate', '--verify-with-docker'], {
      cwd: folder,
      env: { PATH: `${join(folder, 'bin')}:/bin:/usr/bin` },
    });
    expect({ code, err }).toEqual({ code: expected, err: words });
  });
});

describe('report', () => {
  test('writes Markdown, or data, for any set', async () => {
    const { code, out } = await run(['report'], FILES);
    expect(code).toBe(0);
    expect(out.match(/^## .*/gm)).toEqual([
      '## 1. Summary',
      '## 2. Service matrix',
      '## 3. Dependency graph',
      '## 4. Services',
      '## 5. Networks and communication',
      '## 6. Duplication and conflicts',
      '## 7. Proposed layout',
      '## 8. Usage',
      '## 9. Migration plan',
      '## 10. Risks',
      '## 11. Success metrics',
      '## 12. Variables',
      '## 13. Anchors',
    ]);
    const json = await run(['report', '--format', 'json', '-o', 'report.json'], FILES);
    expect(json.out).toBe('');
    const { workspaces } = JSON.parse(json.written.get(`${CWD}/report.json`) ?? '') as {
      workspaces: readonly { services: readonly { name: string }[] }[];
    };
    expect(workspaces[0]?.services.map(({ name }) => name)).toEqual(['web']);
  });
});

describe('--fix', () => {
  const node = (name: string): string =>
    `  ${name}:\n    image: example/node:1\n    restart: always\n    init: true\n    environment:\n      NAME: ${name}\n`;
  const NODES = `services:\n${['node-1', 'node-2', 'node-3'].map(node).join('')}`;
  const SET = { 'compose.yaml': NODES, 'compose.prod.yaml': 'services:\n  node-1:\n    environment: {A: b}\n' };

  test('applies the safe part of the plan where files have several roles', async () => {
    const { written, err } = await run(['--fix'], SET);
    expect(err).toContain('Consolidated 1 file; no stack changes.\n');
    expect(written.get(`${CWD}/compose.yaml`)).toBe(
      `x-node: &node\n  image: example/node:1\n  restart: always\n  init: true\nservices:\n${['node-1', 'node-2', 'node-3'].map((name) => `  ${name}:\n    <<: *node\n    environment:\n      NAME: ${name}\n`).join('')}`,
    );
  });

  test('leaves a single file as it is, and the set where only some rules are asked for', async () => {
    expect((await run(['--fix'], { 'compose.yaml': NODES })).written.size).toBe(0);
    expect((await run(['--fix', '--only', 'latest-tag'], SET)).written.size).toBe(0);
  });

  test('goes on with what the plan has cleared the way for, and then there is nothing left to do', async () => {
    const files = {
      'compose.yaml':
        'services:\n  db:\n    image: postgres:16\n    environment:\n      - "POSTGRES_PASSWORD=it\'s-9f2c1-b4ttery"\n',
      // The doubled sign keeps the credential from being replaced, and the comment the line from being removed by itself.
      'compose.prod.yaml':
        "services:\n  db:\n    restart: always\n    environment:\n      - 'POSTGRES_PASSWORD=it''s-9f2c1-b4ttery' # for all\n",
      '.gitignore': '.env\n',
    };
    const { written, err } = await run(['--fix'], files);
    expect(err).toBe('Consolidated 2 files; no stack changes.\nFixed 1 finding in 3 files.\n');
    const texts = Object.fromEntries([...written].map(([path, text]) => [path.slice(CWD.length + 1), text]));
    expect(texts).toEqual({
      'compose.yaml':
        'services:\n  db:\n    image: postgres:16\n    environment:\n      - "POSTGRES_PASSWORD=${POSTGRES_PASSWORD}" # for all\n',
      'compose.prod.yaml': 'services:\n  db:\n    restart: always\n',
      '.env': 'POSTGRES_PASSWORD="it\'s-9f2c1-b4ttery"\n',
      '.env.example': 'POSTGRES_PASSWORD=\n',
    });
    const patch = await run(['--diff'], files);
    expect(patch.out).toContain('+      - "POSTGRES_PASSWORD=${POSTGRES_PASSWORD}" # for all\n');
    const again = await run(['--fix'], { ...files, ...texts });
    expect([...again.written.keys()]).toEqual([]);
  });

  test('moves nothing that a stack would lose', async () => {
    const { written } = await run(['--fix'], {
      'docker-compose.yml': 'services:\n  web:\n    image: example/web:1\n    ports:\n      - "127.0.0.1:8080:80"\n',
      'docker-compose.prod.yml': 'services:\n  web:\n    restart: always\n',
    });
    expect([...written.keys()]).toEqual([]);
  });
});

test('the report shows no credential: neither a default, nor one that stands in another variable, too', async () => {
  const files = {
    'compose.yaml':
      'services:\n  db:\n    image: example/db:1\n    environment:\n      SA_PASSWORD: Pass@word-7\n      ADMIN_PASSWORD: "${ADMIN_PASSWORD:-!ChangeMe!}"\n  web:\n    image: example/web:1\n    environment:\n      - CONNECTION=${CONNECTION:-Server=db;Password=Pass@word-7}\n',
    'compose.prod.yaml': 'services:\n  web:\n    environment:\n      - CONNECTION=Server=sql;Password=Pass@word-7\n',
  };
  for (const format of ['markdown', 'json']) {
    const { out } = await run(['report', '--format', format], files);
    expect(out).toContain('ADMIN_PASSWORD');
    expect(out).not.toContain('Pass@word-7');
    expect(out).not.toContain('!ChangeMe!');
  }
});
