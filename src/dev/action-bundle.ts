import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleOptions } from './bundle.js';
import { noticesFor } from './notices.js';

/** The file that `action.yml` runs, from the root of the repository. */
export const ACTION_BUNDLE = 'action/index.cjs';

/**
 * The Action as the one file that GitHub runs, and the notices of what is in it, by their paths. The same sources and packages give
 * the same bytes wherever they are built. What draws graphs stays out: no report of the linter has any.
 */
export const actionFiles = async (root: string): Promise<ReadonlyMap<string, string>> => {
  const { outputFiles, metafile } = await build({
    ...bundleOptions(root),
    format: 'cjs',
    entryPoints: [join(root, 'src', 'action', 'index.ts')],
    outfile: join(root, ACTION_BUNDLE),
    banner: { js: '// Made by `npm run generate` from src/action and what it imports. Notices: THIRD-PARTY-LICENSES.' },
    write: false,
    metafile: true,
  });
  return new Map([
    [ACTION_BUNDLE, outputFiles[0]?.text ?? ''],
    ['action/THIRD-PARTY-LICENSES', noticesFor(root, [metafile])],
  ]);
};
