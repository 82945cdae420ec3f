import { runTiny } from './tiny-runs.js'

// A run in a process of its own, to be killed: `child-run.ts DATA OUT`.
const [data = '', out = ''] = process.argv.slice(-2)
await runTiny(data, out, { checkpointEvery: 2 })
