import { readdirSync, realpathSync } from 'node:fs';
import { join, relative } from 'node:path';

import { DEFAULT_FILES } from '../../src/model/default-files.js';
import { isComposeFileName } from '../../src/workspace/roles.js';
import { difference, ourAnswer } from './answer.js';
import { DEFAULT_ARGS } from './case.js';
import { demandDockerCompose, theirAnswer } from './docker-compose.js';

/**
 * `npm run oracle:corpus -- <folder>`: compares fog-lint with a real docker compose on the Compose files of other people. In
 * every folder below, the base file alone and with each other Compose file beside it; without a base file, each one alone.
 */

type Load = { readonly folder: string; readonly files: readonly string[] };

const loadsIn = (folder: string): readonly Load[] => {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = entries.filter((entry) => entry.isFile() && isComposeFileName(entry.name)).map(({ name }) => name);
  const base = DEFAULT_FILES.find((name) => names.includes(name));
  const overlays = names.filter((name) => name !== base);
  const loads =
    base === undefined
      ? overlays.map((name) => ({ folder, files: [name] }))
      : [{ folder, files: [base] }, ...overlays.map((name) => ({ folder, files: [base, name] }))];
  const below = entries.filter((entry) => entry.isDirectory()).flatMap(({ name }) => loadsIn(join(folder, name)));
  return [...loads, ...below];
};

const [, , root] = process.argv;
if (root === undefined) {
  process.stderr.write('usage: npm run oracle:corpus -- <folder>\n');
  process.exit(2);
}
const compose = demandDockerCompose();
const top = realpathSync(root);
const counts = { agreed: 0, accepted: 0, refused: 0 };
const loads = loadsIn(top);
for (const { folder, files } of loads) {
  const args = { ...DEFAULT_ARGS, projectName: null, files };
  const theirs = await theirAnswer({ folder, args }, compose);
  const different = difference(theirs, await ourAnswer({ folder, args }));
  counts[theirs.kind === 'model' ? 'accepted' : 'refused'] += 1;
  if (different === undefined) counts.agreed += 1;
  else process.stdout.write(`${relative(top, folder)}: ${files.join(' + ')}: ${different}\n`);
}
process.stdout.write(
  `corpus: ${counts.agreed}/${loads.length} agree (${counts.accepted} accepted, ${counts.refused} refused)\n`,
);
if (counts.agreed !== loads.length || loads.length === 0) process.exitCode = 1;
