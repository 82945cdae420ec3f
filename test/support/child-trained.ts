import { run } from '../../src/runtime/index.js'
import { holdAfter } from './tiny-runs.js'
import { compileTrained } from './trained-search.js'

// A search that trains every architecture, in a process of its own, to be killed before it has taken so many steps:
// `child-trained.ts DATA OUT DERIVATION STEPS`.
const [data = '', out = '', derivation = '', steps = ''] = process.argv.slice(-4)
await run(compileTrained(derivation), {
  backend: 'cpu',
  data,
  out,
  seed: 5,
  checkpointEvery: 5,
  ...holdAfter(Number(steps)),
})
