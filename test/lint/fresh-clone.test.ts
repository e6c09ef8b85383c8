import { expect, test } from 'vitest';
import { run } from '../run.js';

type Case = { readonly name: string; readonly files: Readonly<Record<string, string>>; readonly expected: string };

const WEB = 'services:\n  web:\n    image: nginx:1.27\n';

const cases: readonly Case[] = [
  {
    name: 'a required variable without a value',
    files: { 'compose.yml': 'services:\n  web:\n    image: nginx:${TAG:?which}\n    hostname: ${TAG:?which}\n' },
    expected: 'compose.yml:3:18: error: The required variable TAG has no value: which. [required-variable]\n',
  },
  {
    name: 'its value in an example',
    files: { 'compose.yml': 'services:\n  web:\n    image: nginx:${TAG:?which}\n', 'env.sample': 'TAG=1.27\n' },
    expected: '',
  },
  {
    name: 'an example that only names variables',
    files: {
      'compose.yml':
        'services:\n  web:\n    image: ${IMAGE:?}\n    hostname: ${HOST}\n    mem_limit: ${LIMIT}\n    ports: ["${PORT:?}:80"]\n    volumes: ["${DATA}:/data"]\n    labels: {a: "${OTHER}"}\n',
      '.env.example': 'IMAGE=\nHOST=""\nLIMIT= # megabytes\n# PORT=80\nexport DATA=\n# OTHER is not named by this\n',
    },
    expected: `compose.yml:3:12: info: .env.example stands in for .env, which is not there, and gives no value to IMAGE and PORT. docker compose stops without. [required-variable]
compose.yml:8:18: warning: The variable OTHER is not set and becomes an empty text. [unset-variable]
`,
  },
  {
    name: 'an example beside a .env that lacks the variable',
    files: {
      'compose.yml': 'services:\n  web:\n    image: nginx:${TAG:?which}\n',
      '.env': 'A=1\n',
      '.env.example': 'TAG=1.27\n',
    },
    expected: 'compose.yml:3:18: error: The required variable TAG has no value: which. [required-variable]\n',
  },
  {
    name: 'values that docker compose refuses because of a variable',
    files: {
      'compose.yml':
        'services:\n  web:\n    image: ${IMAGE}\n  api:\n    image: nginx:1.27\n    mem_limit: ${LIMIT}\n    volumes: ["${DATA}:/data"]\n    hostname: ${HOST}\n',
    },
    expected: `compose.yml:3:12: error: The service "web" has neither image nor build, as IMAGE is not set. [no-image-or-build]
compose.yml:6:16: error: services.api.mem_limit is not a size such as 512m or 1.5g, as LIMIT is not set. [invalid-size]
compose.yml:7:15: error: services.api.volumes[0] is not a mount: there is an empty part between colons, as DATA is not set. [invalid-volume]
compose.yml:8:15: warning: The variable HOST is not set and becomes an empty text. [unset-variable]
`,
  },
  {
    name: 'values that cannot be told because a variable is required',
    files: { 'compose.yml': 'services:\n  web:\n    image: ${IMAGE:?}\n    volumes: ["${DATA:?}:/data"]\n' },
    expected:
      'compose.yml:3:12: error: 2 required variables have no value, as .env is not there: IMAGE and DATA. [required-variable]\n',
  },
  {
    name: 'an env file that two services name',
    files: { 'compose.yml': `${WEB}    env_file: web.env\n  api:\n    image: nginx:1.27\n    env_file: web.env\n` },
    expected: 'compose.yml:4:15: error: The env file web.env does not exist. [missing-file]\n',
  },
  {
    name: 'an env file with an example',
    files: {
      'compose.yml': `${WEB}    env_file: [web.env, .env, conf/db.env]\n`,
      'web.env.example': 'A=1\n',
      '.env.sample': 'B=1\n',
      'conf/db.example.env': 'C=1\n',
    },
    expected: '',
  },
  {
    name: 'an env file that git leaves out',
    files: { 'compose.yml': `${WEB}    env_file: web.env\n`, '.gitignore': '*.env\n', '.git/HEAD': '' },
    expected:
      'compose.yml:4:15: info: The env file web.env does not exist. git leaves it out, so that everybody makes one. [missing-file]\n',
  },
  {
    name: 'an included project with an example',
    files: {
      'compose.yml': 'include: [api/compose.yml]\n',
      'api/compose.yml': 'services:\n  api:\n    image: example/api:${TAG:?}\n',
      'api/.env.example': 'TAG=1\n',
    },
    expected: '',
  },
];

const RULES = ['required-variable', 'unset-variable', 'missing-file', 'no-image-or-build', 'invalid-volume'];

test.each(cases)('$name', async ({ files, expected }) => {
  const only = [...RULES, 'invalid-size', 'schema'].flatMap((rule) => ['--only', rule]);
  const { out } = await run([...only, '--format', 'compact', 'compose.yml'], files);
  expect(out.replace(/(?:Found|No) .*\n$/, '')).toBe(expected);
});

test('config knows no example', async () => {
  const files = { 'compose.yml': `${WEB}    hostname: \${HOST:?}\n`, '.env.example': 'HOST=a\n' };
  const { code, err } = await run(['config'], files);
  expect(code).toBe(1);
  expect(err).toContain('The required variable HOST has no value.');
});

test('a missing file has the same fingerprint in every folder', async () => {
  const files = { 'a/compose.yml': `${WEB}    env_file: web.env\n`, '.git/HEAD': '' };
  const found = async (prefix: string): Promise<unknown> => {
    const moved = Object.fromEntries(Object.entries(files).map(([path, text]) => [`${prefix}${path}`, text]));
    const { out } = await run(['--only', 'missing-file', '-r', '--format', 'json', `${prefix}.`], moved);
    return (JSON.parse(out) as { findings: { fingerprint: string }[] }).findings[0]?.fingerprint;
  };
  expect(await found('')).toBe(await found('elsewhere/'));
});
