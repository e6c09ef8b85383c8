import { expect, test } from 'vitest';
import { FORMATS } from '../../src/cli/render.js';
import { run } from '../run.js';

/** Lines of credentials, each written in a way that is not the text that it means: in a block, with escapes, with doubled signs. */
const file = (tag: string): string => `services:
  a:
    image: example/a:${tag}
    environment:
      SIGNING: |
        -----BEGIN RSA PRIVATE KEY-----
        Cr3dBlock1aaaaaaaaaaaaaaaaaaaaaa
        Cr3dBlock2bbbbbbbbbbbbbbbbbbbbbb
        -----END RSA PRIVATE KEY-----
      QUOTED: "-----BEGIN PRIVATE KEY-----\\nCr3dQuoted3\\n-----END PRIVATE KEY-----"
      AUTH: "admin:$$apr1$$Cr3dHash$$abcdefghij"
      API_PASSWORD: "Cr3d\\x45scaped7"
      URL: redis://:\${PW}@cache/0
    env_file: a.env
configs:
  cut:
    content: |
      a: b
      -----BEGIN PRIVATE KEY-----
      Cr3dCut4
`;

const FILES = {
  '.git/HEAD': 'ref: refs/heads/main\n',
  'docker-compose.yml': file('1'),
  'docker-compose.prod.yml': file('2'),
  '.env': 'PW=Cr3dEnv5xyz\nKEY="-----BEGIN EC PRIVATE KEY-----\nCr3dEnvKey6\n-----END EC PRIVATE KEY-----"\n',
  'a.env': 'PLAIN=${PW}\nCOPY=${KEY}\n',
};

test.each([
  ...FORMATS.map((format) => ['--format', format]),
  ...['report', 'consolidate'].flatMap((command) =>
    ['markdown', 'json', 'html'].map((format) => [command, '--format', format]),
  ),
  ...[
    'services.a.environment',
    'services.a.environment.SIGNING',
    'services.a.environment.PLAIN',
    'configs.cut',
  ].flatMap((path) => [
    ['explain', path, 'docker-compose.yml'],
    ['explain', path, 'docker-compose.yml', '--format', 'json'],
  ]),
])('no line of a credential is shown, however it is written: %s %s %s', async (...args) => {
  const { code, out, err } = await run(args, FILES);
  expect(code).toBeLessThan(2);
  expect(`${out}${err}`.match(/Cr3d\w+/g)).toBeNull();
});

test('a value of several lines is told to programs as it is', async () => {
  const text = 'services:\n  a:\n    image: a:1\n    command: ["one\\ntwo"]\n';
  const { out } = await run(['explain', 'services.a.command[0]', 'compose.yml', '--format', 'json'], {
    'compose.yml': text,
  });
  expect(JSON.parse(out).value).toBe('one\ntwo');
});
