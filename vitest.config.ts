import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,contracts,properties,guarantees}/**/*.test.ts'],
    globalSetup: ['src/testing/build-once.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    // Modules are loaded once a worker: loading them for each of the files costs more than the tests do.
    isolate: false,
    // Concurrent tests spawn commands; two at a time are enough for two processors.
    maxConcurrency: 2,
    // Vitest leaves one processor idle; on two that is half the machine.
    maxWorkers: '100%',
  },
});
