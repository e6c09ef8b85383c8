import { join, resolve } from 'node:path';
import { buildPackage } from './build.js';
import { corpus } from './corpus.js';
import { generatedFiles, staleFiles, writeGenerated } from './generate.js';
import { newRule } from './new-rule.js';
import { writeSettingsSchema } from './schema-modules.js';

/** What the npm scripts run: `build`, `generate`, `check-generated`, `new-rule <id>`, `corpus <folder>`, `consolidate-corpus <folder>`. */

const root = join(import.meta.dirname, '..', '..');

const checkGenerated = async (): Promise<void> => {
  const stale = staleFiles(root, await generatedFiles(root));
  if (stale.length > 0) throw new Error(`not fresh, run \`npm run generate\`: ${stale.join(', ')}`);
};

const COMMANDS: Readonly<Record<string, (argument: string | undefined) => Promise<void>>> = {
  build: () => buildPackage(root),
  generate: async () => {
    await writeSettingsSchema(root);
    for (const path of await writeGenerated(root)) process.stdout.write(`${path}\n`);
  },
  'check-generated': checkGenerated,
  'new-rule': async (id) => {
    for (const path of await newRule(root, id)) process.stdout.write(`${path}\n`);
  },
  'consolidate-corpus': async (folder) => {
    if (folder === undefined)
      throw new Error('usage: npm run corpus:consolidate <folder>, with one folder for each set of files');
    // It runs on what the build makes, and the build must not need it.
    const { consolidateCorpus } = await import('./consolidate-corpus.js');
    if (!consolidateCorpus(resolve(folder), (text) => process.stdout.write(text))) process.exitCode = 1;
  },
  corpus: async (folder) => {
    if (folder === undefined) throw new Error('usage: npm run corpus <folder>, with one folder for each set of files');
    const isFine = corpus(resolve(folder), { path: join(root, 'dist', 'cli.cjs'), timeLimit: 60_000 }, (text) =>
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
