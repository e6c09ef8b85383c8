import { expect, test } from 'vitest';
import { run } from '../run.js';

type Advice = { readonly help?: string; readonly fixes: readonly unknown[] };

test.each([
  ['a shell', '["sh", "-ec", "serve $PORT"]', 'Write $${PORT}, so that the shell in the container puts it in.', 1],
  [
    'no shell',
    '["serve", "$PORT"]',
    'Write the value, or run it with `sh -c` and write $${PORT}: no shell in the container reads this.',
    0,
  ],
])('the advice where %s reads the command', async (_, command, help, fixes) => {
  const text = `services:\n  web:\n    image: example/web:1\n    environment: {PORT: "80"}\n    command: ${command}\n`;
  const { out } = await run(['--only', 'unescaped-dollar', '--format', 'json'], { 'compose.yml': text });
  const { findings } = JSON.parse(out) as { readonly findings: readonly Advice[] };
  expect(findings.map((finding) => [finding.help, finding.fixes.length])).toEqual([[help, fixes]]);
});
