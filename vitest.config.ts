import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [
    {
      name: 'nothing-is-right-by-being-first',
      // Vitest writes a snapshot that is not there, and the test passes. Here that fails, unless it is run with `-u`.
      configureVitest({ vitest }) {
        const { snapshotOptions } = vitest.config
        if (snapshotOptions.updateSnapshot === 'new') snapshotOptions.updateSnapshot = 'none'
      },
    },
  ],
  test: {
    setupFiles: ['test/support/yield-between-tests.ts'],
    environment: 'node',
    include: ['test/**/*.test.ts'],
    // Two workers: the suite must behave on a machine with two cores, and kernels may use threads of their own. The files of one
    // worker share what they import, which halves the time: a test leaves nothing behind that another one could see.
    pool: 'forks',
    poolOptions: { forks: { minForks: 1, maxForks: 2, isolate: false } },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 20_000,
  },
})
