import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildKernels } from '../../../scripts/build-kernels.mjs'
import { openCpuEngine } from '../../../src/runtime/backend/cpu/engine.js'
import type { Engine } from '../../../src/runtime/backend/engine/engine.js'
import { openWasmEngine } from '../../../src/runtime/backend/wasm/engine.js'
import { openWasmMemory } from '../../../src/runtime/backend/wasm/memory.js'
import { planThreads } from '../../../src/runtime/backend/wasm/thread-plan.js'
import { sizeOf } from '../../../src/runtime/operations/support/element.js'
import { buildStep } from '../../../src/runtime/plan/step.js'
import type { Program } from '../../../src/runtime/program/program.js'
import { noise } from '../../support/compare-operation.js'
import { smallSupernet } from '../../support/networks.js'
import { divideAll, randomProgram } from '../../support/random-programs.js'
import { describeTensorflow } from '../../support/tensorflow.js'
import { withoutKernels } from '../../support/without-kernels.js'
import { sgdEmission } from '../../../src/runtime/search/components/optimisers/sgd.js'

/** Runs a program twice on noise and gives all outputs and variables. */
function resultsOf(engine: Engine, program: Program): Readonly<Record<string, Float32Array>> {
  const named = program.values.filter(({ kind }) => kind === 'variable')
  named.forEach(({ name = '', shape }, i) => {
    // Variances are positive.
    const positive = name.endsWith('variance')
    const data = noise(sizeOf(shape), i + 5).map((each) => (positive ? each * each + 0.1 : each))
    engine.variables.create(name, shape, data)
  })
  const inputs = program.values.flatMap(({ kind, name = '', shape, dtype }, i) =>
    kind !== 'input'
      ? []
      : [[name, dtype === 'int32' ? new Int32Array(sizeOf(shape)).fill(1) : noise(sizeOf(shape), i)]],
  )
  const executable = engine.prepare(program)
  for (let run = 0; run < 2; run++)
    executable.run({ ...Object.fromEntries(inputs), learningRate: 0.125, step: run + 1 })
  const results = Object.fromEntries([
    ...Object.keys(program.outputs).map((name) => [name, executable.read(name)] as const),
    ...named.map(({ name = '' }) => [name, engine.variables.read(name)] as const),
  ])
  executable.dispose()
  for (const { name = '' } of named) engine.variables.delete(name)
  return results
}

const step = buildStep(smallSupernet(), {
  batch: 3,
  mode: 'train',
  gradients: 'choices',
  update: {
    variables: 'weights',
    optimiser: sgdEmission({ momentum: 0.9, decay: 3e-4, nesterov: true }),
    clip: 1,
  },
}).program

describe('operations without kernels on the wasm engine', () => {
  let cpu: Engine
  let engines: readonly Engine[]
  beforeAll(async () => {
    await buildKernels()
    // The first to open the memory decides whether it is shared.
    await openWasmMemory(true)
    cpu = await openCpuEngine()
    engines = [
      await openWasmEngine({ threads: 3, division: divideAll }),
      await openWasmEngine({ threads: 2, division: divideAll }),
      await openWasmEngine({ threads: 1 }),
      await openWasmEngine({ threads: 1, reuse: false }),
    ]
    expect(engines.map(({ threads }) => threads)).toEqual([3, 2, 1, 1])
  })
  afterAll(() => {
    for (const engine of [cpu, ...engines]) engine.dispose()
  })

  it('compute a whole step to the bits of the engine of references, labels and updates too', () => {
    const expected = resultsOf(cpu, step)
    expect(Object.values(expected).every((data) => data.every(Number.isFinite))).toBe(true)
    for (const engine of engines) expect(resultsOf(engine, withoutKernels(step))).toEqual(expected)
  })

  it('stand anywhere between operations with kernels, in any number of threads to the same bits', () => {
    let [own, shared] = [0, 0]
    const programs = fc.tuple(
      fc.array(fc.nat(65_535), { minLength: 20, maxLength: 40 }),
      fc.array(fc.nat(4), { minLength: 1 }),
    )
    fc.assert(
      fc.property(programs, ([choices, lacking]) => {
        const program = withoutKernels(randomProgram(choices), (position) => lacking[position % lacking.length] === 0)
        const plan = planThreads(program, 2, divideAll)
        own += plan?.own.length ?? 0
        shared += plan?.shared.length ?? 0
        const [first, ...others] = engines.map((engine) => resultsOf(engine, program))
        for (const other of others) expect(other).toEqual(first)
      }),
      { numRuns: 20, seed: 3 },
    )
    expect(Math.min(own, shared)).toBeGreaterThan(50)
  })
})

describeTensorflow('operations without kernels on TensorFlow', (open) => {
  it('compute a whole step to the bits of the engine of references, labels and updates too', async () => {
    const [cpu, engine] = [await openCpuEngine(), open()]
    expect(resultsOf(engine, withoutKernels(step))).toEqual(resultsOf(cpu, step))
  })
})
