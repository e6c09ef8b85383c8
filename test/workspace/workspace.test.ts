import { describe, expect, test } from 'vitest';
import { CWD, type RunOptions, run } from '../run.js';

type Files = Readonly<Record<string, string>>;

type Report = {
  readonly workspaces: readonly {
    readonly directory: string;
    readonly files: readonly { readonly path: string; readonly role: string }[];
    readonly stacks: readonly { readonly name: string; readonly files: readonly string[] }[];
  }[];
  readonly findings: readonly { readonly rule: string; readonly file?: string }[];
};

const WEB = 'services:\n  web:\n    image: nginx:1.27\n';
const PART = 'services:\n  web:\n    tty: true\n';

const reportOf = async (args: readonly string[], files: Files, options: RunOptions = {}): Promise<Report> => {
  const { out, err } = await run([...args, '--format', 'json'], files, options);
  expect(err).toBe('');
  return JSON.parse(out) as Report;
};

/** Files with their roles by folder, and stacks with their files, a line each. */
const layoutOf = async (
  args: readonly string[],
  files: Files,
  options: RunOptions = {},
): Promise<readonly string[]> => {
  const { workspaces } = await reportOf(args, files, options);
  return workspaces.flatMap(({ directory, files: members, stacks }) => [
    `${directory}: ${members.map(({ path, role }) => `${path} ${role}`).join(', ')}`,
    ...stacks.map(({ name, files: paths }) => `  ${name} = ${paths.join(' + ')}`),
  ]);
};

const all = (text: string, ...names: readonly string[]): Files => Object.fromEntries(names.map((name) => [name, text]));

describe('which files', () => {
  const tree: Files = {
    ...all(WEB, 'compose.yml', 'other.yaml', 'api/docker-compose.yml', 'api/deep/compose.yaml'),
    ...all(WEB, 'node_modules/a/compose.yml', '.git/compose.yml', 'vendor/compose.yml', 'build/compose.yml'),
    'api/.gitignore': 'deep/\n',
    '.gitignore': 'build\ncompose.local.yml\n',
    'compose.local.yml': PART,
    'composer.yml': 'a: b\n',
    'README.md': '# no file of ours\n',
  };
  const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['none named: those of the current folder', [], ['.: compose.yml base', '  default = compose.yml']],
    ['a folder', ['api'], ['api: api/docker-compose.yml base', '  default = api/docker-compose.yml']],
    [
      'a file of any name, ignored or not',
      ['other.yaml', 'compose.local.yml'],
      ['.: compose.local.yml dev, other.yaml overlay', '  other = other.yaml'],
    ],
    [
      'a folder and what is below, without what git ignores',
      ['-r', '.'],
      [
        '.: compose.yml base',
        '  default = compose.yml',
        'api: api/docker-compose.yml base',
        '  default = api/docker-compose.yml',
      ],
    ],
    [
      'a folder that is skipped otherwise',
      ['vendor'],
      ['vendor: vendor/compose.yml base', '  default = vendor/compose.yml'],
    ],
    [
      'a pattern',
      ['*/docker-compose.y?(a)ml'],
      ['api: api/docker-compose.yml base', '  default = api/docker-compose.yml'],
    ],
    [
      'a pattern over folders',
      ['**/compose.yaml'],
      ['api/deep: api/deep/compose.yaml base', '  default = api/deep/compose.yaml'],
    ],
    ['a file given twice', ['compose.yml', './compose.yml'], ['.: compose.yml base', '  default = compose.yml']],
  ];

  test.each(cases)('%s', async (_, args, expected) => {
    expect(await layoutOf(args, tree)).toEqual(expected);
  });

  test('what docker compose is told by COMPOSE_FILE', async () => {
    const files = { 'odd.yml': WEB, '.env': 'COMPOSE_FILE=odd.yml\n' };
    expect(await layoutOf([], files)).toEqual(['.: odd.yml overlay', '  odd = odd.yml']);
    expect(await layoutOf([], all(WEB, 'odd.yml'), { env: { COMPOSE_FILE: 'odd.yml' } })).toEqual([
      '.: odd.yml overlay',
      '  odd = odd.yml',
    ]);
  });

  test('standard input, under a name of its own', async () => {
    expect(await layoutOf(['-'], {}, { input: WEB })).toEqual(['.: <stdin> overlay', '  <stdin> = <stdin>']);
    expect(await layoutOf(['-', '--stdin-filename', 'api/compose.yml'], {}, { input: WEB })).toEqual([
      'api: api/compose.yml base',
      '  default = api/compose.yml',
    ]);
  });

  test.each([
    [['nothing.yml'], 'nothing.yml: no such file'],
    [['empty'], 'empty: no Compose file in this folder'],
    [['*.yaml'], '*.yaml: no such file'],
  ])('%j is an error', async (args, message) => {
    const { code, out, err } = await run(args, { 'empty/README.md': '' });
    expect(`${code} ${out}${err.split('\n')[0]}`).toBe(`2 fog-lint: ${message}`);
  });
});

test.each([
  ['compose.yml', 'base'],
  ['docker-compose.yaml', 'base'],
  ['compose.override.yml', 'dev'],
  ['docker-compose.dev.yml', 'dev'],
  ['compose.local.yaml', 'dev'],
  ['docker-compose-development.yml', 'dev'],
  ['docker-compose.prod.yml', 'prod'],
  ['compose.Staging.yml', 'prod'],
  ['docker-compose.api.production.yml', 'prod'],
  ['docker-compose_test.yml', 'test'],
  ['compose.ci.yml', 'test'],
  ['docker-compose.github-actions.yml', 'test'],
  ['docker-compose.base.yml', 'base'],
  ['docker-compose.monitoring.yml', 'overlay'],
  ['docker-compose.developer-portal.yml', 'overlay'],
  ['compose.constructor.yml', 'overlay'],
  ['stack.yml', 'overlay'],
])('the role of %s is %s', async (name, role) => {
  const { workspaces } = await reportOf([name], { [name]: WEB });
  expect(workspaces[0]?.files).toEqual([{ path: name, role }]);
});

describe('stacks by the names of files', () => {
  const cases: readonly (readonly [string, Files, readonly string[]])[] = [
    ['a base alone', all(WEB, 'compose.yml'), ['  default = compose.yml']],
    [
      'a base with its override',
      { 'compose.yml': WEB, 'compose.override.yml': PART },
      ['  default = compose.yml + compose.override.yml', '  base = compose.yml'],
    ],
    [
      'an environment, an overlay, an overlay that stands alone',
      {
        'compose.yml': WEB,
        'compose.dev.yml': PART,
        'compose.tools.yml': PART,
        'compose.metrics.yml': 'services:\n  metrics:\n    image: prom/prometheus:v3.5.0\n',
      },
      [
        '  default = compose.yml',
        '  dev = compose.yml + compose.dev.yml',
        '  metrics = compose.yml + compose.metrics.yml',
        '  metrics-alone = compose.metrics.yml',
        '  tools = compose.yml + compose.tools.yml',
      ],
    ],
    [
      'an environment that is complete by itself',
      { 'compose.yml': WEB, 'compose.prod.yml': WEB },
      ['  default = compose.yml', '  prod = compose.prod.yml'],
    ],
    ['an overlay without a base', all(WEB, 'compose.tools.yml'), ['  tools = compose.tools.yml']],
    [
      'files that another one brings in',
      {
        'compose.yml': `include: [compose.db.yml]\n${WEB}  api:\n    extends: {file: compose.common-api.yml, service: api}\n`,
        'compose.db.yml': 'services:\n  db:\n    image: postgres:16\n',
        'compose.common-api.yml': 'services:\n  api:\n    image: api:1\n',
      },
      ['  default = compose.yml'],
    ],
    [
      'the precedence of docker compose: .yml for old names and overrides',
      {
        ...all(WEB, 'docker-compose.yaml', 'docker-compose.yml'),
        ...all(PART, 'docker-compose.override.yaml', 'docker-compose.override.yml'),
      },
      [
        '  default = docker-compose.yml + docker-compose.override.yml',
        '  base = docker-compose.yml',
        '  base-2 = docker-compose.yaml',
      ],
    ],
    [
      'two files of one label',
      { 'compose.yml': WEB, 'compose.dev.yml': PART, 'docker-compose.dev.yml': PART },
      [
        '  default = compose.yml',
        '  dev = compose.yml + compose.dev.yml',
        '  dev-2 = compose.yml + docker-compose.dev.yml',
      ],
    ],
    [
      'a part that others bring in, called as bases are',
      {
        'compose.yml': `include: [compose.common.yml]\n${WEB}`,
        'compose.common.yml': 'services:\n  db:\n    image: postgres:16\n',
      },
      ['  default = compose.yml'],
    ],
    [
      'what the comments of a file say it is loaded with',
      {
        'compose.yml': WEB,
        'compose.override.yml': PART,
        'compose.tools.yml': `# docker compose -f compose.yml -f ./compose.override.yml -f compose.tools.yml up -d\n${PART}`,
        'compose.full.yml': `# export COMPOSE_FILE="compose.yml:compose.tools.yml:compose.full.yml"\n${PART}`,
        'compose.gone.yml': `# docker compose -f compose.yml -f compose.moved.yml -f compose.gone.yml up\n${PART}`,
        'compose.of-others.yml': `# docker compose -f compose.yml -f compose.tools.yml up\n${PART}`,
        'compose.swarm.yml': '# docker stack deploy -c compose.swarm.yml shop\nservices:\n  web:\n    image: ${WEB}\n',
      },
      [
        '  default = compose.yml + compose.override.yml',
        '  base = compose.yml',
        '  full = compose.yml + compose.tools.yml + compose.full.yml',
        '  gone = compose.yml + compose.gone.yml',
        '  of-others = compose.yml + compose.of-others.yml',
        '  swarm = compose.yml + compose.swarm.yml',
        '  swarm-alone = compose.swarm.yml',
        '  tools = compose.yml + compose.override.yml + compose.tools.yml',
      ],
    ],
    [
      'an overlay that says all that the base says, and one that leaves something to it',
      {
        'compose.yml': `${WEB}    ports: ["80:80"]\n  db:\n    image: postgres:16\n    volumes: [/data]\n`,
        'compose.demo.yml': `${WEB}    ports: ["8080:80"]\n  db:\n    image: postgres:17\n    volumes: [/data]\n`,
        'compose.slim.yml': `${WEB}    ports: ["8080:80"]\n  db:\n    image: postgres:17\n`,
      },
      [
        '  default = compose.yml',
        '  demo = compose.demo.yml',
        '  slim = compose.yml + compose.slim.yml',
        '  slim-alone = compose.slim.yml',
      ],
    ],
    ['a file that cannot be read as YAML', { 'compose.yml': 'a: [\n' }, ['  default = compose.yml']],
  ];

  test.each(cases)('%s', async (_, files, expected) => {
    expect((await layoutOf([], files)).filter((line) => line.startsWith('  '))).toEqual(expected);
  });

  test('--stack adds one, in the order given, and takes the place of one of its name', async () => {
    const files = { 'compose.yml': WEB, 'compose.dev.yml': PART, 'more.yml': PART };
    expect(
      await layoutOf(['--stack', 'dev=compose.yml,compose.dev.yml,more.yml', '--stack', 'bare=compose.yml'], files),
    ).toEqual([
      '.: compose.yml base, compose.dev.yml dev, more.yml overlay',
      '  default = compose.yml',
      '  more = compose.yml + more.yml',
      '  dev = compose.yml + compose.dev.yml + more.yml',
      '  bare = compose.yml',
    ]);
  });

  test.each([
    ['dev', '--stack dev: write <name>=<file>,<file>'],
    ['=compose.yml', '--stack =compose.yml: write <name>=<file>,<file>'],
    ['dev=', '--stack dev=: write <name>=<file>,<file>'],
    ['dev=compose.yml,none.yml', `--stack dev=compose.yml,none.yml: ${CWD}/none.yml does not exist`],
  ])('--stack %s is an error', async (text, message) => {
    const { code, err } = await run(['--stack', text], all(WEB, 'compose.yml'));
    expect(`${code} ${err}`).toBe(`2 fog-lint: ${message}\n`);
  });
});

describe('files that are passed over for another name', () => {
  const pair = all(WEB, 'api/compose.yaml', 'api/compose.yml');
  const found = async (args: readonly string[], files: Files): Promise<readonly (string | undefined)[]> =>
    (await reportOf(['--only', 'several-default-files', ...args], files)).findings.map(({ file }) => file);

  test('are found in each folder that is searched, once', async () => {
    expect(await found(['-r', '.'], { ...pair, ...all(WEB, 'compose.yml') })).toEqual(['api/compose.yml']);
    expect(await found(['api'], pair)).toEqual(['api/compose.yml']);
  });

  test('are no matter where every file is named', async () => {
    expect(await found(['api/compose.yaml', 'api/compose.yml'], pair)).toEqual([]);
  });

  test('are not those of a folder above', async () => {
    const files = { ...all(WEB, 'compose.yaml', 'compose.yml'), 'api/compose.dev.yml': WEB };
    expect(await found(['api'], files)).toEqual([]);
  });
});
