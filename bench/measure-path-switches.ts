import { parseArgs } from 'node:util'
import { compile } from '../src/compiler/index.js'
import { nodeHost } from '../src/compiler/modules/node-host.js'
import { buildNetwork, resolveParams, type Binding } from '../src/space/index.js'
import { decisionsOf } from '../src/analysis/index.js'
import { openEngine } from '../src/runtime/backend/choose.js'
import type { StepSpec } from '../src/runtime/plan/step.js'
import { createRandom } from '../src/runtime/random/random.js'
import { openSteps } from '../src/runtime/training/steps.js'
import type { PathSwitchMeasurement } from './path-switches.js'
import { randomInputs } from './random-inputs.js'
import { sgdEmission } from '../src/runtime/search/components/optimisers/sgd.js'

/**
 * Runs in a process of its own: sub-networks of AttentiveNAS that were never seen before, sliced out of one store of
 * weights, each planned and trained for one step.
 */
const { values } = parseArgs({
  options: {
    batch: { type: 'string', default: '16' },
    size: { type: 'string', default: '192' },
    threads: { type: 'string', default: '1' },
    runs: { type: 'string', default: '5' },
  },
})
const [batch, size] = [Number(values.batch), Number(values.size)]
/** Sub-networks that are planned and not counted: the planner itself is compiled meanwhile. */
const unmeasured = 30

const { value: ir, diagnostics } = compile('spaces/attentivenas.nas', nodeHost())
if (ir === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
const params = resolveParams(ir, {})
const decisions = decisionsOf(ir, 'attentivenas', { params })
const engine = await openEngine({ backend: 'wasm', threads: Number(values.threads) })
const random = createRandom(0)
const steps = openSteps(engine, { random })
const options = { params, mode: 'shared', input: { height: size, width: size, channels: 3 } } as const
const spec: StepSpec = {
  batch,
  mode: 'train',
  update: { variables: 'weights', optimiser: sgdEmission({ momentum: 0.9, decay: 1e-5, nesterov: true }) },
}

// All weights exist before a path is taken.
const largest: Binding = ({ options: all }) => ({ kind: 'slice', option: all.length - 1 })
steps.prepare('largest', () => buildNetwork(ir, 'attentivenas', { ...options, binding: largest }), spec)

const draws = random.stream('paths')
const [planMs, stepMs]: [number[], number[]] = [[], []]
for (let path = 0; path < unmeasured + Number(values.runs); path++) {
  const taken = new Map(decisions.map((decision) => [decision.path, draws.integer(decision.options.length)]))
  const binding: Binding = (decision) => ({ kind: 'slice', option: taken.get(decision.path) ?? 0 })
  const planStart = process.cpuUsage()
  const step = steps.prepare(
    JSON.stringify([...taken]),
    () => buildNetwork(ir, 'attentivenas', { ...options, binding }),
    spec,
  )
  const planned = cpuMsSince(planStart)
  if (path < unmeasured) continue
  const inputs = randomInputs(step, random.stream('inputs'))
  const stepStart = process.cpuUsage()
  step.executable.run(inputs)
  step.executable.read('loss')
  planMs.push(planned)
  stepMs.push(cpuMsSince(stepStart))
}
const measurement: PathSwitchMeasurement = {
  ...{ backend: engine.backend, threads: engine.threads, planMs, stepMs },
  // Node gives kibibytes.
  peakBytes: process.resourceUsage().maxRSS * 1024,
}
console.log(JSON.stringify(measurement))
process.exit(0)

function cpuMsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}
