import { describe, expect, test } from 'vitest';
import { run } from '../run.js';

const ONLY = ['--only', 'latest-tag', '--format', 'compact'];
const SHOP = 'services: {web: {image: example/web}}\n';
const FOUND =
  'The image example/web of "web" has no tag, so that `latest` is pulled: what runs depends on the day it was pulled. [latest-tag]';

type Files = Readonly<Record<string, string>>;

/** `error: 2` and the like for each file with a finding. */
const levelsOf = async (files: Files, args: readonly string[] = []): Promise<readonly string[]> => {
  const { out, err } = await run([...ONLY, ...args], files);
  expect(err).toBe('');
  return [...out.matchAll(/^([^:]+):\d+:\d+: (\w+): .*\[latest-tag\]$/gm)].map(([, file, level]) => `${file} ${level}`);
};

const failure = async (files: Files, args: readonly string[] = []): Promise<string> => {
  const { out, err, code } = await run([...ONLY, ...args], files);
  expect({ out, code }).toEqual({ out: '', code: 2 });
  return err.replace('fog-lint: the settings are not valid\n', '');
};

describe('the settings file', () => {
  const INFO = 'rules: {latest-tag: info}\n';
  const MANIFEST = '{"name": "x", "fog-lint": {"rules": {"latest-tag": "info"}}}\n';

  test.each<[string, Files, string]>([
    ['none', {}, 'warning'],
    ['fog-lint.yaml', { 'fog-lint.yaml': INFO }, 'info'],
    ['.fog-lint.yaml', { '.fog-lint.yaml': INFO }, 'info'],
    ['fog-lint.yml', { 'fog-lint.yml': INFO }, 'info'],
    ['.fog-lint.yml', { '.fog-lint.yml': INFO }, 'info'],
    ['package.json', { 'package.json': MANIFEST }, 'info'],
    [
      'package.json with tabs',
      { 'package.json': '{\n\t"fog-lint": {\n\t\t"rules": {"latest-tag": "info"}\n\t}\n}\n' },
      'info',
    ],
    ['package.json without our key', { 'package.json': '{"description": "uses fog-lint"}' }, 'warning'],
    ['the first of several', { 'fog-lint.yaml': 'rules: {latest-tag: error}\n', '.fog-lint.yaml': INFO }, 'error'],
    ['an empty one', { 'fog-lint.yaml': '# nothing yet\n' }, 'warning'],
  ])('is %s', async (_, files, level) => {
    expect(await levelsOf({ 'compose.yml': SHOP, ...files })).toEqual([`compose.yml ${level}`]);
  });

  test('is looked for upwards, as far as the repository reaches', async () => {
    const files = { 'repo/.git/HEAD': '', 'repo/a/b/compose.yml': SHOP };
    const level = (settings: Files): Promise<readonly string[]> => levelsOf({ ...files, ...settings }, ['repo/a/b']);
    expect(await level({ 'repo/fog-lint.yaml': INFO })).toEqual(['repo/a/b/compose.yml info']);
    expect(await level({ 'repo/a/package.json': MANIFEST })).toEqual(['repo/a/b/compose.yml info']);
    expect(await level({ 'fog-lint.yaml': INFO })).toEqual(['repo/a/b/compose.yml warning']);
  });

  test('is the nearest one, for each folder its own', async () => {
    const files = { 'fog-lint.yaml': INFO, 'a/compose.yml': SHOP, 'b/compose.yml': SHOP, 'b/fog-lint.yaml': '{}\n' };
    expect(await levelsOf(files, ['-r'])).toEqual(['a/compose.yml info', 'b/compose.yml warning']);
  });

  test('is the one that is asked for, or none', async () => {
    const files = { 'compose.yml': SHOP, 'fog-lint.yaml': INFO, 'ci/strict.yaml': 'rules: {latest-tag: error}\n' };
    expect(await levelsOf(files, ['--config', 'ci/strict.yaml'])).toEqual(['compose.yml error']);
    expect(await levelsOf(files, ['--no-config'])).toEqual(['compose.yml warning']);
  });

  test('loses against the command line', async () => {
    const files = {
      'compose.yml': SHOP,
      'fog-lint.yaml': `${INFO}overrides: [{files: ["*"], rules: {latest-tag: off}}]\n`,
    };
    expect(await levelsOf(files, ['--rule', 'latest-tag=error'])).toEqual(['compose.yml error']);
  });
});

describe('extends', () => {
  test.each<[string, Files, readonly string[]]>([
    ['a preset', { 'fog-lint.yaml': 'extends: strict\n' }, ['compose.yml warning']],
    [
      'a file, and wins over it',
      { 'fog-lint.yaml': 'extends: ./ci/base.yaml\n', 'ci/base.yaml': 'rules: {latest-tag: error}\n' },
      ['compose.yml error'],
    ],
    [
      'several, the later ones winning',
      {
        'fog-lint.yaml': 'extends: [all, a.yaml, b.yaml]\n',
        'a.yaml': 'rules: {latest-tag: error}\n',
        'b.yaml': 'rules: {latest-tag: info}\n',
      },
      ['compose.yml info'],
    ],
    [
      'files whose patterns start from their own folders',
      {
        'fog-lint.yaml': 'extends: ci/base.yaml\n',
        'ci/base.yaml':
          'overrides: [{files: ["compose.yml"], rules: {latest-tag: off}}, {files: ["./a/*"], rules: {latest-tag: off}}]\n',
      },
      ['compose.yml warning'],
    ],
  ])('%s', async (_, files, expected) => {
    expect(await levelsOf({ 'compose.yml': SHOP, ...files })).toEqual(expected);
  });

  test.each<[string, Files, string]>([
    [
      'a preset that there is not',
      { 'fog-lint.yaml': '# ours\nextends: strct\n' },
      'fog-lint.yaml:2:10: error: No preset is called "strct": recommended, strict, all, or the path of a file. Did you mean "strict"?\n',
    ],
    [
      'a file that is not there',
      { 'fog-lint.yaml': 'extends: [strict, ./ci.yaml]\n' },
      'fog-lint.yaml:1:19: error: ./ci.yaml does not exist.\n',
    ],
    [
      'a file outside of the project',
      { 'fog-lint.yaml': 'extends: ../other.yaml\n' },
      'fog-lint.yaml:1:10: error: ../other.yaml lies outside of the project.\n',
    ],
    [
      'a file by its whole path',
      { 'fog-lint.yaml': 'extends: /project/ci.yaml\n', 'ci.yaml': '{}\n' },
      'fog-lint.yaml:1:10: error: /project/ci.yaml is not relative to this file.\n',
    ],
    [
      'itself',
      { 'fog-lint.yaml': 'extends: ./fog-lint.yaml\n' },
      'fog-lint.yaml:1:10: error: The settings extend each other in a cycle: fog-lint.yaml, fog-lint.yaml.\n',
    ],
    [
      'one that extends it',
      {
        'fog-lint.yaml': 'extends: ./a.yaml\n',
        'a.yaml': 'extends: ./b.yaml\n',
        'b.yaml': 'extends:\n  - ./fog-lint.yaml\n',
      },
      'b.yaml:2:5: error: The settings extend each other in a cycle: fog-lint.yaml, a.yaml, b.yaml, fog-lint.yaml.\n',
    ],
  ])('does not take %s', async (_, files, message) => {
    expect(await failure({ 'compose.yml': SHOP, ...files })).toBe(message);
  });

  test('does not leave the project of the file that --config names', async () => {
    const files = {
      'compose.yml': SHOP,
      'ci/.git/HEAD': '',
      'ci/fog.yaml': 'extends: ../fog.yaml\n',
      'fog.yaml': '{}\n',
    };
    expect(await failure(files, ['-c', 'ci/fog.yaml'])).toBe(
      'ci/fog.yaml:1:10: error: ../fog.yaml lies outside of the project.\n',
    );
  });
});

describe('overrides', () => {
  const FILES = {
    'compose.yml': 'services: {web: {image: example/web}, job: {image: example/job}}\n',
    'compose.prod.yml': 'services: {web: {image: example/web}}\n',
    'legacy/compose.yml': SHOP,
  };
  const ALL = ['compose.prod.yml warning', 'compose.yml warning', 'compose.yml warning', 'legacy/compose.yml warning'];

  test.each<[string, string, readonly string[]]>([
    ['nothing', '{}', ALL],
    [
      'a name of a file',
      '{overrides: [{files: [compose.prod.yml], rules: {latest-tag: error}}]}',
      ['compose.prod.yml error', ...ALL.slice(1)],
    ],
    ['a folder', '{overrides: [{files: ["legacy/**"], rules: {latest-tag: off}}]}', ALL.slice(0, 3)],
    ['a service', '{overrides: [{services: ["j*"], rules: {latest-tag: off}}]}', [...ALL.slice(0, 2), ...ALL.slice(3)]],
    [
      'a role',
      '{overrides: [{roles: [prod], rules: {latest-tag: error}}]}',
      ['compose.prod.yml error', ...ALL.slice(1)],
    ],
    [
      'a service in a file, the later one winning',
      '{overrides: [{files: ["legacy/*"], services: [web], rules: {latest-tag: off}}, {files: ["legacy/*"], rules: {latest-tag: info}}]}',
      [...ALL.slice(0, 3), 'legacy/compose.yml info'],
    ],
    [
      'a rule that is off otherwise',
      '{rules: {latest-tag: off}, overrides: [{roles: [prod], rules: {latest-tag: warning}}]}',
      ['compose.prod.yml warning'],
    ],
  ])('%s', async (_, settings, expected) => {
    // `--only` would ask for the rule itself, so that it is not used here.
    const { out, err } = await run(['-r', '--format', 'compact'], { ...FILES, 'fog-lint.yaml': `${settings}\n` });
    expect(err).toBe('');
    const found = [...out.matchAll(/^([^:]+):\d+:\d+: (\w+): .*\[latest-tag\]$/gm)].map(
      ([, file, level]) => `${file} ${level}`,
    );
    expect(found).toEqual(expected);
  });
});

describe('what else is settled', () => {
  const stacksOf = async (files: Files, args: readonly string[] = []): Promise<object> => {
    const { out, err } = await run(['--format', 'json', '--only', 'latest-tag', ...args], files);
    expect(err).toBe('');
    const [workspace] = JSON.parse(out).workspaces;
    return {
      files: workspace.files.map(({ path, role }: { path: string; role: string }) => `${path} ${role}`),
      stacks: workspace.stacks.map(
        ({ name, files: members }: { name: string; files: string[] }) => `${name}: ${members.join(' ')}`,
      ),
    };
  };
  const FILES = { 'compose.yml': SHOP, 'compose.search.yml': SHOP, 'compose.live.yml': SHOP };

  test('stacks, instead of those that names suggest', async () => {
    const settings =
      'stacks:\n  live: [compose.yml, compose.live.yml]\n  all: {files: [compose.yml, compose.search.yml], profiles: [x]}\n';
    expect(await stacksOf({ ...FILES, 'fog-lint.yaml': settings })).toEqual({
      files: ['compose.yml base', 'compose.live.yml prod', 'compose.search.yml overlay'],
      stacks: ['live: compose.yml compose.live.yml', 'all: compose.yml compose.search.yml'],
    });
    expect(await stacksOf({ ...FILES, 'fog-lint.yaml': settings }, ['--stack', 'live=compose.live.yml'])).toEqual({
      files: ['compose.yml base', 'compose.live.yml prod', 'compose.search.yml overlay'],
      stacks: ['all: compose.yml compose.search.yml', 'live: compose.live.yml'],
    });
  });

  test('roles', async () => {
    const settings = 'roles: {compose.search.yml: dev, "compose.l*.yml": test}\n';
    expect(await stacksOf({ ...FILES, 'fog-lint.yaml': settings })).toMatchObject({
      files: ['compose.yml base', 'compose.search.yml dev', 'compose.live.yml test'],
    });
  });

  test('ignore, but not for a file that is named', async () => {
    const settings = { 'fog-lint.yaml': 'ignore: [compose.search.yml, "old/**"]\n', 'old/compose.yml': SHOP };
    expect(await stacksOf({ ...FILES, ...settings }, ['-r'])).toMatchObject({
      files: ['compose.yml base', 'compose.live.yml prod'],
    });
    expect(await stacksOf({ ...FILES, ...settings }, ['compose.search.yml'])).toMatchObject({
      files: ['compose.search.yml overlay'],
    });
  });

  test('volumeNaming', async () => {
    const compose = 'services: {a: {image: "a:1", volumes: ["a_data:/a"]}}\nvolumes: {a_data: }\n';
    const names = async (settings: string): Promise<string> =>
      (
        await run(['--only', 'volume-naming', '--format', 'compact'], {
          'compose.yml': compose,
          'fog-lint.yaml': settings,
        })
      ).out;
    expect(await names('volumeNaming: any\n')).toBe('No problems in 1 file.\n');
    expect(await names('volumeNaming: kebab-case\n')).toContain(
      'The volume "a_data" is in snake_case, where the settings want kebab-case.',
    );
  });
});

describe('a fault in the settings', () => {
  test.each<[string, string, string]>([
    ['an unknown key', 'rules: {}\nrule: {}\n', 'fog-lint.yaml:2:1: error: A settings file has no key "rule".\n'],
    [
      'an unknown key that resembles one',
      'override: []\n',
      'fog-lint.yaml:1:1: error: A settings file has no key "override". Did you mean "overrides"?\n',
    ],
    [
      'an unknown rule',
      '\nrules:\n  latest-tga: off\n',
      'fog-lint.yaml:3:3: error: rules has no key "latest-tga". Did you mean "latest-tag"?\n',
    ],
    [
      'an unknown level',
      'rules:\n  latest-tag: warn\n',
      'fog-lint.yaml:2:15: error: rules.latest-tag must be "off", "info", "warning" or "error".\n',
    ],
    [
      'an unknown rule in an override',
      'overrides:\n  - rules: {latest: off}\n',
      'fog-lint.yaml:2:13: error: overrides[0].rules has no key "latest". Did you mean "latest-tag"?\n',
    ],
    [
      'an override without rules',
      'overrides:\n  - files: [a.yml]\n',
      'fog-lint.yaml:2:5: error: overrides[0] must have "rules".\n',
    ],
    [
      'an unknown role',
      'roles: {compose.x.yml: staging}\n',
      'fog-lint.yaml:1:24: error: roles["compose.x.yml"] must be "base", "dev", "prod", "test" or "overlay".\n',
    ],
    ['a number for a tag', 'pins: {postgres: 16}\n', 'fog-lint.yaml:1:18: error: pins.postgres must be a text.\n'],
    [
      'a stack of a file that is not there',
      'stacks:\n  live: [compose.lve.yml]\n',
      'fog-lint.yaml:2:10: error: The stack "live" names compose.lve.yml, which does not exist.\n',
    ],
    [
      'a stack of a file outside of the project',
      'stacks: {live: [../compose.yml]}\n',
      'fog-lint.yaml:1:17: error: The stack "live" names ../compose.yml, which lies outside of the project.\n',
    ],
    ['no YAML', 'rules: {\n', 'fog-lint.yaml:2:1: error: The closing } is missing.\n'],
    [
      'two of them, both told',
      'ruls: {}\nroles: {a.yml: x}\n',
      'fog-lint.yaml:1:1: error: A settings file has no key "ruls". Did you mean "rules"?\nfog-lint.yaml:2:16: error: roles["a.yml"] must be "base", "dev", "prod", "test" or "overlay".\n',
    ],
  ])('%s', async (_, settings, message) => {
    expect(await failure({ 'compose.yml': SHOP, 'fog-lint.yaml': settings })).toBe(message);
  });

  test('in package.json is told at its line there, and nothing else of it', async () => {
    const manifest = '{\n  "name": "x", "name": "y",\n  "fog-lint": {\n    "rulez": {}\n  }\n}\n';
    expect(await failure({ 'compose.yml': SHOP, 'package.json': manifest })).toBe(
      'package.json:4:5: error: A settings file has no key "rulez". Did you mean "rules"?\n',
    );
  });

  test('in a file that --config names but is not there', async () => {
    const { err, code } = await run([...ONLY, '-c', 'ci.yaml'], { 'compose.yml': SHOP });
    expect({ err, code }).toEqual({ err: 'fog-lint: --config ci.yaml: no such file\n', code: 2 });
  });
});

test('the message of a finding is the same with and without settings', async () => {
  const { out } = await run(ONLY, {
    'compose.yml': SHOP,
    'fog-lint.yaml': 'decisions: {loopback: true}\n',
  });
  expect(out.split('\n')[0]).toBe(`compose.yml:1:25: warning: ${FOUND}`);
});
