import { expect, test } from 'vitest';
import { rules } from '../../rules/index.js';
import { terminalMarkdown } from '../../src/report/terminal-markdown.js';
import { run } from '../run.js';

test('rules lists every rule in a table', async () => {
  const { code, out, err } = await run(['rules'], {});
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const lines = out.split('\n');
  expect(lines[0]).toMatch(/^rule +level +preset +fix +finds$/);
  expect(lines.slice(1, -3).map((line) => line.split(/ {2,}/)[0])).toEqual(rules.map(({ meta }) => meta.id));
  expect(lines.find((line) => line.startsWith('latest-tag '))).toMatch(
    /^latest-tag +warning +recommended +unsafe +An image has no tag, or the tag `latest`$/,
  );
  expect(lines.slice(-3)).toEqual([
    '',
    `${rules.length} rules. \`fog-lint rules <rule>\` shows all that is known about one.`,
    '',
  ]);
});

test('rules --format json gives all that is known', async () => {
  const { out } = await run(['rules', '--format', 'json'], {});
  const data: readonly Readonly<Record<string, unknown>>[] = JSON.parse(out);
  expect(data.map(({ id }) => id)).toEqual(rules.map(({ meta }) => meta.id));
  const one = data.find(({ id }) => id === 'latest-tag');
  expect(Object.keys(one ?? {})).toEqual([
    'id',
    'severity',
    'preset',
    'fix',
    'since',
    'summary',
    'description',
    'fixSafety',
    'options',
    'whenOff',
    'source',
    'docs',
  ]);
  expect(JSON.parse((await run(['rules', 'latest-tag', '--format', 'json'], {})).out)).toEqual(one);
});

test('rules <id> shows the page', async () => {
  const { code, out, err } = await run(['rules', 'obsolete-version'], {});
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain(`obsolete-version

The top-level \`version\` has no effect.

level:   warning
presets: recommended, strict, all
`);
  expect(out).toContain(`
Found

\`compose.yml\`

    version: "3.8"
    services:
      web:
        image: nginx:1.27

Not found
`);
  expect(out.split('\n').filter((line) => line.length > 80 && !line.startsWith('    '))).toEqual([]);
});

test('rules <id> knows what was probably meant', async () => {
  const { code, out, err } = await run(['rules', 'latest-tga'], {});
  expect({ code, out, err }).toEqual({
    code: 2,
    out: '',
    err: 'fog-lint: no rule is called "latest-tga"\nDid you mean "latest-tag"?\n',
  });
});

test('colour is for those who want it', async () => {
  expect((await run(['rules', 'latest-tag', '--color', 'always'], {})).out).toContain(
    '\u001b[1mlatest-tag\u001b[22m\n',
  );
  expect((await run(['rules', '--color', 'always'], {})).out).toContain('\u001b[33mwarning\u001b[39m');
  expect((await run(['rules'], {}, { isTerminal: true })).out).toContain('\u001b[');
  expect((await run(['rules'], {}, { isTerminal: true, env: { NO_COLOR: '1' } })).out).not.toContain('\u001b[');
});

test.each([
  ['a heading', '# One\n', 'One\n'],
  ['a paragraph', 'one two three\nfour five six seven\n', 'one two three four\nfive six seven\n'],
  [
    'a list',
    '- one two three four\n- five `six seven` eight\n',
    '- one two three\n  four\n- five `six seven`\n  eight\n',
  ],
  ['a table', '| a | long |\n| --- | --- |\n| 1 | 2 |\n', 'a:    1\nlong: 2\n'],
  [
    'a block',
    '```yaml\na: 1\n\nb: a long line that is not broken\n```\n',
    '    a: 1\n\n    b: a long line that is not broken\n',
  ],
  ['a block behind its name', 'one\n\n```\n# no heading\n```\n\ntwo\n', 'one\n\n    # no heading\n\ntwo\n'],
])('the terminal shows %s', (_, markdown, text) => {
  expect(terminalMarkdown(markdown, 18, false)).toBe(text);
});
