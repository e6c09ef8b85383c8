import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { corpus } from '../../src/dev/corpus.js';

/** Stands for the command line: it does what the name of the folder says, and reads files with usual names only. */
const PROGRAM = `
const set = process.cwd().split('/').at(-1);
if (set === 'crashes') { console.error('a fault of fog-lint'); process.exit(3); }
if (set === 'hangs') setInterval(() => {}, 1000);
else console.log(JSON.stringify({
  workspaces: [{ files: [{ path: 'compose.yml' }] }],
  findings: [
    { rule: 'latest-tag', severity: 'warning', file: 'compose.yml' },
    { rule: 'schema', severity: 'error', file: 'compose.yml', message: 'a must be b, as C is not set.' },
    { rule: 'missing-file', severity: 'error', file: 'compose.yml' },
    { rule: 'unset-variable', severity: 'warning', file: 'compose.yml' },
    { rule: 'unset-variable', severity: 'warning', file: 'with/compose.yml' },
  ],
}));
`;

const SERVICES = 'services:\n  web:\n    image: nginx\n  db:\n    image: postgres\n';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fog-lint-corpus-'));
  writeFileSync(join(folder, 'program.mjs'), PROGRAM);
  for (const set of ['works', 'crashes', 'hangs']) {
    mkdirSync(join(folder, 'sets', set), { recursive: true });
    writeFileSync(join(folder, 'sets', set, 'compose.yml'), SERVICES);
  }
  mkdirSync(join(folder, 'sets', 'works', 'with'));
  writeFileSync(join(folder, 'sets', 'works', 'with', '.env'), 'A=1\n');
  writeFileSync(join(folder, 'sets', 'works', 'other.yml'), 'services:\n  web:\n    tty: true\n');
});

afterAll(() => rmSync(folder, { recursive: true }));

test('counts what was read, what was found, and what went wrong', () => {
  let out = '';
  const isFine = corpus(join(folder, 'sets'), { path: join(folder, 'program.mjs'), timeLimit: 3000 }, (text) => {
    out += text;
  });
  expect(isFine).toBe(false);
  expect(out).toBe(`crash: crashes
a fault of fog-lint
not read: crashes/compose.yml
time-out: hangs

not read: hangs/compose.yml
not read: works/other.yml
       3  sets
       1  files read
       3  files not read
       1  crashes
       1  time-outs
       2  services
       5  findings
    2.50  findings per service
       3  findings of files and variables that the folders lack
    1.00  findings per service without those

by level
       3  warning
       2  error

by rule
       2  unset-variable
       1  latest-tag
       1  missing-file
       1  schema
`);
});
