import { runSeeds } from '../../src/runtime/index.js'
import { compileRetrained, seriesOptions } from './scored-search.js'
import { holdAfter } from './tiny-runs.js'

// Runs of two seeds in a process of its own, to be held, and killed, in the second one: `child-series.ts DATA OUT`.
const [data = '', out = ''] = process.argv.slice(-2)
await runSeeds(compileRetrained(), { ...seriesOptions, data, out, ...holdAfter(17) })
