import { defineConfig } from 'vitest/config';

export default defineConfig({
  define: { FOG_LINT_VERSION: JSON.stringify('0.0.0-test') },
  test: {
    include: ['test/**/*.test.ts'],
    // By itself the runner leaves one core unused: half of a small machine.
    maxWorkers: '100%',
    reporters: ['dot', './test/closing-line.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    snapshotFormat: { escapeString: false, printBasicPrototype: false },
  },
});
