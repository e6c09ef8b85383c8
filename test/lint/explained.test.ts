import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { run, runIn } from '../run.js';

const fixture = (path: string): string => new URL(`../../fixtures/rules/${path}`, import.meta.url).pathname;

/** What some rules find together in a fixture: each finding's place, its first words and its rule. */
const lint = async (path: string, rules: readonly string[], settings?: string): Promise<readonly string[]> => {
  const args = [...rules.flatMap((rule) => ['--only', rule]), '--format', 'compact'];
  const compose = () => readFileSync(`${fixture(path)}/compose.yml`, 'utf8');
  const { out } =
    settings === undefined
      ? await runIn(fixture(path), args)
      : await run(args, { 'compose.yml': compose(), 'fog-lint.yaml': settings });
  return out
    .split('\n')
    .filter((line) => line.endsWith(']'))
    .map((line) => line.replace(/^[^:]*\.yml:/, '').replace(/: ((?:\S+ ){5}).*(\[.*)$/, ': $1… $2'));
};

test('what path-base explains, missing-file does not tell, and it is as bad as it was', async () => {
  expect(await lint('path-base/kinds', ['missing-file'])).toEqual([
    '3:12: warning: The build context of … [missing-file]',
    '4:16: error: The env file web.env … [missing-file]',
    '19:11: error: The file of the … [missing-file]',
  ]);
  expect(await lint('path-base/kinds', ['missing-file', 'path-base'])).toEqual([
    '3:12: warning: The build context ./image … [path-base]',
    '4:16: error: The env file web.env … [path-base]',
    '6:9: warning: The bind mount ./conf … [path-base]',
    '8:17: warning: The bind mount ../shared … [path-base]',
    '16:32: warning: The watched path conf … [path-base]',
    '19:11: error: The secret ./key.txt leads … [path-base]',
  ]);
});

const BUILD = 'secret-in-build-arg/literal';
const BOTH = ['hardcoded-secret', 'secret-in-build-arg'];

test('of a credential in build arguments only secret-in-build-arg tells', async () => {
  expect(await lint(BUILD, BOTH)).toEqual([
    '7:20: error: The build of "named" … [secret-in-build-arg]',
    '8:37: error: The build of "named" … [secret-in-build-arg]',
    '14:39: error: The build of "list" … [secret-in-build-arg]',
    '15:24: error: The build of "list" … [secret-in-build-arg]',
    '21:20: error: The build of "twice" … [secret-in-build-arg]',
    '26:27: error: The build of "both" … [secret-in-build-arg]',
    '27:32: error: LICENSE_KEY holds a credential … [hardcoded-secret]',
    '32:24: error: VITE_KEY (a Stripe key) … [hardcoded-secret]',
  ]);
});

test('where secret-in-build-arg is off, hardcoded-secret tells of what is written in build arguments', async () => {
  const off = `overrides: [{services: [named], rules: {secret-in-build-arg: off}}]\n`;
  expect(await lint(BUILD, BOTH, off)).toEqual([
    '7:20: error: NPM_TOKEN (an npm token) … [hardcoded-secret]',
    '8:37: warning: DB_PASSWORD has a credential … [hardcoded-secret]',
    '14:39: error: The build of "list" … [secret-in-build-arg]',
    '15:24: error: The build of "list" … [secret-in-build-arg]',
    '21:20: error: The build of "twice" … [secret-in-build-arg]',
    '26:27: error: The build of "both" … [secret-in-build-arg]',
    '27:32: error: LICENSE_KEY holds a credential … [hardcoded-secret]',
    '32:24: error: VITE_KEY (a Stripe key) … [hardcoded-secret]',
  ]);
});
