import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPackage } from './build.js';
import { corpus } from './corpus.js';
import { generatedFiles, staleFiles, writeGenerated } from './generate.js';

/** What the npm scripts run: `build`, `generate`, `check-generated`, `new-rule <id>`, `corpus <folder>`. */

const root = join(import.meta.dirname, '..', '..');

const moduleText = (id: string): string => `import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: '${id}',
    severity: 'warning',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'Say in one line what the rule finds',
    description: 'Say what exactly is found and what is not, and why it matters.',
    source: 'compose-spec, section and heading',
    bad: 'services:\\n  web:\\n    image: nginx:1.27\\n',
    good: 'services:\\n  web:\\n    image: nginx:1.27-alpine\\n',
    whenOff: 'Say when it is right to switch the rule off.',
  },
  *checkService({ name, key }) {
    if (key) yield { at: key, message: \`The service "\${name}" is not looked at yet.\`, path: ['services', name] };
  },
});
`;

const newRule = async (id: string | undefined): Promise<void> => {
  if (id === undefined || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    throw new Error('usage: npm run new-rule <id>, an id such as "latest-tag"');
  const module = join(root, 'rules', `${id}.ts`);
  if (existsSync(module)) throw new Error(`rules/${id}.ts exists already`);
  const fixture = join(root, 'fixtures', 'rules', id);
  mkdirSync(fixture, { recursive: true });
  writeFileSync(module, moduleText(id));
  writeFileSync(join(fixture, 'compose.yml'), 'services:\n  web:\n    image: nginx:1.27\n');
  const written = await writeGenerated(root);
  for (const path of [`rules/${id}.ts`, `fixtures/rules/${id}/compose.yml`, ...written])
    process.stdout.write(`${path}\n`);
  process.stdout.write(
    `Next: write the check, then run \`npx vitest run test/rules -u\` and read fixtures/rules/${id}/expected.txt.\n`,
  );
};

const checkGenerated = async (): Promise<void> => {
  const stale = staleFiles(root, await generatedFiles(root));
  if (stale.length > 0) throw new Error(`not fresh, run \`npm run generate\`: ${stale.join(', ')}`);
};

const COMMANDS: Readonly<Record<string, (argument: string | undefined) => Promise<void>>> = {
  build: () => buildPackage(root),
  generate: async () => {
    for (const path of await writeGenerated(root)) process.stdout.write(`${path}\n`);
  },
  'check-generated': checkGenerated,
  'new-rule': newRule,
  corpus: async (folder) => {
    if (folder === undefined) throw new Error('usage: npm run corpus <folder>, with one folder for each set of files');
    const isFine = corpus(folder, { path: join(root, 'dist', 'cli.js'), timeLimit: 60_000 }, (text) =>
      process.stdout.write(text),
    );
    if (!isFine) throw new Error('not every file was read');
  },
};

const [name = '', argument] = process.argv.slice(2);
const command = COMMANDS[name];
try {
  if (!command) throw new Error(`no command "${name}": ${Object.keys(COMMANDS).join(', ')}`);
  await command(argument);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
