import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { PROGRAMS } from '../cli/program.js';
import { bundleOptions, packageBundles } from './bundle.js';
import { writeDeclarations } from './declarations.js';
import { writeManual } from './manual.js';
import { writeComposeSchema, writeSettingsSchema } from './schema-modules.js';

/** The files of the worked example, in the order that its users give them. */
const EXAMPLE = ['docker-compose.yml', 'docker-compose.dev.yml', 'docker-compose.betanet.yml'];

/** Keeps what this V8 makes of each bundle when it lints or resolves the worked example. */
const writeCodeCache = async (root: string, dist: string): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'fog-lint-build-'));
  try {
    const outfile = join(folder, 'code-cache.cjs');
    await build({
      ...bundleOptions(root),
      format: 'cjs',
      entryPoints: [join(root, 'src', 'dev', 'code-cache.ts')],
      outfile,
    });
    for (const name of PROGRAMS) {
      const { status, stderr } = spawnSync(process.execPath, [outfile, dist, name, ...EXAMPLE], {
        cwd: join(root, 'fixtures', 'fog-compute', 'before'),
        stdio: ['ignore', 'ignore', 'pipe'],
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(`the bundle "${name}" could not be compiled ahead: ${stderr}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/**
 * Builds what is published: the schemas' modules, `dist/cli.cjs` with the commands' bundles and the code that V8 makes of them,
 * `dist/index.js` with its declarations, the settings' schema, and the manual page. The command line is executable, whatever mode
 * the checkout has.
 */
export const buildPackage = async (root: string): Promise<void> => {
  const dist = join(root, 'dist');
  rmSync(dist, { recursive: true, force: true });
  writeComposeSchema(root);
  await writeSettingsSchema(root);
  for (const bundle of packageBundles(root)) await build(bundle);
  for (const name of PROGRAMS) {
    // A bundle is read letter by letter; one outside of ASCII would come out as several.
    if (/[\x80-\xff]/.test(readFileSync(join(dist, `${name}.cjs`), 'latin1')))
      throw new Error(`${name}.cjs is not ASCII: write letters in regular expressions and tagged templates as escapes`);
  }
  chmodSync(join(dist, 'cli.cjs'), 0o755);
  copyFileSync(join(root, 'rules', 'settings.schema.json'), join(dist, 'schema.json'));
  await writeManual(join(dist, 'fog-lint.1'), JSON.parse(bundleOptions(root).define.FOG_LINT_VERSION));
  await writeCodeCache(root, dist);
  writeDeclarations(root);
};
