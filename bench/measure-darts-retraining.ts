import { parseArgs } from 'node:util'
import { compile } from '../src/compiler/index.js'
import { nodeHost } from '../src/compiler/modules/node-host.js'
import { bindingOf, buildNetwork, resolveParams } from '../src/space/index.js'
import { architectureOf } from '../src/architectures/index.js'
import { openEngine } from '../src/runtime/backend/choose.js'
import { createRandom } from '../src/runtime/random/random.js'
import { openSteps } from '../src/runtime/training/steps.js'
import type { RetrainingMeasurement } from './darts-retraining.js'
import { sgdEmission } from '../src/runtime/search/components/optimisers/sgd.js'

/** Runs in a process of its own: training steps of DARTS_V1 at the size of the quick scale, random images. */
const { values } = parseArgs({
  options: { threads: { type: 'string', default: '1' }, runs: { type: 'string', default: '5' } },
})
const batch = 64
const size = { height: 28, width: 28, channels: 1 }

const { value: ir, diagnostics } = compile('spaces/darts.nas', nodeHost())
if (ir === undefined) throw new Error(diagnostics.map((diagnostic) => diagnostic.message).join('\n'))
const engine = await openEngine({ backend: 'wasm', threads: Number(values.threads) })
const random = createRandom(0)
const params = resolveParams(ir, { cells: 3, width: 8 })
const binding = bindingOf(architectureOf(ir, 'DARTS_V1', params))
const build = () => buildNetwork(ir, 'darts', { params, binding, mode: 'standalone', input: size })
const step = openSteps(engine, { random }).prepare('retraining', build, {
  batch,
  mode: 'train',
  gradients: 'weights',
  update: {
    variables: 'weights',
    optimiser: sgdEmission({ momentum: 0.9, decay: 3e-4, nesterov: false }),
    clip: 5,
  },
})

const draws = random.stream('images')
const images = new Float32Array(batch * 28 * 28).map(() => draws.normal())
const labels = new Int32Array(batch).map(() => draws.integer(10))
const [ms, cpuMs]: [number[], number[]] = [[], []]
for (let run = 0; run <= Number(values.runs); run++) {
  const [start, cpuStart] = [performance.now(), process.cpuUsage()]
  step.executable.run({ images, labels, learningRate: 0.025 })
  // The first step compiles kernels and fills caches: not counted.
  if (run === 0) continue
  ms.push(performance.now() - start)
  const { user, system } = process.cpuUsage(cpuStart)
  cpuMs.push((user + system) / 1000)
}
const measurement: RetrainingMeasurement = {
  backend: engine.backend,
  threads: engine.threads,
  ms,
  cpuMs,
  // Node gives kibibytes.
  peakBytes: process.resourceUsage().maxRSS * 1024,
}
console.log(JSON.stringify(measurement))
engine.dispose()
process.exit(0)
