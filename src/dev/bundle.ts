import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { APART, type ProgramName, WRAPPER } from '../cli/program.js';

/** How every program is bundled: what is published, and what the benchmarks run. */
export const bundleOptions = (root: string) => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    // The package's entry for Node reads the process's environment anew for every token; this one is the same without that.
    alias: { yaml: join(root, 'node_modules', 'yaml', 'browser', 'index.js') },
    // Node has these since version 10; esbuild would compile each such literal anew wherever it is evaluated.
    supported: {
      'regexp-unicode-property-escapes': true,
      'regexp-lookbehind-assertions': true,
      // V8 forgets how to import for what it has compiled before; requiring goes on.
      'dynamic-import': false,
    },
    // Loaded by the few commands that need them.
    external: Object.keys(APART),
    minifySyntax: true,
    minifyWhitespace: true,
    // Notices of what is bundled are in files of their own (`notices.ts`), also of packages whose code has none.
    legalComments: 'none',
    define: { FOG_LINT_VERSION: JSON.stringify(version) },
    logLevel: 'warning',
  } as const satisfies BuildOptions;
};

/** How a module for others is bundled. The CommonJS packages in it get the modules of Node. */
export const moduleOptions = (root: string) =>
  ({
    ...bundleOptions(root),
    format: 'esm',
    banner: { js: `const require = (name) => process.getBuiltinModule(name);` },
  }) as const satisfies BuildOptions;

/** Every bundle of the package, each a file or two below `dist/`. */
export const packageBundles = (root: string): readonly BuildOptions[] => {
  const program = { ...bundleOptions(root), format: 'cjs', outExtension: { '.js': '.cjs' } } as const;
  const outdir = join(root, 'dist');
  return [
    { ...program, entryPoints: { cli: join(root, 'src', 'cli', 'cli.ts') }, outdir },
    {
      ...program,
      entryPoints: {
        main: join(root, 'src', 'cli', 'main.ts'),
        config: join(root, 'src', 'cli', 'config-main.ts'),
      } satisfies Record<ProgramName, string>,
      banner: { js: WRAPPER.start },
      footer: { js: WRAPPER.end },
      outdir,
    },
    ...Object.entries(APART).map(([name, file]) => ({
      ...program,
      external: [],
      entryPoints: [name],
      outfile: join(outdir, file),
    })),
    { ...moduleOptions(root), entryPoints: { index: join(root, 'src', 'index.ts') }, outdir },
  ];
};
