import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';

/**
 * What bundled CommonJS packages get when they ask for a module of Node. Asking for `process` would open the standard
 * streams, and `child_process` loads half of the network: no command of fog-lint is a program of its own, which is all that
 * commander wants it for.
 */
const REQUIRE = `const require = (name) => ({ process, 'node:process': process, 'node:child_process': {} })[name] ?? process.getBuiltinModule(name);`;

/** How every program is bundled: what is published, and what the benchmarks run. */
export const bundleOptions = (root: string) => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return {
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    // The package's entry for Node reads the process's environment anew for every token; this one is the same without that.
    alias: { yaml: join(root, 'node_modules', 'yaml', 'browser', 'index.js') },
    // Node has these since version 10; esbuild would compile each such literal anew wherever it is evaluated.
    supported: { 'regexp-unicode-property-escapes': true, 'regexp-lookbehind-assertions': true },
    minifySyntax: true,
    minifyWhitespace: true,
    define: { FOG_LINT_VERSION: JSON.stringify(version) },
    banner: { js: REQUIRE },
    logLevel: 'warning',
  } as const satisfies BuildOptions;
};
