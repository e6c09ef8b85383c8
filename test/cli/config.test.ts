import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answerText, configCases, REQUESTS } from '../oracle/config-cases.js';
import { runIn } from '../run.js';

const AS = { HOME: '/home/user' };

test.each(configCases())(
  'config answers as docker compose does: $name',
  async ({ folder, files, options, environment }) => {
    const answers: string[] = [];
    for (const request of REQUESTS) {
      const { code, out } = await runIn(folder, ['config', ...options, ...request, ...files], {
        env: { ...AS, ...environment },
      });
      answers.push(answerText(request, code, out, folder));
    }
    expect(answers.join('\n')).toBe(readFileSync(join(folder, 'expected.txt'), 'utf8'));
  },
);
