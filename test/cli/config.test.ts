import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answerText, CONFIG_FIXTURES, configCases, REQUESTS } from '../oracle/config-cases.js';
import { runIn } from '../run.js';

const AS = { HOME: '/home/user' };

test.each(configCases())(
  'config answers as docker compose does: $name',
  async ({ folder, files, options, environment }) => {
    const answers: string[] = [];
    for (const request of REQUESTS) {
      const { code, out, written } = await runIn(folder, ['config', ...options, ...request, ...files], {
        env: { ...AS, ...environment },
      });
      const [file] = written.values();
      answers.push(answerText(request, { code, out, written: file }, folder));
    }
    expect(answers.join('\n')).toBe(readFileSync(join(folder, 'expected.txt'), 'utf8'));
  },
);

test('config names every fault on standard error, prints nothing and exits with 1', async () => {
  const folder = join(CONFIG_FIXTURES, 'refused');
  const { code, out, err } = await runIn(folder, ['config', 'compose.yaml']);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  await expect(err).toMatchFileSnapshot(join(folder, 'expected-errors.txt'));
});
