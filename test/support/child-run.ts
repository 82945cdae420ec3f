import { holdAfter, runTiny } from './tiny-runs.js'

// A run in a process of its own, to be killed before it has made so many training steps: `child-run.ts DATA OUT STEPS`.
const [data = '', out = '', steps = ''] = process.argv.slice(-3)
await runTiny(data, out, { checkpointEvery: 2, ...holdAfter(Number(steps)) })
