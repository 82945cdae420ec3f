import { readFileSync } from 'node:fs'
import { run } from '../../src/runtime/index.js'
import { compiledText } from './programs.js'
import { holdAfter } from './tiny-runs.js'

// A search of a file, in a process of its own, to be killed before it has taken so many steps: `child-program.ts FILE DATA OUT STEPS`.
const [file = '', data = '', out = '', steps = ''] = process.argv.slice(-4)
await run(compiledText(readFileSync(file, 'utf8')), {
  ...{ backend: 'cpu', data, out, seed: 5, checkpointEvery: 2 },
  ...holdAfter(Number(steps)),
})
