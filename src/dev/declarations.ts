import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a declaration takes from elsewhere. */
const FROM = /(?:from |import\()['"]([^'"]+)['"]/g;

/**
 * Files that a declaration refers to, itself first.
 * @throws {Error} where one needs a package: those who install fog-lint get no other.
 */
const reachedFrom = (start: string): ReadonlySet<string> => {
  const reached = new Set([start]);
  for (const path of reached)
    for (const [, name = ''] of readFileSync(path, 'utf8').matchAll(FROM)) {
      if (!name.startsWith('.')) throw new Error(`${path} needs ${name}, which is not published`);
      reached.add(join(dirname(path), name.replace(/\.js$/, '.d.ts')));
    }
  return reached;
};

/** Writes what the library declares to `dist/types`: the file of `index.ts`, those that it refers to, and no other. */
export const writeDeclarations = (root: string): void => {
  const tsc = spawnSync(
    process.execPath,
    [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', join(root, 'tsconfig.build.json')],
    { stdio: 'inherit' },
  );
  if (tsc.status !== 0) throw new Error('the declarations could not be built');
  const types = join(root, 'dist', 'types');
  const needed = reachedFrom(join(types, 'src', 'index.d.ts'));
  for (const name of readdirSync(types, { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.d.ts') && !needed.has(join(types, name))) rmSync(join(types, name));
};
