import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.js';
import { run } from '../run.js';

const GUIDE = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'dclint.md'), 'utf8');

/** The cells of the rows of the table below a heading, without the code marks of the first two. */
const rowsBelow = (heading: string): readonly (readonly string[])[] => {
  const [, below = ''] = GUIDE.split(`\n## ${heading}\n`);
  const rows = below.split('\n## ')[0]?.match(/^\|.*\|$/gm) ?? [];
  return rows.slice(2).map((row) => row.slice(2, -2).split(' | '));
};

const plain = (cell = ''): string => cell.replaceAll('`', '');

const web = (lines: string): string => `services:\n  web:\n    image: nginx:1.27\n${lines}`;

/** For each rule of dclint a file that it finds something in. */
const FOUND_BY_DCLINT: Readonly<Record<string, string>> = {
  'no-build-and-image': web('    build: .\n'),
  'no-duplicate-container-names': `${web('    container_name: one\n')}  api:\n    image: nginx:1.27\n    container_name: one\n`,
  'no-duplicate-exported-ports': `${web('    ports: ["8080:80"]\n')}  api:\n    image: nginx:1.27\n    ports: ["8080:81"]\n`,
  'no-quotes-in-volumes': web('    volumes:\n      - "./data:/data"\n'),
  'no-unbound-port-interfaces': 'services:\n  web:\n    image: example/web:1\n    ports: ["8080:80"]\n',
  'no-version-field': `version: "3.8"\n${web('')}`,
  'require-project-name-field': web(''),
  'require-quotes-in-ports': web('    ports:\n      - 22:22\n'),
  'service-container-name-regex': web('    container_name: my web\n'),
  'service-dependencies-alphabetical-order': `${web('    depends_on: [b, a]\n')}  b:\n    image: nginx:1.27\n  a:\n    image: nginx:1.27\n`,
  'service-image-require-explicit-tag': 'services:\n  web:\n    image: nginx\n',
  'service-keys-order': web('    volumes:\n      - data:/data\n    container_name: web\nvolumes:\n  data:\n'),
  'service-ports-alphabetical-order': web('    ports: ["127.0.0.1:9090:90", "127.0.0.1:8080:80"]\n'),
  'services-alphabetical-order': `${web('')}  api:\n    image: nginx:1.27\n`,
  'top-level-properties-order': `volumes:\n  data:\n${web('    volumes:\n      - data:/data\n')}`,
  'invalid-yaml': 'services:\n  web: [\n',
  'invalid-schema': web('    imago: x\n'),
};

/** Rules that have no part in the comparison, because they say what is missing rather than what is there. */
const QUIET = ['--rule', 'missing-healthcheck=off', '--rule', 'missing-file=off'];

describe('the table of rules', () => {
  const rows = rowsBelow('Rules').map(([theirs, ours]) => [plain(theirs), plain(ours)] as const);

  test('has every rule of dclint', () => {
    expect(rows.map(([theirs]) => theirs)).toEqual(Object.keys(FOUND_BY_DCLINT));
  });

  test.each(rows)('%s is %s', async (theirs, ours) => {
    const files = { 'compose.yml': FOUND_BY_DCLINT[theirs] ?? '', Dockerfile: 'FROM nginx:1.27\n' };
    const level = ours === '–' ? [] : ['--rule', `${ours}=warning`];
    const { out } = await run(['--format', 'json', ...QUIET, ...level], files);
    const { findings } = JSON.parse(out) as { findings: readonly { rule: string }[] };
    const found = new Set(findings.map(({ rule }) => rule));
    expect([...found]).toEqual(ours === '–' ? [] : [ours]);
  });

  test('names rules that there are', () => {
    const known = new Set(rules.map(({ meta }) => meta.id));
    const named = [...GUIDE.matchAll(/(?:--rule |disable-(?:file|line) )`?([a-z]+(?:-[a-z]+)+)/g)].map(
      ([, id = '']) => id,
    );
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((id) => !known.has(id) && !(id in FOUND_BY_DCLINT))).toEqual([]);
  });
});

test('the options of fog-lint are some', async () => {
  const { out } = await run(['--help'], {});
  const options = rowsBelow('Options').flatMap(([, ours = '']) => ours.match(/(?<=`)--?[a-z-]+/g) ?? []);
  expect(options.filter((option) => !new RegExp(`(^|[ ,])${option}[ ,]`, 'm').test(out))).toEqual([]);
});

test('the settings mean what those of dclint meant', async () => {
  const [, settings = ''] = /becomes this `fog-lint.yaml`:\n\n```yaml\n([\s\S]*?)```/.exec(GUIDE) ?? [];
  const files = {
    'fog-lint.yaml': settings,
    'compose.yml': 'version: "3.8"\nservices:\n  web:\n    image: nginx\n',
    'vendor/compose.yml': 'services:\n  web:\n    image: nginx\n',
  };
  const { out, code } = await run(['-r', '--format', 'compact', ...QUIET], files);
  expect(
    out,
  ).toBe(`compose.yml:4:12: error: The image nginx of "web" has no tag, so that \`latest\` is pulled: what runs depends on the day it was pulled. [latest-tag]
Found 1 problem (1 error) in 1 file.
`);
  expect(code).toBe(1);
});

test('the comments hide what those of dclint hid', async () => {
  const comments = rowsBelow('Comments').map(([, ours = '']) => plain(ours).replace(/^.*?#/, '#'));
  const [file = '', , line = ''] = comments;
  const untagged = 'services:\n  web:\n    image: nginx';
  for (const text of [`${file}\n${untagged}\n`, `${untagged} ${line}\n`]) {
    const { out } = await run(['--only', 'latest-tag', '--only', 'unused-suppression', '--format', 'compact'], {
      'compose.yml': text,
    });
    expect(out).toBe('No problems in 1 file.\n');
  }
});

test('a baseline accepts what is found now', async () => {
  const commands = [...GUIDE.matchAll(/^npx fog-lint (.*--baseline.*)$/gm)].map(([, args = '']) => args.split(' '));
  expect(commands).toHaveLength(2);
  const files = { 'compose.yml': 'services:\n  web:\n    image: nginx\n' };
  const first = await run(commands[0] ?? [], files);
  expect(first.code).toBe(0);
});
