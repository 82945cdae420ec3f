import { parseArgs } from 'node:util'
import { compile } from '../src/compiler/index.js'
import { nodeHost } from '../src/compiler/modules/node-host.js'
import { buildNetwork, relaxedBinding, resolveParams, supernetBinding } from '../src/ir/elaborate/index.js'
import { Failure } from '../src/ir/failure.js'
import { openEngine } from '../src/runtime/backend/choose.js'
import type { UpdateSpec } from '../src/runtime/plan/step.js'
import { createRandom } from '../src/runtime/random/random.js'
import { openSteps } from '../src/runtime/supernet/steps.js'
import { randomInputs } from './random-inputs.js'
import type { SupernetMeasurement } from './supernets.js'

/** Runs in a process of its own: training steps of one space as the supernet of its first search, random images. */
const { values } = parseArgs({
  options: {
    file: { type: 'string', default: 'spaces/darts.nas' },
    space: { type: 'string', default: 'darts' },
    size: { type: 'string', default: '32' },
    batch: { type: 'string', default: '16' },
    train: { type: 'string', default: 'weights' },
    threads: { type: 'string', default: '1' },
    runs: { type: 'string', default: '5' },
  },
})
const [batch, size] = [Number(values.batch), Number(values.size)]

const updates: Readonly<Record<string, UpdateSpec>> = {
  weights: {
    variables: 'weights',
    optimiser: { kind: 'sgd', momentum: 0.9, decay: 3e-4, nesterov: false },
    clip: 5,
  },
  choices: {
    variables: 'choices',
    optimiser: { kind: 'adam', beta1: 0.5, beta2: 0.999, epsilon: 1e-8, decay: 1e-3 },
  },
}

let measurement: SupernetMeasurement
try {
  measurement = await measured()
} catch (error) {
  if (!(error instanceof Failure)) throw error
  measurement = { refused: `${error.code}: ${error.message}` }
}
console.log(JSON.stringify(measurement))
process.exit(0)

async function measured(): Promise<SupernetMeasurement> {
  const { value: ir, diagnostics } = compile(values.file, nodeHost())
  const update = updates[values.train]
  if (ir === undefined) return { refused: diagnostics.map(({ message }) => message).join('; ') }
  if (update === undefined) throw new Error(`--train is weights or choices, not ${values.train}`)
  const search = ir.searches.find(({ space }) => space === values.space)
  const binding = search === undefined ? relaxedBinding : supernetBinding(search)
  const input = { height: size, width: size, channels: 3 }
  const engine = await openEngine({ backend: 'wasm', threads: Number(values.threads) })
  const random = createRandom(0)
  const planStart = process.cpuUsage()
  const build = () => buildNetwork(ir, values.space, { params: resolveParams(ir, {}), binding, mode: 'shared', input })
  const step = openSteps(engine, { random }).prepare('supernet', build, { batch, mode: 'train', update })
  const planMs = cpuMsSince(planStart)
  if (!step.variables.some(({ role }) => role === 'choice') && values.train === 'choices') {
    return { refused: 'no choices are trained' }
  }

  const inputs = randomInputs(step, random.stream('inputs'))
  const [ms, cpuMs]: [number[], number[]] = [[], []]
  for (let run = 0; run <= Number(values.runs); run++) {
    const [start, cpuStart] = [performance.now(), process.cpuUsage()]
    step.executable.run(inputs)
    step.executable.read('loss')
    // The first pass compiles kernels and touches memory: not counted.
    if (run === 0) continue
    ms.push(performance.now() - start)
    cpuMs.push(cpuMsSince(cpuStart))
  }
  return {
    backend: engine.backend,
    threads: engine.threads,
    ...{ ms, cpuMs, planMs },
    // Node gives kibibytes.
    peakBytes: process.resourceUsage().maxRSS * 1024,
    operations: step.program.operations.length,
  }
}

function cpuMsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}
