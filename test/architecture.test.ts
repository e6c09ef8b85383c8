import { expect, test } from 'vitest';
import { allModules, trespasses } from './architecture.js';

const root = new URL('..', import.meta.url).pathname;

test('every module keeps to its room', () => {
  const modules = allModules(root);
  expect(modules.length).toBeGreaterThan(100);
  expect(trespasses(modules)).toEqual([]);
});

test.each([
  [
    'a room above',
    'src/source/a.ts',
    "import { parse } from '../parse/parse.js';",
    'src/source/a.ts imports src/parse/parse.ts',
  ],
  [
    'a room above, over several lines',
    'src/model/a.ts',
    "import {\n  type A,\n  b,\n} from '../lint/rule.js';",
    'src/model/a.ts imports src/lint/rule.ts',
  ],
  [
    'a type of a room above',
    'src/model/a.ts',
    "import type { A } from '../cli/io.js';",
    'src/model/a.ts imports src/cli/io.ts',
  ],
  [
    'a room above, later',
    'src/lint/a.ts',
    "const a = await import('../cli/io.js');",
    'src/lint/a.ts imports src/cli/io.ts',
  ],
  ['a re-export', 'src/model/a.ts', "export { a } from '../lint/rule.js';", 'src/model/a.ts imports src/lint/rule.ts'],
  [
    'the engine in a rule',
    'rules/a.ts',
    "import { resolve } from '../src/resolve/resolve.js';",
    'rules/a.ts imports src/resolve/resolve.ts',
  ],
  [
    'the registry below the command line',
    'src/lint/a.ts',
    "import { rules } from '../../rules/index.js';",
    'src/lint/a.ts imports rules/index.ts',
  ],
  [
    'one rule on the command line',
    'src/cli/a.ts',
    "import rule from '../../rules/schema.js';",
    'src/cli/a.ts imports rules/schema.ts',
  ],
  [
    'the YAML library outside of its room',
    'src/lint/a.ts',
    "import { parse } from 'yaml';",
    'src/lint/a.ts imports yaml',
  ],
  [
    'the Action on the command line',
    'src/cli/a.ts',
    "import { run } from '../action/action.js';",
    'src/cli/a.ts imports src/action/action.ts',
  ],
  [
    'the registry in the Action',
    'src/action/a.ts',
    "import { rules } from '../../rules/index.js';",
    'src/action/a.ts imports rules/index.ts',
  ],
  [
    'the disk below the command line',
    'src/workspace/a.ts',
    "import { readFileSync } from 'node:fs';",
    'src/workspace/a.ts imports node:fs',
  ],
  [
    'the process below the command line',
    'src/report/a.ts',
    'const a = process.env;',
    'src/report/a.ts touches its surroundings',
  ],
  [
    'the clock below the command line',
    'src/report/a.ts',
    'const a = Date.now();',
    'src/report/a.ts touches its surroundings',
  ],
  [
    'a room that is not on the plan',
    'src/utils/a.ts',
    'export const a = 1;',
    'src/utils/a.ts: there is no room "utils"',
  ],
])('finds %s', (_, path, text, trespass) => {
  expect(trespasses([{ path, text: `${text}\n` }])).toEqual([trespass]);
});

test('lets a room use those below it', () => {
  expect(
    trespasses([
      { path: 'src/lint/a.ts', text: "import { a } from '../model/value.js';\nimport { b } from './rule.js';\n" },
      {
        path: 'src/cli/b.ts',
        text: "import { rules } from '../../rules/index.js';\nimport { readFileSync } from 'node:fs';\n",
      },
      {
        path: 'src/action/d.ts',
        text: "import { lintCommand } from '../cli/lint.js';\nimport { readFileSync } from 'node:fs';\n",
      },
      { path: 'rules/c.ts', text: "import { defineRule } from '../src/lint/rule.js';\n" },
    ]),
  ).toEqual([]);
});
