import { run } from '../../src/runtime/index.js'
import { compileScored } from './scored-search.js'
import { holdAfter } from './tiny-runs.js'

// A search that scores, in a process of its own, to be killed before it has taken so many steps: `child-scored.ts DATA OUT DERIVATION STEPS`.
const [data = '', out = '', derivation = '', steps = ''] = process.argv.slice(-4)
await run(compileScored(derivation), { scale: 'tiny', backend: 'cpu', data, out, seed: 5, ...holdAfter(Number(steps)) })
