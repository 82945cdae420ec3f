import { afterEach } from 'vitest'

/**
 * Lets the messages between a worker and the runner through after each test: where tests compute without a pause, an answer
 * that waits longer than a minute counts as an error of the run.
 */
afterEach(
  () =>
    new Promise<void>((resolve) => {
      setImmediate(resolve)
    }),
)
