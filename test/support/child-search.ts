import { search } from '../../src/runtime/index.js'
import { compileScored } from './scored-search.js'
import { holdAfter } from './tiny-runs.js'

// A supernet searched in a process of its own, to be held, and killed, after four scores: `child-search.ts RUN OUT DERIVATION`.
const [run = '', out = '', derivation = ''] = process.argv.slice(-3)
await search(run, { by: compileScored(derivation), seed: 5, out, ...holdAfter(4) })
