import { parseArgs } from 'node:util'
import { compile } from '../src/compiler/index.js'
import { nodeHost } from '../src/compiler/modules/node-host.js'
import { buildNetwork, relaxedBinding, resolveParams } from '../src/ir/elaborate/index.js'
import { openEngine } from '../src/runtime/backend/choose.js'
import { createRandom } from '../src/runtime/random/random.js'
import { openSteps } from '../src/runtime/supernet/steps.js'
import type { OurMeasurement } from './darts-supernet.js'

/** Runs in a process of its own: forward and backward passes of `spaces/darts.nas` as a supernet, random images. */
const { values } = parseArgs({
  options: {
    threads: { type: 'string', default: '1' },
    runs: { type: 'string', default: '5' },
    batch: { type: 'string', default: '16' },
    backend: { type: 'string', default: 'wasm' },
    profile: { type: 'boolean', default: false },
  },
})
const batch = Number(values.batch)
const backend = (['wasm', 'cpu', 'tensorflow'] as const).find((name) => name === values.backend) ?? 'wasm'

const { value: ir, diagnostics } = compile('spaces/darts.nas', nodeHost())
if (ir === undefined) throw new Error(diagnostics.map((diagnostic) => diagnostic.message).join('\n'))
const engine = await openEngine({ backend, threads: Number(values.threads), profile: values.profile })
const random = createRandom(0)

const planStart = performance.now()
const build = () =>
  buildNetwork(ir, 'darts', { params: resolveParams(ir, {}), binding: relaxedBinding, mode: 'shared' })
const step = openSteps(engine, { random }).prepare('supernet', build, { batch, mode: 'train', gradients: 'all' })
const planMs = performance.now() - planStart

const draws = random.stream('images')
const images = new Float32Array(batch * 32 * 32 * 3).map(() => draws.normal())
const labels = new Int32Array(batch).map(() => draws.integer(10))

const ms: number[] = []
for (let run = 0; run <= Number(values.runs); run++) {
  const start = performance.now()
  step.executable.run({ images, labels })
  // Reading the loss waits for the step where a backend computes behind our back.
  step.executable.read('loss')
  // The first pass compiles kernels and fills caches: not counted.
  if (run > 0) ms.push(performance.now() - start)
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1)
const scalars = (roles: readonly string[]): number =>
  step.variables
    .filter((variable) => roles.includes(variable.role))
    .reduce((sum, variable) => sum + sizeOf(variable.shape), 0)

const measurement: OurMeasurement = {
  backend: engine.backend,
  threads: engine.threads,
  ms,
  // Node gives kibibytes.
  peakBytes: process.resourceUsage().maxRSS * 1024,
  plannedBytes: step.executable.peakBytes,
  planMs,
  weights: scalars(['kernel', 'bias', 'scale', 'shift']),
  choices: scalars(['choice']),
}
if (values.profile) console.error(step.executable.profile?.())
console.log(JSON.stringify(measurement))
engine.dispose()
process.exit(0)
