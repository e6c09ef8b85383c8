import { expect, test } from 'vitest';
import { run } from '../run.js';

/** What is advised for the one finding in a file with these variables of a service. */
const adviceFor = async (line: string, files: Readonly<Record<string, string>> = {}): Promise<string | undefined> => {
  const text = `services:\n  db:\n    image: example/db:1\n    ${line}\n`;
  const { out, err } = await run(['--only', 'hardcoded-secret', '--format', 'json'], { 'compose.yml': text, ...files });
  expect(err).toBe('');
  const { findings } = JSON.parse(out) as { readonly findings: readonly { readonly help?: string }[] };
  expect(findings).toHaveLength(1);
  return findings[0]?.help;
};

const SET = 'and set %s in .env, which git ignores.';

test.each([
  [
    'its own variable',
    'environment: {DB_PASSWORD: tr0ub4dor}',
    `Write \${DB_PASSWORD} instead, ${SET.replace('%s', 'DB_PASSWORD')}`,
  ],
  [
    'the variable that the fix makes',
    'environment: {ExchangePassword: tr0ub4dor}',
    `Write \${EXCHANGEPASSWORD} instead, ${SET.replace('%s', 'EXCHANGEPASSWORD')}`,
  ],
  [
    'an option of a command',
    'command: redis-server --requirepass tr0ub4dor',
    `Write \${DB_PASSWORD} instead, ${SET.replace('%s', 'DB_PASSWORD')}`,
  ],
  [
    'a default, by the variable that has it',
    'environment: {POSTGRES_PASSWORD: "${DB_SECRET:-tr0ub4dor}"}',
    'Leave the default out, so that a missing value is an error: ${DB_SECRET:?}.',
  ],
  [
    'a placeholder as default',
    'environment: {POSTGRES_PASSWORD: "${DB_SECRET:-changeme}"}',
    'Leave the default out, so that a missing value is an error: ${DB_SECRET:?}.',
  ],
  [
    'a URL as default',
    'environment: {QUEUE: "${QUEUE_URL:-amqp://guest:tr0ub4dor@queue/}"}',
    'Leave the default out, so that a missing value is an error: ${QUEUE_URL:?}.',
  ],
])('the advice for %s', async (_, line, expected) => {
  expect(await adviceFor(line)).toBe(expected);
});

test('the advice where git does not ignore .env', async () => {
  expect(await adviceFor('environment: {DB_PASSWORD: tr0ub4dor}', { '.git/HEAD': '' })).toBe(
    'Write ${DB_PASSWORD} instead, and set DB_PASSWORD in .env, which git has to ignore.',
  );
});
