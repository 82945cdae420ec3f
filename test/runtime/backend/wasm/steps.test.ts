import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bindingOf, buildNetwork, relaxedBinding, resolveParams } from '../../../../src/space/index.js'
import { architectureOf } from '../../../../src/architectures/index.js'
import { openEngine } from '../../../../src/runtime/backend/choose.js'
import type { Engine } from '../../../../src/runtime/backend/engine/engine.js'
import { crossEntropyObjective } from '../../../../src/runtime/plan/objective.js'
import { buildStep, type Step } from '../../../../src/runtime/plan/step.js'
import { dartsIr } from '../../../support/darts-ir.js'
import { smallNetwork } from '../../../support/networks.js'
import { numbersFrom } from '../../../support/numbers.js'
import { batchOf, openVariables, runStep } from '../../../support/step-runner.js'
import { adamEmission } from '../../../../src/runtime/search/components/optimisers/adam.js'
import { sgdEmission } from '../../../../src/runtime/search/components/optimisers/sgd.js'

const sgd = sgdEmission({ momentum: 0.9, decay: 3e-4, nesterov: false })
const adam = adamEmission({ beta1: 0.5, beta2: 0.999, epsilon: 1e-8, decay: 1e-3 })

const params = resolveParams(dartsIr, { cells: 3, width: 2 })
const input = { height: 7, width: 6, channels: 3 }
const supernet = buildNetwork(dartsIr, 'darts', { params, input, binding: relaxedBinding, mode: 'shared' })
const derived = buildNetwork(dartsIr, 'darts', {
  params,
  input: { height: 32, width: 28, channels: 3 },
  binding: bindingOf(architectureOf(dartsIr, 'DARTS_V1', params)),
  mode: 'standalone',
  auxiliaryAt: 2 / 3,
})

/** The steps in the order in which they run, on the same variables. */
const plans: Readonly<Record<string, () => readonly Step[]>> = {
  'a DARTS supernet, weights and choices in turn': () => {
    const weights = { variables: 'weights', optimiser: sgd, clip: 5 } as const
    const choices = { variables: 'choices', optimiser: adam } as const
    const train = { batch: 4, mode: 'train', gradients: 'all' } as const
    return [
      buildStep(supernet, { ...train, update: choices }),
      buildStep(supernet, { ...train, update: weights }),
      buildStep(supernet, { batch: 4, mode: 'evaluate' }),
    ]
  },
  'DARTS_V1 alone, with auxiliary head and drop-path': () => [
    buildStep(derived, {
      batch: 2,
      mode: 'train',
      gradients: 'weights',
      auxiliaryWeight: 0.4,
      dropPath: true,
      update: { variables: 'weights', optimiser: sgd, clip: 5 },
    }),
    buildStep(derived, { batch: 2, mode: 'calibrate' }),
    buildStep(derived, { batch: 2, mode: 'evaluate', objective: crossEntropyObjective(0.1) }),
  ],
  'a network by hand': () => [
    buildStep(smallNetwork(), { batch: 3, mode: 'train', gradients: 'all', auxiliaryWeight: 1 }),
  ],
}

/**
 * Single precision turns an activation or a maximum that is nearly a tie the other way now and then, so a few elements may
 * differ by much: errors are measured by Euclidean norms, over everything and for each tensor.
 */
function expectClose(where: string, pairs: readonly (readonly [string, ArrayLike<number>, ArrayLike<number>])[]): void {
  const norm = (numbers: readonly number[]): number => Math.sqrt(numbers.reduce((sum, each) => sum + each * each, 0))
  const errors = pairs.map(([name, found, expected]) => {
    expect(found.length, name).toBe(expected.length)
    return {
      name,
      error: norm(Array.from(found, (each, i) => each - (expected[i] ?? NaN))),
      size: norm(Array.from(expected)),
    }
  })
  const size = norm(errors.map((each) => each.size))
  expect(norm(errors.map(({ error }) => error)) / size, where).toBeLessThan(5e-3)
  for (const each of errors) expect(each.error / (each.size + 1e-3 * size), `${each.name}, ${where}`).toBeLessThan(2e-2)
}

describe('steps on the wasm engine agree with the interpreter in double precision', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await openEngine({ backend: 'wasm' })
  })
  afterAll(() => {
    engine.dispose()
  })

  it.each(Object.entries(plans))('%s', (_, plan) => {
    for (const name of engine.variables.names()) engine.variables.delete(name)
    const random = numbersFrom(21)
    const store = new Map<string, Float64Array>()
    plan().forEach((step, position) => {
      openVariables(step, store, random)
      for (const [name, numbers] of store) {
        // Both start every step from the same numbers, so that differences do not pile up.
        const single = Float32Array.from(numbers)
        numbers.set(single)
        const shape = step.variables.find((variable) => variable.name === name)?.shape
        if (engine.variables.has(name)) engine.variables.write(name, single)
        else if (shape !== undefined) engine.variables.create(name, shape, single)
      }
      const { images = [], labels = [] } = batchOf(step, numbersFrom(30 + position))
      const masks = Object.fromEntries(
        step.dropPathMasks.map((name, i) => [name, Float32Array.of(i % 3 === 0 ? 0 : 1.25, 1.25)]),
      )
      const inputs = {
        ...masks,
        images: Float32Array.from(images),
        labels: Int32Array.from(labels),
        learningRate: 0.05,
        step: 1,
        calibrationMomentum: 0.5,
      }
      const needed = Object.fromEntries(
        Object.entries(inputs).filter(([name]) => step.inputs.some((each) => each.name === name)),
      )
      const expected = runStep(step, store, needed)
      const executable = engine.prepare(step.program)
      executable.run(needed)
      const where = `step ${String(position)}`
      expectClose(
        where,
        Object.entries(expected).map(([name, output]) => [name, executable.read(name), output]),
      )
      // Adam divides by the gradient's size: a gradient of nothing but rounding errors moves a choice by the whole rate.
      const moved = step.variables.filter(({ role }) => role !== 'choice')
      expectClose(
        where,
        moved.map(({ name }) => [name, engine.variables.read(name), store.get(name) ?? []]),
      )
      executable.dispose()
    })
  })
})
