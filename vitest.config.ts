import { defineConfig } from 'vitest/config';

export default defineConfig({
  define: { FOG_LINT_VERSION: JSON.stringify('0.0.0-test') },
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['dot', './test/closing-line.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    snapshotFormat: { escapeString: false, printBasicPrototype: false },
  },
});
