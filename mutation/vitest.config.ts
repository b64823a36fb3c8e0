import { defineConfig } from 'vitest/config';

/** The tests that one target is measured by; see run.mjs. */
export default defineConfig({
  test: { include: (process.env['MUTATION_TESTS'] ?? '').split(','), testTimeout: 300_000 },
});
