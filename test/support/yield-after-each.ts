import { afterEach } from 'vitest'

// A file of tests that never wait would keep its worker from answering the runner, which gives it up after a minute.
afterEach(
  () =>
    new Promise<void>((resolve) => {
      setImmediate(resolve)
    }),
)
