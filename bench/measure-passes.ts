import { parseArgs } from 'node:util'
import { compile } from '../src/compiler/index.js'
import { nodeHost } from '../src/compiler/modules/node-host.js'
import { bindingOf, buildNetwork, relaxedBinding, resolveParams } from '../src/space/index.js'
import { architectureOf } from '../src/architectures/index.js'
import { openEngine } from '../src/runtime/backend/choose.js'
import { passNames } from '../src/runtime/optimise/optimise.js'
import { createRandom } from '../src/runtime/random/random.js'
import { openSteps } from '../src/runtime/training/steps.js'
import type { PassMeasurement } from './passes.js'

/**
 * Runs in a process of its own: a step with every pass off, with each one off and with all on. It trains the DARTS
 * supernet, or evaluates DARTS_V1, a network taken from it. The programs share their memory and take turns, so that a busy
 * machine slows all of them alike.
 */
const { values } = parseArgs({
  options: {
    threads: { type: 'string', default: '1' },
    runs: { type: 'string', default: '5' },
    batch: { type: 'string', default: '16' },
    step: { type: 'string', default: 'training' },
    backend: { type: 'string', default: 'wasm' },
  },
})
const batch = Number(values.batch)

const { value: ir, diagnostics } = compile('spaces/darts.nas', nodeHost())
if (ir === undefined) throw new Error(diagnostics.map((diagnostic) => diagnostic.message).join('\n'))
const backend = values.backend === 'tensorflow' ? 'tensorflow' : 'wasm'
const engine = await openEngine({ backend, threads: Number(values.threads) })
const random = createRandom(0)
const steps = openSteps(engine, { random })
const params = resolveParams(ir, {})
const evaluates = values.step === 'evaluation'
const spec = evaluates ? ({ batch, mode: 'evaluate' } as const) : ({ batch, mode: 'train', gradients: 'all' } as const)
const build = () =>
  evaluates
    ? buildNetwork(ir, 'darts', {
        params,
        binding: bindingOf(architectureOf(ir, 'DARTS_V1', params)),
        mode: 'standalone',
      })
    : buildNetwork(ir, 'darts', { params, binding: relaxedBinding, mode: 'shared' })

const sets: readonly { readonly name: string; readonly passes: readonly string[] }[] = [
  { name: 'none', passes: [] },
  { name: 'all', passes: passNames },
  ...passNames.map((name) => ({ name: `all but ${name}`, passes: passNames.filter((other) => other !== name) })),
]
const variants = sets.map(({ name, passes }) => {
  const start = process.cpuUsage()
  const step = steps.prepare('network', build, { ...spec, passes })
  return { name, step, planMs: cpuMsSince(start), ms: new Array<number>(), cpuMs: new Array<number>() }
})

const draws = random.stream('images')
const images = new Float32Array(batch * 32 * 32 * 3).map(() => draws.normal())
const labels = new Int32Array(batch).map(() => draws.integer(10))

for (let run = 0; run <= Number(values.runs); run++) {
  for (const { step, ms, cpuMs } of variants) {
    const [start, cpuStart] = [performance.now(), process.cpuUsage()]
    step.executable.run({ images, labels })
    step.executable.read('loss')
    // The first pass of each compiles kernels and touches memory: not counted.
    if (run === 0) continue
    ms.push(performance.now() - start)
    cpuMs.push(cpuMsSince(cpuStart))
  }
}

const measurement: PassMeasurement = {
  backend: engine.backend,
  threads: engine.threads,
  variants: variants.map(({ name, step, planMs, ms, cpuMs }) => ({
    ...{ name, planMs, ms, cpuMs },
    plannedBytes: step.executable.peakBytes,
    operations: step.program.operations.length,
  })),
}
console.log(JSON.stringify(measurement))
engine.dispose()
process.exit(0)

function cpuMsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}
