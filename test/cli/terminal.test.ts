import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { useLinks } from '../../src/cli/links.js';
import { fogLint } from '../program.js';
import { run } from '../run.js';

const FILE = 'services:\n  web: {image: nginx}\n';

test('tells how far a long run is, and takes the line away at its end', async () => {
  const shown: string[] = [];
  let now = 0;
  const clock = (): number => {
    now += 400;
    return now;
  };
  const files = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`${name}/compose.yml`, FILE]));
  const { err } = await run(['-r'], files, { clock, progress: (text) => shown.push(text) });
  expect(shown).toEqual([
    'Reading folder 3 of 4',
    'Reading folder 4 of 4',
    'Linting folder 1 of 4',
    'Linting folder 2 of 4',
    'Linting folder 3 of 4',
    'Linting folder 4 of 4',
    '',
  ]);
  expect(err).toBe('');
});

test('a short run tells nothing of itself', async () => {
  const shown: string[] = [];
  await run([], { 'compose.yml': FILE }, { clock: () => 0, progress: (text) => shown.push(text) });
  expect(shown).toEqual([]);
});

const PAGE = pathToFileURL(new URL('../../rules/latest-tag.md', import.meta.url).pathname).href;
const link = (text: string): string => `\u001B]8;;${PAGE}\u001B\\${text}\u001B]8;;\u001B\\`;

test('the names of rules are links to their pages where the terminal has links', () => {
  const args = ['--only', 'latest-tag', '--color', 'never', '-'];
  const plain = fogLint(args, { input: FILE }).out;
  const linked = fogLint(args, { input: FILE, env: { FORCE_HYPERLINK: '1' } }).out;
  expect(linked).toBe(
    plain.replace('rules/latest-tag.md', link('rules/latest-tag.md')).replace('[latest-tag]', link('[latest-tag]')),
  );
  // What is written to a file, or for programs, has none.
  for (const format of ['compact', 'json'])
    expect(fogLint([...args, '-f', format], { input: FILE, env: { FORCE_HYPERLINK: '1' } }).out).not.toContain(
      '\u001B',
    );
});

test.each<readonly [env: Readonly<Record<string, string>>, isTerminal: boolean, links: boolean]>([
  [{}, true, false],
  [{ TERM: 'xterm-kitty' }, true, true],
  [{ TERM: 'xterm-kitty' }, false, false],
  [{ TERM: 'xterm-kitty', CI: 'true' }, true, false],
  [{ TERM_PROGRAM: 'vscode' }, true, true],
  [{ TERM_PROGRAM: 'Apple_Terminal' }, true, false],
  [{ VTE_VERSION: '6800' }, true, true],
  [{ VTE_VERSION: '4205' }, true, false],
  [{ VTE_VERSION: '6800', TERM: 'dumb' }, true, false],
  [{ WT_SESSION: 'a1b2' }, true, true],
  [{ FORCE_HYPERLINK: '1' }, false, true],
  [{ FORCE_HYPERLINK: '0', TERM: 'xterm-kitty' }, true, false],
])('%j at a terminal: %s has links: %s', (env, isTerminal, links) => {
  expect(useLinks({ env, isTerminal })).toBe(links);
});
