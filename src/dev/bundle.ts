import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';

/** Lets bundled CommonJS packages ask for Node's own modules. */
const REQUIRE = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/** How every program is bundled: what is published, and what the benchmarks run. */
export const bundleOptions = (root: string) => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return {
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    // Node has these since version 10; esbuild would compile each such literal anew wherever it is evaluated.
    supported: { 'regexp-unicode-property-escapes': true, 'regexp-lookbehind-assertions': true },
    minifySyntax: true,
    minifyWhitespace: true,
    define: { FOG_LINT_VERSION: JSON.stringify(version) },
    banner: { js: REQUIRE },
    logLevel: 'warning',
  } as const satisfies BuildOptions;
};
