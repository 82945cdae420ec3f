import { defineConfig } from 'vitest/config'

/** They are about what a process can be only once: whether its memory is shared, which components it has. */
const ofTheirOwnProcess = ['test/runtime/search/components/toys/toys.test.ts', 'test/runtime/search/run/resume.test.ts']

const common = {
  setupFiles: ['test/support/yield-between-tests.ts'],
  environment: 'node',
  testTimeout: 120_000,
  hookTimeout: 120_000,
  teardownTimeout: 20_000,
}

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
    // Two workers: the suite must behave on a machine with two cores, and kernels may use threads of their own.
    pool: 'forks',
    poolOptions: { forks: { minForks: 1, maxForks: 2 } },
    projects: [
      {
        extends: true,
        // The files of one worker share what they import, which halves the time: a test leaves nothing behind that others see.
        test: {
          name: 'shared',
          ...common,
          include: ['test/**/*.test.ts'],
          exclude: ofTheirOwnProcess,
          poolOptions: { forks: { isolate: false } },
        },
      },
      { extends: true, test: { name: 'alone', ...common, include: ofTheirOwnProcess } },
    ],
  },
})
