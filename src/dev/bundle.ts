import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';

/** How every program is bundled: what is published, and what the benchmarks run. */
export const bundleOptions = (root: string) => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return {
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
    // Loaded from where the package is installed, by the one command that needs it.
    external: ['vscode-languageserver'],
    minifySyntax: true,
    minifyWhitespace: true,
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
