import { parseArgs } from 'node:util'
import { compile } from '../src/compiler/index.js'
import { nodeHost } from '../src/compiler/modules/node-host.js'
import { decisionsOf } from '../src/analysis/index.js'
import { openEngine } from '../src/runtime/backend/choose.js'
import { buildStep, type StepSpec } from '../src/runtime/plan/step.js'
import { createRandom } from '../src/runtime/random/random.js'
import { buildNetwork, engineBinding, relaxedBinding, resolveParams, type Binding } from '../src/space/index.js'
import type { PlanMeasurement } from './plan.js'
import { sgdEmission } from '../src/runtime/search/components/optimisers/sgd.js'

/** Runs in a process of its own: plans of `spaces/darts.nas`, as a whole or with transit cells drawn anew each time. */
const { values } = parseArgs({
  options: {
    of: { type: 'string', default: 'darts' },
    threads: { type: 'string', default: '1' },
    runs: { type: 'string', default: '1' },
  },
})
const isCold = values.of === 'darts'
/** Bindings that are planned and not counted: the planner itself is compiled meanwhile. */
const unmeasured = isCold ? 0 : 30

const { value: ir, diagnostics } = compile('spaces/darts.nas', nodeHost())
if (ir === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
const params = resolveParams(ir, {})
const engine = await openEngine({ backend: 'wasm', threads: Number(values.threads) })
const decisions = decisionsOf(ir, 'darts', { params })
const draws = createRandom(0).stream('transit')
const spec: StepSpec = isCold
  ? { batch: 16, mode: 'train', gradients: 'all' }
  : {
      ...{ batch: 16, mode: 'train' },
      update: {
        variables: 'weights',
        optimiser: sgdEmission({ momentum: 0.9, decay: 3e-4, nesterov: false }),
        clip: 5,
      },
    }

const [ms, cpuMs, operations]: [number[], number[], number[]] = [[], [], []]
for (let run = 0; run < unmeasured + Number(values.runs); run++) {
  const binding = isCold ? relaxedBinding : engineBinding(relaxedBinding, transit(), new Set(['cells[5]', 'cells[7]']))
  const build = () =>
    buildNetwork(ir, 'darts', { params, binding, mode: 'shared', shareFeatures: !isCold, classes: 10 })
  // The network counts where it is built anew for every binding.
  const known = isCold ? build() : undefined
  const planning = stopwatch()
  const step = buildStep(known ?? build(), spec, { fusedKernels: engine.fusedKernels })
  const planned = planning()
  for (const { name, shape } of step.variables) {
    if (engine.variables.has(name)) continue
    engine.variables.create(name, shape, new Float32Array(shape.reduce((product, length) => product * length, 1)))
  }
  const preparing = stopwatch()
  const executable = engine.prepare(step.program)
  const prepared = preparing()
  executable.dispose()
  if (run < unmeasured) continue
  ms.push(planned.ms + prepared.ms)
  cpuMs.push(planned.cpuMs + prepared.cpuMs)
  operations.push(step.program.operations.length)
}
const measurement: PlanMeasurement = {
  ...{ backend: engine.backend, threads: engine.threads, ms, cpuMs, operations },
  // Node gives kibibytes.
  peakBytes: process.resourceUsage().maxRSS * 1024,
}
console.log(JSON.stringify(measurement))
process.exit(0)

/** A normal and a reduction cell, as a derivation might give them. */
function transit(): Binding {
  const taken = new Map(
    decisions.map(({ path, options, arity }) => {
      const left = [...options.keys()]
      const count = arity?.least ?? 1
      const drawn = Array.from({ length: count }, () => left.splice(draws.integer(left.length), 1)[0] ?? 0)
      return [path, drawn.sort((a, b) => a - b)]
    }),
  )
  return ({ path }) => ({ kind: 'fixed', options: taken.get(path) ?? [0] })
}

function stopwatch(): () => { readonly ms: number; readonly cpuMs: number } {
  const [start, cpuStart] = [performance.now(), process.cpuUsage()]
  return () => {
    const { user, system } = process.cpuUsage(cpuStart)
    return { ms: performance.now() - start, cpuMs: (user + system) / 1000 }
  }
}
