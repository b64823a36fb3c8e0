import { defineConfig } from 'vitest/config';
import { pageReporter } from './page-reporter.js';

export default defineConfig({
  test: {
    include: ['guarantees/*.guarantee.ts'],
    globalSetup: ['src/testing/build-once.ts'],
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default', pageReporter],
  },
});
