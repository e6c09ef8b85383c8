import { expect, test } from 'vitest';
import { runIn } from '../run.js';

const FOLDER = new URL('../../fixtures/rules/path-base/kinds', import.meta.url).pathname;

const lint = async (...rules: readonly string[]): Promise<readonly string[]> => {
  const { out } = await runIn(FOLDER, [...rules.flatMap((rule) => ['--only', rule]), '--format', 'compact']);
  return out
    .split('\n')
    .filter((line) => line.endsWith(']'))
    .map((line) =>
      line.replace(/^deploy\/compose\.prod\.yml:/, '').replace(/: The (\S+ \S+ \S+).*(\[.*)$/, ': The $1 … $2'),
    );
};

test('what path-base explains, missing-file does not tell, and it is as bad as it was', async () => {
  expect(await lint('missing-file')).toEqual([
    '3:12: warning: The build context of … [missing-file]',
    '4:16: error: The env file web.env … [missing-file]',
    '19:11: error: The file of the … [missing-file]',
  ]);
  expect(await lint('missing-file', 'path-base')).toEqual([
    '3:12: warning: The build context ./image … [path-base]',
    '4:16: error: The env file web.env … [path-base]',
    '6:9: warning: The bind mount ./conf … [path-base]',
    '8:17: warning: The bind mount ../shared … [path-base]',
    '16:32: warning: The watched path conf … [path-base]',
    '19:11: error: The secret ./key.txt leads … [path-base]',
  ]);
});
