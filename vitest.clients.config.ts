import { defineConfig } from 'vitest/config';

/** The tests with programs of others, which are installed outside of the project: `npm run test:clients`. */
export default defineConfig({
  test: {
    include: ['test/clients/**/*.client.ts'],
    globalSetup: ['test/clients/set-up.ts'],
    // By itself the runner leaves one core unused: half of a small machine.
    maxWorkers: '100%',
    reporters: ['default', './test/closing-line.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
