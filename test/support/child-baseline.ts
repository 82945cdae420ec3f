import { run } from '../../src/runtime/index.js'
import { compileRetrained, seriesOptions } from './scored-search.js'
import { holdAfter } from './tiny-runs.js'

// A run with a baseline in a process of its own, to be held, and killed, while that is trained: `child-baseline.ts DATA OUT`.
const [data = '', out = ''] = process.argv.slice(-2)
const { seeds: _seeds, ...options } = seriesOptions
await run(compileRetrained(), { ...options, baseline: { count: 2 }, data, out, ...holdAfter(13) })
