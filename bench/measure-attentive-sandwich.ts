import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { compile } from '../src/compiler/index.js'
import { nodeHost } from '../src/compiler/modules/node-host.js'
import { buildNetwork } from '../src/space/index.js'
import { openEngine } from '../src/runtime/backend/choose.js'
import { buildUpdateStep } from '../src/runtime/plan/update-step.js'
import type { VariableSpec } from '../src/runtime/plan/step.js'
import { createRandom } from '../src/runtime/random/random.js'
import { isContested, type SampledPass } from '../src/runtime/search/components/samplers/sampler.js'
import { resolveSearch } from '../src/runtime/search/run/resolve-search.js'
import { weightsPlan } from '../src/runtime/search/settings/judging.js'
import { openUpdatePlan } from '../src/runtime/search/step/open-update-plan.js'
import { openSteps, runStep, type PreparedStep } from '../src/runtime/training/steps.js'
import type { SandwichMeasurement } from './attentive-sandwich.js'

/**
 * Runs in a process of its own: steps of the supernet of AttentiveNAS on random images, each with networks of its own between the
 * largest and the smallest, which are planned in the step that draws them; then the same step again. Writes what was drawn into a file, for the rival.
 */
const { values } = parseArgs({
  options: {
    threads: { type: 'string', default: '1' },
    runs: { type: 'string', default: '5' },
    networks: { type: 'string' },
  },
})
const [size, classes] = [64, 10]
const file = 'bench/rivals/attentive-sandwich.nas'
const { value: ir, diagnostics } = compile(file, nodeHost())
if (ir === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
const search = resolveSearch(ir, { search: 'sandwich', scale: 'bench' })
const { plan, params, sampled, sampler, minimised } = search
const { batch } = plan.settings
const { update } = openUpdatePlan(weightsPlan(plan), 'weights', 'train weights')
const engine = await openEngine({ backend: 'wasm', threads: Number(values.threads) })
const random = createRandom(0)
const steps = openSteps(engine, { random })
const draws = random.stream('images')
const images = new Float32Array(batch * size * size * 3).map(() => draws.normal())
const labels = new Int32Array(batch).map(() => draws.integer(classes))

/** Option values by decision, as the rival takes them, of all networks of a step. */
type Drawn = readonly Readonly<Record<string, number>>[]

function passesOf(run: number): readonly SampledPass[] {
  const at = { epoch: 0, epochs: 1, step: run, steps: Number(values.runs) + 1 }
  return sampler
    .passes(sampled, at, random.stream(`step/${String(run)}`))
    .flatMap((pass) => (isContested(pass) ? [] : [pass]))
}

function drawnOf(passes: readonly SampledPass[]): Drawn {
  return passes.map(({ binding }) =>
    Object.fromEntries(
      sampled.decisions.map((decision) => {
        const bound = binding(decision)
        return [decision.path, bound.kind === 'slice' ? (decision.values?.[bound.option] ?? NaN) : NaN]
      }),
    ),
  )
}

function prepared(pass: SampledPass): PreparedStep {
  const network = () =>
    buildNetwork(search.ir, plan.space, {
      ...{ params, binding: pass.binding, mode: 'shared', classes },
      input: { height: size, width: size, channels: 3 },
    })
  return steps.prepare(pass.key, network, {
    ...{ batch, mode: 'train', objective: minimised.emission, weights: search.relaxed.weights },
    ...{ pass: pass.name, accumulate: 'weights' },
  })
}

let largest: PreparedStep | undefined
function step(passes: readonly SampledPass[]): number {
  const variables = new Map<string, VariableSpec>()
  let peak = 0
  let told = new Float32Array()
  for (const pass of passes) {
    const own = prepared(pass)
    const given = { images, labels, 'pass/largest/logits': told }
    runStep(own, given)
    if (pass.name === 'largest') {
      told = own.executable.read('logits').slice()
      largest = own
    }
    peak = Math.max(peak, own.executable.peakBytes)
    for (const variable of own.variables) variables.set(variable.name, variable)
  }
  const key = `update ${[...variables.keys()].join()}`
  const applied = steps.prepareStep(key, () => buildUpdateStep([...variables.values()], update))
  runStep(applied, { learningRate: 0.01, step: 1 })
  return peak
}

function timed(run: () => void): { readonly ms: number; readonly cpuMs: number } {
  const [start, cpuStart] = [performance.now(), process.cpuUsage()]
  run()
  const { user, system } = process.cpuUsage(cpuStart)
  return { ms: performance.now() - start, cpuMs: (user + system) / 1000 }
}

const drawn: Drawn[] = []
const [fresh, known]: [ReturnType<typeof timed>[], ReturnType<typeof timed>[]] = [[], []]
let plannedBytes = 0
for (let run = 0; run <= Number(values.runs); run++) {
  const passes = passesOf(run)
  drawn.push(drawnOf(passes))
  const first = timed(() => (plannedBytes = Math.max(plannedBytes, step(passes))))
  const again = timed(() => step(passes))
  // The first step compiles kernels and draws first values of all weights: not counted.
  if (run === 0) continue
  fresh.push(first)
  known.push(again)
}
if (values.networks !== undefined) writeFileSync(values.networks, JSON.stringify(drawn))

const weights = (largest?.variables ?? [])
  .filter(({ role }) => ['kernel', 'bias', 'scale', 'shift'].includes(role))
  .reduce((sum, { shape }) => sum + shape.reduce((product, length) => product * length, 1), 0)
const measurement: SandwichMeasurement = {
  ...{ backend: engine.backend, threads: engine.threads, weights, plannedBytes, batch, size, classes },
  ...{ ms: fresh.map(({ ms }) => ms), cpuMs: fresh.map(({ cpuMs }) => cpuMs) },
  knownCpuMs: known.map(({ cpuMs }) => cpuMs),
  // Node gives kibibytes.
  peakBytes: process.resourceUsage().maxRSS * 1024,
}
console.log(JSON.stringify(measurement))
process.exit(0)
