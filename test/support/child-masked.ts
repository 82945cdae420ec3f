import { run } from '../../src/runtime/index.js'
import { compileMasked } from './masked-search.js'
import { holdAfter } from './tiny-runs.js'

// A search by masks, in a process of its own, to be killed before it has taken so many steps: `child-masked.ts DATA OUT STEPS`.
const [data = '', out = '', steps = ''] = process.argv.slice(-3)
await run(compileMasked(), {
  ...{ scale: 'tiny', backend: 'cpu', data, out, seed: 5, checkpointEvery: 1 },
  ...holdAfter(Number(steps)),
})
