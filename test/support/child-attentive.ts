import { runAttentive } from './attentive-search.js'
import { holdAfter } from './tiny-runs.js'

// A run in a process of its own, to be killed before it has made so many steps: `child-attentive.ts DATA OUT STEPS`.
const [data = '', out = '', steps = ''] = process.argv.slice(-3)
await runAttentive(data, out, { checkpointEvery: 1, ...holdAfter(Number(steps)) })
