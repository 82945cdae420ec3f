import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildKernels } from '../../../scripts/build-kernels.mjs'
import { decisionsOf } from '../../../src/analysis/index.js'
import { openCpuEngine } from '../../../src/runtime/backend/cpu/engine.js'
import type { Engine } from '../../../src/runtime/backend/engine/engine.js'
import { openWasmMemory } from '../../../src/runtime/backend/wasm/memory.js'
import { openWasmEngine } from '../../../src/runtime/backend/wasm/engine.js'
import { sizeOf } from '../../../src/runtime/operations/support/element.js'
import { buildStep, type Step, type UpdateSpec, type VariableSpec } from '../../../src/runtime/plan/step.js'
import { buildUpdateStep } from '../../../src/runtime/plan/update-step.js'
import { validate } from '../../../src/runtime/program/validate.js'
import { buildNetwork, resolveParams, type Network } from '../../../src/space/index.js'
import { expectClose, noise } from '../../support/compare-operation.js'
import { smallSupernet } from '../../support/networks.js'
import { numbersFrom } from '../../support/numbers.js'
import { compiledText } from '../../support/programs.js'
import { divideAll } from '../../support/random-programs.js'
import { describeKernels } from '../../support/tensorflow.js'
import { adamEmission } from '../../../src/runtime/search/components/optimisers/adam.js'
import { sgdEmission } from '../../../src/runtime/search/components/optimisers/sgd.js'

const sgd = sgdEmission({ momentum: 0.9, decay: 3e-4, nesterov: false })
const adam = adamEmission({ beta1: 0.5, beta2: 0.999, epsilon: 1e-8, decay: 1e-3 })
const pass = { batch: 3, mode: 'train' } as const

/** First values of the variables that the engine lacks. */
function create(engine: Engine, variables: readonly VariableSpec[]): void {
  for (const { name, shape, init } of variables) {
    if (engine.variables.has(name)) continue
    const data = new Float32Array(sizeOf(shape))
    const seed = Array.from(name, (letter) => letter.charCodeAt(0)).reduce((sum, code) => (31 * sum + code) >>> 0, 7)
    engine.variables.create(
      name,
      shape,
      init === 'zeros' ? data : init === 'ones' ? data.fill(1) : noise(data.length, seed),
    )
  }
}

function run(engine: Engine, step: Step, count = 1): ReadonlyMap<string, Float32Array> {
  create(engine, step.variables)
  const inputs = step.inputs.map(({ name, shape, dtype }, i) => {
    const size = sizeOf(shape)
    return [name, dtype === 'int32' ? Int32Array.from({ length: size }, (_, k) => k % 3) : noise(size, i + 3)] as const
  })
  const executable = engine.prepare(validate(step.program))
  executable.run({ ...Object.fromEntries(inputs), learningRate: 0.125, step: count })
  const outputs = new Map(Object.keys(step.program.outputs).map((name) => [name, executable.read(name)]))
  executable.dispose()
  return outputs
}

/** All variables by name, sorted, and none of the engine's any more. */
function take(engine: Engine): ReadonlyMap<string, Float32Array> {
  const names = engine.variables.names().toSorted()
  const taken = new Map(names.map((name) => [name, engine.variables.read(name)]))
  for (const name of names) engine.variables.delete(name)
  return taken
}

const isGradient = (name: string): boolean => name.startsWith('gradient/')

let engines: readonly Engine[]
beforeAll(async () => {
  await buildKernels()
  // The first to open the memory decides whether it is shared.
  await openWasmMemory(true)
  engines = [await openCpuEngine(), await openWasmEngine({ threads: 2, division: divideAll })]
})
afterAll(() => {
  for (const engine of engines) engine.dispose()
})

describe('a pass and its update', () => {
  it.each<[string, UpdateSpec]>([
    ['weights by sgd, clipped', { variables: 'weights', optimiser: sgd, clip: 0.5 }],
    ['weights by sgd', { variables: 'weights', optimiser: sgd }],
    [
      'weights by sgd, each entry clipped, then all',
      { variables: 'weights', optimiser: sgd, clipValue: 0.01, clip: 0.05 },
    ],
    ['choices by adam', { variables: 'choices', optimiser: adam }],
  ])('are, to the bit, the step in one program: %s', (_, update) => {
    const network = smallSupernet()
    for (const engine of engines) {
      const options = { fusedKernels: engine.fusedKernels }
      const whole = buildStep(network, { ...pass, update }, options)
      for (let count = 1; count <= 3; count++) run(engine, whole, count)
      const expected = take(engine)

      const accumulating = buildStep(network, { ...pass, accumulate: update.variables }, options)
      const applying = buildUpdateStep(accumulating.variables, update)
      for (let count = 1; count <= 3; count++) {
        run(engine, accumulating)
        run(engine, applying, count)
      }
      const found = take(engine)
      const gradients = [...found].filter(([name]) => isGradient(name))
      expect(gradients.length).toBeGreaterThan(2)
      for (const [name, data] of gradients) expect(data, name).toEqual(new Float32Array(data.length))
      expect(new Map([...found].filter(([name]) => !isGradient(name)))).toEqual(expected)
    }
  })

  it('clips each entry of a gradient to a value', () => {
    const optimiser = sgdEmission({ momentum: 0, decay: 0, nesterov: false })
    const network = smallSupernet()
    const limit = 2 ** -7
    const [engine] = engines
    if (engine === undefined) throw new Error('no engine')
    const movedBy = (more: Partial<UpdateSpec>): ReadonlyMap<string, Float32Array> => {
      const step = buildStep(network, { ...pass, update: { variables: 'weights', optimiser, ...more } })
      create(engine, step.variables)
      const before = new Map(engine.variables.names().map((name) => [name, engine.variables.read(name)]))
      run(engine, step)
      return new Map(
        [...take(engine)].map(([name, data]) => [name, data.map((value, i) => (before.get(name)?.[i] ?? NaN) - value)]),
      )
    }
    const [free, clipped] = [movedBy({}), movedBy({ clipValue: limit })]
    let cut = 0
    for (const [name, moves] of clipped) {
      if (!name.endsWith('kernel')) continue
      const bound = 0.125 * limit
      moves.forEach((move, i) => {
        const wanted = free.get(name)?.[i] ?? NaN
        expect(move).toBeCloseTo(Math.min(bound, Math.max(-bound, wanted)), 6)
        if (Math.abs(wanted) > 2 * bound) cut++
      })
    }
    expect(cut).toBeGreaterThan(10)
  })

  it('takes what it moves from the variables of the passes, and nothing else', () => {
    const { variables } = buildStep(smallSupernet(), { ...pass, accumulate: 'choices' })
    const update = buildUpdateStep(variables, { variables: 'choices', optimiser: adam })
    const choices = variables.filter(({ role }) => role === 'choice').map(({ name }) => name)
    const state = choices.flatMap((name) => [name, `${name}#first`, `${name}#second`, `gradient/${name}`])
    expect(update.variables.map(({ name }) => name).toSorted()).toEqual(state.toSorted())
    expect(update.inputs.map(({ name }) => name)).toEqual(['learningRate', 'step'])
    expect(buildUpdateStep(variables, { variables: 'weights', optimiser: sgd }).program.operations).toEqual([])
  })
})

describe('two passes and one update', () => {
  const ir = compiledText(
    `import { bn, conv, global_pool, linear, relu } from std:nn
space paths { input image(5, 3); classes 3
  network { stem conv(4) -> bn
    stage a { width one of {2, 5, 8}; depth one of 1..3; layer conv(channels, one of {1, 3}) -> bn -> relu }
    head global_pool -> linear(classes) } }`,
  )
  const params = resolveParams(ir, {})
  const decisions = decisionsOf(ir, 'paths', { params })
  const update = { variables: 'weights', optimiser: sgd, clip: 0.25 } as const

  function slice(seed: number): Network {
    const random = numbersFrom(seed)
    const taken = new Map(decisions.map(({ path, options }) => [path, Math.floor(random() * options.length)]))
    const binding = ({ path }: { readonly path: string }) => ({ kind: 'slice', option: taken.get(path) ?? 0 }) as const
    return buildNetwork(ir, 'paths', { params, mode: 'shared', binding })
  }

  /** One step from the first values along the gradients given, worked out here. */
  function moved(start: Float32Array, gradient: Float64Array, clip: number): Float64Array {
    return Float64Array.from(start, (weight, i) => weight - 0.125 * (clip * (gradient[i] ?? NaN) + 3e-4 * weight))
  }

  it('move along the sum of the gradients of two paths, clipped as one', () => {
    let onePathOnly = 0
    for (let seed = 1; seed <= 3; seed++) {
      const networks = [slice(2 * seed), slice(2 * seed + 1)]
      for (const engine of engines) {
        const options = { fusedKernels: engine.fusedKernels }
        // Apart: the gradients of each.
        const sums = new Map<string, Float64Array>()
        const separate = networks.map((network) => buildStep(network, { ...pass, gradients: 'weights' }, options))
        for (const step of separate) {
          for (const [output, data] of run(engine, step)) {
            if (!isGradient(output)) continue
            const name = output.slice('gradient/'.length)
            const sum = sums.get(name)
            sums.set(name, sum === undefined ? Float64Array.from(data) : sum.map((each, i) => each + (data[i] ?? NaN)))
            if (sum === undefined && step === separate[1]) onePathOnly++
          }
        }
        const start = take(engine)
        const squares = [...sums.values()].flatMap((data) => [...data]).reduce((sum, each) => sum + each * each, 0)
        const clip = Math.min(1, update.clip / (Math.sqrt(squares) + 1e-6))
        expect(clip).toBeLessThan(1)

        // Together.
        const passes = networks.map((network) => buildStep(network, { ...pass, accumulate: 'weights' }, options))
        for (const each of passes) run(engine, each)
        const all = new Map(passes.flatMap(({ variables }) => variables.map((each) => [each.name, each])))
        run(engine, buildUpdateStep([...all.values()], update))
        const found = take(engine)
        for (const [name, gradient] of sums) {
          const expected = moved(start.get(name) ?? new Float32Array(), gradient, clip)
          const data = found.get(name) ?? new Float32Array()
          expect(data.length, name).toBe(expected.length)
          expected.forEach((each, i) => expect(Math.abs(each - (data[i] ?? NaN)), name).toBeLessThan(1e-6))
        }
      }
    }
    expect(onePathOnly).toBeGreaterThan(2)
  })
})

describeKernels('a pass and its update on TensorFlow', (open) => {
  it('are the step in one program, and leave no gradient behind', () => {
    const engine = open()
    const update: UpdateSpec = { variables: 'weights', optimiser: sgd, clip: 0.5 }
    const options = { fusedKernels: engine.fusedKernels }
    const whole = buildStep(smallSupernet(), { ...pass, update }, options)
    for (let count = 1; count <= 2; count++) run(engine, whole)
    const expected = take(engine)
    const accumulating = buildStep(smallSupernet(), { ...pass, accumulate: 'weights' }, options)
    for (let count = 1; count <= 2; count++) {
      run(engine, accumulating)
      run(engine, buildUpdateStep(accumulating.variables, update))
    }
    const found = take(engine)
    for (const [name, data] of expected) expectClose(found.get(name), data, 1e-5, name)
    for (const [name, data] of found) if (isGradient(name)) expect(data, name).toEqual(new Float32Array(data.length))
    engine.dispose()
  })
})
