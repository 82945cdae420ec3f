import { parseArgs } from 'node:util'
import { compile } from '../src/compiler/index.js'
import { nodeHost } from '../src/compiler/modules/node-host.js'
import { buildNetwork, relaxedBinding, resolveParams } from '../src/space/index.js'
import { openEngine } from '../src/runtime/backend/choose.js'
import { createRandom } from '../src/runtime/random/random.js'
import { openSteps } from '../src/runtime/training/steps.js'
import type { OurMeasurement } from './darts-supernet.js'

/** Runs in a process of its own: forward and backward passes of a space (`spaces/darts.nas`) as a supernet, random images. */
const { values } = parseArgs({
  options: {
    threads: { type: 'string', default: '1' },
    runs: { type: 'string', default: '5' },
    batch: { type: 'string', default: '16' },
    backend: { type: 'string', default: 'wasm' },
    profile: { type: 'boolean', default: false },
    file: { type: 'string', default: 'spaces/darts.nas' },
    space: { type: 'string', default: 'darts' },
    size: { type: 'string', default: '32' },
  },
})
const batch = Number(values.batch)
const size = Number(values.size)
const backend = (['wasm', 'cpu', 'tensorflow'] as const).find((name) => name === values.backend) ?? 'wasm'

const { value: ir, diagnostics } = compile(values.file, nodeHost())
if (ir === undefined) throw new Error(diagnostics.map((diagnostic) => diagnostic.message).join('\n'))
const engine = await openEngine({ backend, threads: Number(values.threads), profile: values.profile })
const random = createRandom(0)

const planStart = performance.now()
const build = () =>
  buildNetwork(ir, values.space, { params: resolveParams(ir, {}), binding: relaxedBinding, mode: 'shared' })
const step = openSteps(engine, { random }).prepare('supernet', build, { batch, mode: 'train', gradients: 'all' })
const planMs = performance.now() - planStart

const draws = random.stream('images')
const images = new Float32Array(batch * size * size * 3).map(() => draws.normal())
const labels = new Int32Array(batch).map(() => draws.integer(10))

const [ms, cpuMs]: [number[], number[]] = [[], []]
for (let run = 0; run <= Number(values.runs); run++) {
  const [start, cpuStart] = [performance.now(), process.cpuUsage()]
  step.executable.run({ images, labels })
  // Reading the loss waits for the step where a backend computes behind our back.
  step.executable.read('loss')
  // The first pass compiles kernels and fills caches: not counted.
  if (run === 0) continue
  ms.push(performance.now() - start)
  const { user, system } = process.cpuUsage(cpuStart)
  cpuMs.push((user + system) / 1000)
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
  cpuMs,
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
