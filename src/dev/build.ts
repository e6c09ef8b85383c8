import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleOptions } from './bundle.js';
import { writeComposeSchema, writeSettingsSchema } from './schema-modules.js';

/**
 * Builds what is published: the schemas' modules, `dist/cli.js` with the chunks its commands load, `dist/index.js`, the
 * settings' schema, and the declarations. The command line is executable, whatever mode the checkout has.
 */
export const buildPackage = async (root: string): Promise<void> => {
  const dist = join(root, 'dist');
  rmSync(dist, { recursive: true, force: true });
  writeComposeSchema(root);
  await writeSettingsSchema(root);
  await build({
    ...bundleOptions(root),
    entryPoints: { cli: join(root, 'src', 'cli', 'cli.ts'), index: join(root, 'src', 'index.ts') },
    outdir: dist,
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    legalComments: 'linked',
  });
  chmodSync(join(dist, 'cli.js'), 0o755);
  copyFileSync(join(root, 'rules', 'settings.schema.json'), join(dist, 'schema.json'));
  const tsc = spawnSync(
    process.execPath,
    [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', join(root, 'tsconfig.build.json')],
    { stdio: 'inherit' },
  );
  if (tsc.status !== 0) throw new Error('the declarations could not be built');
};
