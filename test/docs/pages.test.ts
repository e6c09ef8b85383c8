import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { newRepository, type Repository } from '../clients/repository.js';
import { type Ended, PROGRAM } from '../program.js';

/** What people read of the project leads somewhere, and what it tells them to type does something. */

const ROOT = join(import.meta.dirname, '..', '..');
const KNOWN = new Set(
  execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' })
    .split('\0')
    .flatMap((path) => path.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/'))),
);

const PAGES = [...KNOWN].filter((path) => path.endsWith('.md') && !path.startsWith('fixtures/')).sort();
const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** A page without its blocks of code and comments. */
const prose = (page: string): string =>
  page.replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1$/gm, '').replace(/<!--[\s\S]*?-->/g, '');

/** The name that a code host gives to a heading: letters and digits of any script, the rest left out, spaces as hyphens. */
const anchorOf = (heading: string): string =>
  heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');

const anchorsOf = (path: string): ReadonlySet<string> =>
  new Set([...prose(textOf(path)).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading)));

/** Where the links of a page lead that lead nowhere. */
const deadLinks = (page: string, text: string): readonly string[] =>
  [
    ...prose(text)
      .replaceAll(/`[^`\n]*`/g, '')
      .matchAll(/\]\(([^)\s]+)\)/g),
  ]
    .map(([, target = '']) => target)
    .filter((target) => {
      if (/^https:\/\//.test(target)) return false;
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? page : normalize(join(dirname(page), path)).replace(/\/$/, '');
      if (!KNOWN.has(file)) return true;
      return anchor !== undefined && !anchorsOf(file).has(anchor);
    });

describe('links', () => {
  test('that lead nowhere are found', () => {
    const text =
      '[a](no.md) [b](README.md#no) [c](#no) `[d](no.md)` [e](README.md) [f](src/) [g](http://example.org)\n# C\n';
    expect(deadLinks('README.md', text)).toEqual(['no.md', 'README.md#no', '#no', 'http://example.org']);
  });

  test.each(PAGES)('of %s lead to what there is', (page) => {
    expect(deadLinks(page, textOf(page))).toEqual([]);
  });
});

/** The pages that tell people what to type. Of README.md and docs/consolidate.md every command runs in a test of its own. */
const GUIDES = PAGES.filter((path) => /^docs\//.test(path) && path !== 'docs/consolidate.md');

/** The lines of a guide that run fog-lint: in shells, in steps of a workflow or a job, and in running text. */
const commandsOf = (guide: string): readonly string[] => {
  const text = textOf(guide);
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) => block.trim().split('\n'));
  const steps = [...text.matchAll(/^ *(?:- )?(?:run: |- )((?:npx )[^\n]*)$/gm)].map(([, line = '']) => line);
  const inline = [...prose(text).matchAll(/`((?:npx (?:--yes )?)?fog-lint [^`\n]*)`/g)].map(([, line = '']) => line);
  return [...blocks, ...steps, ...inline];
};

/** Commands with another exit status than 0; there is one error in what they are run on. */
const FAILS = /^(?:npx (?:--yes )?)?fog-lint (?!init|rules|.*baseline|.*--fail-on never)/;

const FILES = {
  'docker-compose.yml': 'services:\n  web:\n    image: nginx:1.27\n    portz: []\n',
  'docker-compose.dev.yml': 'services:\n  web:\n    environment: {LEVEL: debug}\n',
  'deploy/compose.yml': 'services:\n  web:\n    image: nginx\n',
  'node_modules/.bin/README': '',
};

const made: Repository[] = [];
afterAll(() => {
  for (const { path } of made) rmSync(path, { recursive: true, force: true });
});

/** What a guide starts from: FILES, and fog-lint among the dependencies. */
const start = (): ((line: string, part?: number) => Ended) => {
  const repository = newRepository();
  made.push(repository);
  repository.write(FILES);
  const bin = join(repository.path, 'node_modules', '.bin');
  symlinkSync(PROGRAM, join(bin, 'fog-lint'));
  const PATH = `${bin}:${process.env['PATH']}`;
  return (line, part = 1) => repository.run('bash', ['-euo', 'pipefail', '-c', line], { PATH, PART: String(part) });
};

describe('commands', () => {
  test.each(GUIDES)('of %s run', (guide) => {
    const shell = start();
    // What the guide on many repositories joins is there already.
    for (const name of ['shop', 'blog']) shell(`fog-lint -r --fail-on never --format json=${name}.json`);
    for (const line of commandsOf(guide)) {
      // A server is run by tests of its own, and a command without what it is about is only named.
      const isNamed = /^fog-lint (?:lsp|explain|merge)$/.test(line);
      for (const part of line.includes('$PART') ? [1, 2, 3, 4, 5, 6, 7, 8] : [1]) {
        const { code, out, err } = shell(isNamed ? `${line} --help` : line, part);
        const expected = FAILS.test(line) && !isNamed ? 1 : 0;
        expect({ line, part, code, out, err }).toEqual({ line, part, code: expected, out, err });
      }
    }
    if (guide === 'docs/many-repositories.md') {
      const { out } = shell('fog-lint -r --fail-on never --format sarif');
      expect(shell('cat fog-lint.sarif').out).toBe(out);
    }
  });

  test('are found in shells, steps and running text', () => {
    expect(GUIDES.map((guide) => [guide, commandsOf(guide).length])).toMatchInlineSnapshot(`
      [
        [
          "docs/dclint.md",
          7,
        ],
        [
          "docs/editors.md",
          3,
        ],
        [
          "docs/github.md",
          2,
        ],
        [
          "docs/gitlab.md",
          2,
        ],
        [
          "docs/many-repositories.md",
          4,
        ],
        [
          "docs/pre-commit.md",
          2,
        ],
      ]
    `);
  });
});
