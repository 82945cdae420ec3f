import { attentiveIr, bestUp, runAttentive } from './attentive-search.js'
import { holdAfter } from './tiny-runs.js'

// A run in a process of its own, to be killed before it has made so many steps: `child-attentive.ts DATA OUT STEPS SAMPLE CLAUSES`.
const [data = '', out = '', steps = '', sample = bestUp, clauses = ''] = process.argv.slice(-5)
await runAttentive(
  data,
  out,
  { checkpointEvery: 1, ...holdAfter(Number(steps)) },
  attentiveIr(sample, 'slice', clauses),
)
