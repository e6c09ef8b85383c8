import { join } from 'node:path';
import { build } from 'esbuild';
import { APART } from '../cli/program.js';
import { bundleOptions } from './bundle.js';

/** The file that `action.yml` runs, from the root of the repository. */
export const ACTION_BUNDLE = 'action/index.cjs';

/**
 * The Action as the one file that GitHub runs, with the licenses of what is in it. The same sources and packages give the same
 * bytes wherever it is built. What draws graphs stays out: no report of the linter has any.
 */
export const actionBundle = async (root: string): Promise<string> => {
  const options = bundleOptions(root);
  const { outputFiles } = await build({
    ...options,
    absWorkingDir: root,
    format: 'cjs',
    external: [...options.external, ...Object.keys(APART)],
    entryPoints: [join(root, 'src', 'action', 'index.ts')],
    outfile: join(root, ACTION_BUNDLE),
    banner: { js: '// Made by `npm run generate` from src/action and what it imports.' },
    legalComments: 'eof',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
};
