import { expect, test } from 'vitest';
import { run } from '../run.js';

const FILES = {
  'compose.yaml': 'services:\n  web: {image: "nginx:1.29"}\n  db: {image: "docker.io/library/postgres:17"}\n',
  'compose.prod.yaml': 'services:\n  web: {restart: always}\n',
  'config/prod.yaml': '',
};

const SETTINGS = `roles:
  compose.prod.yaml: prod
  compose.prd.yaml: prod
  "compose.pro*.yml": prod
  ./compose.yml: base
  config/prod.yaml: prod
overrides:
  - files: [compose.prod.yaml, compose.prod.yml, "{compose.yml,compose.prod.yml}", "!compose.yml"]
    rules: {latest-tag: off}
  - services: [web, "we*", wbe, mailer]
    roles: [prod]
    rules: {latest-tag: off}
ignore: [compose.old.yml]
pins:
  postgres: 17-alpine
  docker.io/library/postgres: 17-alpine
  postgers: 17-alpine
  memcached: 1.6-alpine
`;

const WARNINGS = [
  'fog-lint.yaml:3:3: warning: No Compose file is called "compose.prd.yaml". Did you mean "compose.prod.yaml"?',
  'fog-lint.yaml:5:3: warning: No Compose file is called "./compose.yml". Did you mean "compose.yaml"?',
  'fog-lint.yaml:8:32: warning: No Compose file is called "compose.prod.yml". Did you mean "compose.prod.yaml"?',
  'fog-lint.yaml:10:28: warning: No file has a service called "wbe". Did you mean "web"?',
  'fog-lint.yaml:17:3: warning: No service has the image "postgers". Did you mean "postgres"?',
];

test('names in the settings that were probably meant to be others are told, and change nothing else', async () => {
  const args = ['--only', 'duplicate-key'];
  const { code, out, err } = await run(args, { ...FILES, 'fog-lint.yaml': SETTINGS });
  expect(err.split('\n').filter(Boolean)).toEqual(WARNINGS);
  expect({ code, out }).toEqual({ code: 0, out: 'No problems in 2 files.\n' });
});

test('settings are not judged by some of the files, nor where they may be about other folders', async () => {
  const args = ['--only', 'duplicate-key'];
  const files = { ...FILES, 'fog-lint.yaml': SETTINGS };
  expect((await run([...args, 'compose.yaml'], files)).err).toBe('');
  const below = Object.fromEntries(Object.entries(FILES).map(([name, text]) => [`deploy/${name}`, text]));
  expect((await run([...args, 'deploy'], { ...below, 'fog-lint.yaml': SETTINGS })).err).toBe('');
  const shared = { ...FILES, 'shared.yaml': SETTINGS, 'fog-lint.yaml': 'extends: ./shared.yaml\n' };
  expect((await run(args, shared)).err).toBe('');
});

test('files of other folders count where these are looked at', async () => {
  const settings = 'roles: {compose.live.yaml: prod}\n';
  const files = { 'compose.yaml': 'services: {a: {image: "a:1"}}\n', 'fog-lint.yaml': settings };
  const live = { ...files, 'live/compose.live.yaml': 'services: {a: {image: "a:1"}}\n' };
  const args = ['-r', '--only', 'duplicate-key'];
  expect((await run(args, live)).err).toBe('');
});

test('images that only come from the same place are not taken for each other', async () => {
  const files = {
    'compose.yaml': 'services: {a: {image: "registry.example.com/team/web:1"}, b: {image: "example/mailer:2"}}\n',
    'fog-lint.yaml': 'pins: {registry.example.com/team/api: "2", example/mialer: "3"}\n',
  };
  expect((await run(['--only', 'duplicate-key'], files)).err).toBe(
    'fog-lint.yaml:1:44: warning: No service has the image "example/mialer". Did you mean "example/mailer"?\n',
  );
});
