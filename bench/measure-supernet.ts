import { parseArgs } from 'node:util'
import { compile } from '../src/compiler/index.js'
import { nodeHost } from '../src/compiler/modules/node-host.js'
import {
  bindingOf,
  buildNetwork,
  engineBinding,
  relaxedBinding,
  resolveParams,
  supernetBinding,
  type Binding,
  type Network,
} from '../src/space/index.js'
import { architectureOf } from '../src/architectures/index.js'
import { Failure } from '../src/catalogue/failure.js'
import type { Ir } from '../src/ir/model/ir.js'
import { openEngine } from '../src/runtime/backend/choose.js'
import type { UpdateSpec } from '../src/runtime/plan/step.js'
import { createRandom } from '../src/runtime/random/random.js'
import { openSteps } from '../src/runtime/training/steps.js'
import { randomInputs } from './random-inputs.js'
import { savedBytesOf } from './saved-bytes.js'
import type { SupernetMeasurement } from './supernets.js'
import { adamEmission } from '../src/runtime/search/components/optimisers/adam.js'
import { sgdEmission } from '../src/runtime/search/components/optimisers/sgd.js'

/** Runs in a process of its own: training steps of one space as the supernet of a search, its first one, random images. */
const { values } = parseArgs({
  options: {
    file: { type: 'string', default: 'spaces/darts.nas' },
    space: { type: 'string', default: 'darts' },
    size: { type: 'string', default: '32' },
    batch: { type: 'string', default: '16' },
    bind: { type: 'string', default: 'supernet' },
    search: { type: 'string' },
    /** Params, `NAME=NUMBER` each. */
    set: { type: 'string', multiple: true, default: [] },
    engines: { type: 'string', default: '5,7' },
    share: { type: 'boolean', default: false },
    threads: { type: 'string', default: '1' },
    runs: { type: 'string', default: '5' },
  },
})
const [batch, size] = [Number(values.batch), Number(values.size)]

const sgd = sgdEmission({ momentum: 0.9, decay: 3e-4, nesterov: false })
const adam = adamEmission({ beta1: 0.5, beta2: 0.999, epsilon: 1e-8, decay: 1e-3 })
/** The choices first: their program is the smaller one, so that its peak memory shows. */
const updates: readonly UpdateSpec[] = [
  { variables: 'choices', optimiser: adam },
  { variables: 'weights', optimiser: sgd, clip: 5 },
]

const { value: ir, diagnostics } = compile(values.file, nodeHost())
if (ir === undefined) throw new Error(diagnostics.map(({ message }) => message).join('; '))
const params = resolveParams(
  ir,
  Object.fromEntries(
    values.set.map((each) => {
      const [name = '', value] = each.split('=')
      return [name, Number(value)]
    }),
  ),
)
const engine = await openEngine({ backend: 'wasm', threads: Number(values.threads) })
const random = createRandom(0)
const cache = openSteps(engine, { random })
const build = (): Network =>
  buildNetwork(ir, values.space, {
    ...{ params, mode: 'shared', input: { height: size, width: size, channels: 3 } },
    ...{ binding: bindingFor(ir), shareFeatures: values.share },
  })

const refused: string[] = []
const steps: SupernetMeasurement['steps'][number][] = []
for (const update of updates) {
  try {
    const measured = measuredStep(update)
    if (measured === undefined) continue
    steps.push(measured)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    refused.push(`${update.variables}: ${error.code}: ${error.message}`)
  }
}
const measurement: SupernetMeasurement = { backend: engine.backend, threads: engine.threads, steps, refused }
console.log(JSON.stringify(measurement))
process.exit(0)

/** All alternatives, engine cells between transit cells, or one architecture. */
function bindingFor(program: Ir): Binding {
  const search = program.searches.find(({ space, name }) => space === values.space && name === (values.search ?? name))
  switch (values.bind) {
    case 'supernet':
      return search === undefined ? relaxedBinding : supernetBinding(program, search)
    case 'engine': {
      const transit = bindingOf(architectureOf(program, 'DARTS_V2', params))
      return engineBinding(relaxedBinding, transit, new Set(values.engines.split(',').map((copy) => `cells[${copy}]`)))
    }
    default:
      return bindingOf(architectureOf(program, values.bind, params))
  }
}

/** Nothing where no choices are trained. */
function measuredStep(update: UpdateSpec): SupernetMeasurement['steps'][number] | undefined {
  const planStart = process.cpuUsage()
  const step = cache.prepare('supernet', build, { batch, mode: 'train', update })
  const planMs = cpuMsSince(planStart)
  if (update.variables === 'choices' && !step.variables.some(({ role }) => role === 'choice')) return undefined
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
    ...{ train: update.variables, ms, cpuMs, planMs },
    plannedBytes: step.executable.peakBytes,
    savedBytes: savedBytesOf(step.program),
    // Node gives kibibytes.
    peakBytes: process.resourceUsage().maxRSS * 1024,
    operations: step.program.operations.length,
  }
}

function cpuMsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}
