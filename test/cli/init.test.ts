import { describe, expect, test } from 'vitest';
import { CWD, run } from '../run.js';

const FILES = {
  'docker-compose.yml': 'services: {web: {image: example/web}, db: {image: "postgres:16"}}\n',
  'docker-compose.override.yml': 'services: {web: {environment: {DEBUG: "1"}}}\n',
  'docker-compose.search.yml': 'services: {search: {image: "example/search:latest"}}\n',
};

const SETTINGS = `# Settings of fog-lint. Only data, nothing here is run. \`fog-lint rules\` lists the rules.

# recommended, strict (hardening that most files lack), all, or another settings file: ./ci/fog-lint.yaml
extends: recommended

# What each file is for, by path or pattern: base, dev, prod, test, overlay. Taken from the names: correct what is wrong.
roles:
  docker-compose.yml: base
  docker-compose.override.yml: dev
  docker-compose.search.yml: overlay

# What is started together, each as \`docker compose -f … -f …\` gets it. Without this the names of the files decide.
stacks:
  default: [docker-compose.yml, docker-compose.override.yml]
  base: [docker-compose.yml]
  search: [docker-compose.yml, docker-compose.search.yml]
  search-alone: [docker-compose.search.yml]

# Levels of rules: off, info, warning, error.
# rules:
#   missing-healthcheck: off

# Levels for some files, services or roles only; the later ones win.
# overrides:
#   - roles: [dev]
#     rules: {latest-tag: info}

# Files that are not looked for.
# ignore: ["legacy/**"]

# Tags, or digests, for images that have none.
# pins:
#   example/search: <tag>
#   example/web: <tag>

# How volumes are named: snake_case, kebab-case, camelCase, any. Without this the majority decides.
# volumeNaming: snake_case
`;

const SETTINGS_PATH = `${CWD}/fog-lint.yaml`;

test('init writes settings that are fitted to the set', async () => {
  const { code, out, err, written } = await run(['init'], FILES);
  expect({ code, out, err }).toEqual({ code: 0, out: 'fog-lint.yaml is written.\n', err: '' });
  expect([...written]).toEqual([[SETTINGS_PATH, SETTINGS]]);
});

test('a run with these settings says what a run without them says', async () => {
  const json = async (files: Readonly<Record<string, string>>): Promise<string> =>
    (await run(['--format', 'json'], files)).out;
  const without = await json(FILES);
  expect(JSON.parse(without).findings).not.toEqual([]);
  expect(await json({ ...FILES, 'fog-lint.yaml': SETTINGS })).toBe(without);
});

test('each commented line is valid once it is no comment', async () => {
  const { written } = await run(['init'], { 'compose.yml': 'services: {web: {image: "example/web:1"}}\n' });
  const text = (written.get(SETTINGS_PATH) ?? '').replace(/^# (?=[a-zA-Z]+:| {2})/gm, '');
  expect(text).toContain('\npins:\n  example/app: 1.4.2\n');
  const { code, err } = await run([], {
    'compose.yml': 'services: {web: {image: "example/web:1"}}\n',
    'fog-lint.yaml': text,
  });
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

test('names that YAML would take for something else are quoted', async () => {
  const { written } = await run(['init'], {
    'compose.yml': 'services: {web: {image: "example/web:1"}}\n',
    'compose.off.yml': 'services: {x: {image: "x:1"}}\n',
    'compose.1.yml': 'services: {y: {image: "y:1"}}\n',
  });
  expect(written.get(SETTINGS_PATH)).toContain('  "1": [compose.yml, compose.1.yml]\n');
  expect(written.get(SETTINGS_PATH)).toContain('  "off": [compose.yml, compose.off.yml]\n');
});

test.each(['fog-lint.yaml', '.fog-lint.yaml', 'fog-lint.yml', '.fog-lint.yml'])(
  '%s is not overwritten',
  async (name) => {
    const { code, out, err, written } = await run(['init'], { ...FILES, [name]: '' });
    expect({ code, out, written: written.size }).toEqual({ code: 2, out: '', written: 0 });
    expect(err).toBe(`fog-lint: ${name} is there already\nIt is left as it is. Remove it to have it written anew.\n`);
  },
);

test('who has settings already gets the hook that he asks for', async () => {
  const { code, out, written } = await run(['init', '--hook'], { ...FILES, '.fog-lint.yml': '' });
  expect(out).toBe('.fog-lint.yml is there already, and is left as it is.\n.pre-commit-config.yaml is written.\n');
  expect({ code, written: [...written.keys()] }).toEqual({ code: 0, written: [`${CWD}/.pre-commit-config.yaml`] });
});

test.each([
  [['init', 'sub'], 'fog-lint: sub: no such folder\n'],
  [['init', 'empty'], 'fog-lint: empty: no Compose file in this folder\nAdd -r to search below it, too.\n'],
])('%j has nothing to fit the settings to', async (args, message) => {
  const { code, err, written } = await run(args, { ...FILES, 'empty/a.txt': '' });
  expect({ code, err, written: written.size }).toEqual({ code: 2, err: message, written: 0 });
});

test('editors are shown the schema of an installed fog-lint', async () => {
  const files = {
    '.git/HEAD': '',
    'node_modules/fog-lint/dist/schema.json': '{}',
    'deploy/compose.yml': FILES['docker-compose.yml'],
  };
  const { written, out } = await run(['init', 'deploy'], files);
  expect(out).toBe('deploy/fog-lint.yaml is written.\n');
  expect(written.get(`${CWD}/deploy/fog-lint.yaml`)?.split('\n')[0]).toBe(
    '# yaml-language-server: $schema=../node_modules/fog-lint/dist/schema.json',
  );
});

describe('hook and workflow', () => {
  const HOOK = `repos:
  - repo: local
    hooks:
      - id: fog-lint
        name: fog-lint
        language: node
        additional_dependencies: ["fog-lint@0.0.0-test"]
        entry: fog-lint
        # All files of a set count, whichever of them is committed.
        files: (^|/)((docker-)?compose[^/]*\\.ya?ml|\\.env[^/]*|Dockerfile[^/]*|fog-lint\\.yaml)$
        pass_filenames: false
`;

  test('are written when they are asked for', async () => {
    const { out, written } = await run(['init', '--hook', '--workflow'], FILES);
    expect(out).toBe(
      'fog-lint.yaml is written.\n.pre-commit-config.yaml is written.\n.github/workflows/fog-lint.yml is written.\n',
    );
    expect(written.get(`${CWD}/.pre-commit-config.yaml`)).toBe(HOOK);
    expect(written.get(`${CWD}/.github/workflows/fog-lint.yml`)).toContain(
      '      - run: npx --yes fog-lint@0.0.0-test\n',
    );
  });

  test('stand in the root of the repository, and name the folder', async () => {
    const { written } = await run(['init', 'deploy', '--hook', '--workflow'], {
      '.git/HEAD': '',
      'deploy/compose.yml': FILES['docker-compose.yml'],
    });
    expect(written.get(`${CWD}/.pre-commit-config.yaml`)).toContain('        entry: fog-lint deploy\n');
    expect(written.get(`${CWD}/.github/workflows/fog-lint.yml`)).toContain('npx --yes fog-lint@0.0.0-test deploy\n');
  });

  test('are shown where there is a file already', async () => {
    const { out, written } = await run(['init', '--hook'], { ...FILES, '.pre-commit-config.yaml': 'repos: []\n' });
    expect(out).toBe(
      `fog-lint.yaml is written.\n.pre-commit-config.yaml is there already, and is left as it is. What to add to it:\n\n${HOOK}\n`,
    );
    expect([...written.keys()]).toEqual([SETTINGS_PATH]);
  });

  test('are offered at a terminal', async () => {
    const { err, written } = await run(['init'], FILES, { answers: ['', 'y'] });
    expect(err).toBe(
      'Run fog-lint before each commit, by pre-commit? [y/N] \nRun fog-lint on GitHub, for each pull request? [y/N] \n',
    );
    expect([...written.keys()]).toEqual([SETTINGS_PATH, `${CWD}/.github/workflows/fog-lint.yml`]);
  });

  test('are not offered to who has said already', async () => {
    const { err, written } = await run(['init', '--no-hook', '--workflow'], FILES, { answers: [] });
    expect(err).toBe('');
    expect([...written.keys()]).toEqual([SETTINGS_PATH, `${CWD}/.github/workflows/fog-lint.yml`]);
  });
});

test('settings can be read whatever names and images hold, and no comment of theirs ends early', async () => {
  const odd = '\u001b[31m\u009b\u0085rules: {nothing: off} #\u007f\u202e';
  const files = {
    'docker-compose.yml': `services: {web: {image: ${JSON.stringify(odd).replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}}, b: {image: "${'b'.repeat(5000)}"}}\n`,
    [`docker-compose.prod-${odd}.yml`]: 'services: {web: {image: "a:2"}}\n',
  };
  const { code, written } = await run(['init', '--no-hook', '--no-workflow'], files);
  const settings = written.get(`${CWD}/fog-lint.yaml`) ?? '';
  expect([code, /\p{Cc}/u.test(settings.replaceAll('\n', ''))]).toEqual([0, false]);
  const linted = await run(['--format', 'json'], { ...files, 'fog-lint.yaml': settings });
  const before = await run(['--format', 'json'], files);
  expect(linted).toEqual(before);
});
