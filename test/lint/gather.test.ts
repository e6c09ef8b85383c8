import { expect, test } from 'vitest';
import { CWD, run } from '../run.js';

type Case = {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly expected: string;
};

const VARIABLES = [
  'services:',
  '  web:',
  '    image: nginx:1.27',
  '    hostname: ${HOST}',
  '    domainname: ${DOMAIN:?}',
  '    labels:',
  '      a: ${LABEL}',
  '      b: ${HOST}',
  '      c: ${OWNER:?who}',
  '',
].join('\n');

const FOLDER = [
  'services:',
  '  web:',
  '    build: apps/web',
  '    env_file: apps/web/.env',
  '    volumes:',
  '      - ./apps/nginx.conf:/etc/nginx/nginx.conf:ro',
  '      - ./other/init.sql:/init.sql:ro',
  '    secrets: [key]',
  'secrets:',
  '  key:',
  '    file: apps/key.txt',
  '',
].join('\n');

const cases: readonly Case[] = [
  {
    name: 'variables without a .env',
    files: { 'compose.yml': VARIABLES },
    expected: `compose.yml:4:15: warning: 2 variables are not set and become empty texts, as .env is not there: HOST and LABEL. [unset-variable]
compose.yml:5:17: error: 2 required variables have no value, as .env is not there: DOMAIN and OWNER. [required-variable]
`,
  },
  {
    name: 'variables that an example does not name',
    files: { 'compose.yml': VARIABLES, '.env.example': 'HOST=a\nDOMAIN=b\nOTHER=c\n' },
    expected: `compose.yml:7:10: warning: The variable LABEL is not set and becomes an empty text. [unset-variable]
compose.yml:9:10: error: The required variable OWNER has no value: who. [required-variable]
`,
  },
  {
    name: 'variables that a .env does not give',
    files: { 'compose.yml': VARIABLES, '.env': 'OTHER=c\n' },
    expected: `compose.yml:4:15: warning: The variable HOST is not set and becomes an empty text. [unset-variable]
compose.yml:5:17: error: The required variable DOMAIN has no value. [required-variable]
compose.yml:7:10: warning: The variable LABEL is not set and becomes an empty text. [unset-variable]
compose.yml:9:10: error: The required variable OWNER has no value: who. [required-variable]
`,
  },
  {
    name: 'variables, one of which a comment silences',
    files: {
      'compose.yml': VARIABLES.replace('${HOST}\n', '${HOST} # fog-lint-disable-line unset-variable\n').replace(
        '      c:',
        '      d: ${TITLE}\n      c:',
      ),
    },
    expected: `compose.yml:5:17: error: 2 required variables have no value, as .env is not there: DOMAIN and OWNER. [required-variable]
compose.yml:7:10: warning: 2 variables are not set and become empty texts, as .env is not there: LABEL and TITLE. [unset-variable]
`,
  },
  {
    name: 'files of a folder that is not there',
    files: { 'compose.yml': FOLDER },
    expected: `compose.yml:3:12: error: The folder apps does not exist, and 4 paths lead to it: apps/web, apps/web/.env, apps/nginx.conf and apps/key.txt. [missing-file]
compose.yml:7:9: warning: other/init.sql does not exist: Docker makes an empty folder of that name, and "web" finds a folder at /init.sql. [missing-file]
`,
  },
  {
    name: 'files of a folder that is there',
    files: { 'compose.yml': FOLDER, 'apps/readme.md': '' },
    expected: `compose.yml:3:12: error: The folder apps/web does not exist, and 2 paths lead to it: apps/web and apps/web/.env. [missing-file]
compose.yml:6:9: warning: apps/nginx.conf does not exist: Docker makes an empty folder of that name, and "web" finds a folder at /etc/nginx/nginx.conf. [missing-file]
compose.yml:7:9: warning: other/init.sql does not exist: Docker makes an empty folder of that name, and "web" finds a folder at /init.sql. [missing-file]
compose.yml:11:11: error: The file of the secret "key" does not exist: apps/key.txt. [missing-file]
`,
  },
];

const ONLY = ['required-variable', 'unset-variable', 'missing-file', 'latest-tag'].flatMap((rule) => ['--only', rule]);

const found = async (files: Case['files'], ...options: readonly string[]): Promise<string> => {
  const { out } = await run([...ONLY, '--format', 'compact', ...options, 'compose.yml'], files);
  return out.replace(/(?:Found|No) .*\n$/, '');
};

test.each(cases)('$name', async ({ files, expected }) => {
  expect(await found(files)).toBe(expected);
});

test('the other places are told, each with its name, and the help is about the file', async () => {
  const files = { 'compose.yml': VARIABLES, '.env.sample': 'OTHER=\n' };
  const { out } = await run(['--only', 'unset-variable', '--format', 'json', 'compose.yml'], files);
  const [finding] = (JSON.parse(out) as { findings: { help: string; related: unknown }[] }).findings;
  expect(finding?.help).toBe('Copy .env.sample to .env, and name them in both, or give them defaults: `${HOST:-…}`.');
  expect(finding?.related).toMatchObject([
    { line: 7, message: 'LABEL' },
    { line: 8, message: 'and here' },
  ]);
});

test('a baseline accepts them one by one, so that a new one is told', async () => {
  const accepted = ['--baseline', 'known.json'];
  const written = await run([...ONLY, ...accepted, '--update-baseline', 'compose.yml'], { 'compose.yml': VARIABLES });
  const files = {
    'known.json': written.written.get(`${CWD}/known.json`) ?? '',
    'compose.yml': `# moved\n\n${VARIABLES}      e: \${NEW}\n`,
  };
  expect(written.err).toBe('known.json accepts 4 findings from now on.\n');
  expect(await found(files, ...accepted)).toBe(
    'compose.yml:12:10: warning: The variable NEW is not set and becomes an empty text. [unset-variable]\n',
  );
});

type Replacement = { readonly deletedRegion: { readonly startLine: number; readonly endLine: number } };
type Fixes = readonly {
  readonly artifactChanges: readonly { readonly replacements: readonly Replacement[] }[];
}[];

test('the fix of several does what those of all do, each edit once', async () => {
  const base = 'services:\n  db:\n    image: mariadb:11.4\n    deploy:\n      replicas: 1\n      mode: replicated\n';
  const files = { 'compose.yml': base, 'compose.override.yml': `${base}    init: true\n` };
  const { out } = await run(['--only', 'redundant-override', '--format', 'sarif'], files);
  const [{ results } = { results: [] }] = (JSON.parse(out) as { runs: { results: { fixes: Fixes }[] }[] }).runs;
  const regions = results.map(({ fixes }) =>
    fixes.flatMap(({ artifactChanges }) =>
      artifactChanges.flatMap(({ replacements }) =>
        replacements.map(({ deletedRegion: { startLine, endLine } }) => [startLine, endLine]),
      ),
    ),
  );
  expect(regions).toEqual([
    [
      [3, 4],
      [4, 7],
    ],
  ]);
});
