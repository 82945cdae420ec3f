import { describe, expect, it } from 'vitest'
import type { OptionWeights } from '../../../src/runtime/plan/emission.js'
import { buildStep, type Step, type StepSpec } from '../../../src/runtime/plan/step.js'
import { validate } from '../../../src/runtime/program/validate.js'
import { smallNetwork, smallSupernet } from '../../support/networks.js'
import { definite, largestDifference, numbersFrom } from '../../support/numbers.js'
import { batchOf, openVariables, runStep, type Store } from '../../support/step-runner.js'
import { adamEmission } from '../../../src/runtime/search/components/optimisers/adam.js'
import { sgdEmission } from '../../../src/runtime/search/components/optimisers/sgd.js'

const sgd = sgdEmission({ momentum: 0.9, decay: 3e-4, nesterov: false })
const adam = adamEmission({ beta1: 0.5, beta2: 0.999, epsilon: 1e-8, decay: 1e-3 })
const weightsStep: StepSpec = { batch: 8, mode: 'train', update: { variables: 'weights', optimiser: sgd, clip: 5 } }
const choicesStep: StepSpec = { batch: 8, mode: 'train', update: { variables: 'choices', optimiser: adam } }

function optionWeights(decision: string, options: number): OptionWeights {
  return { key: String(options), of: (path) => (path === decision ? { options } : undefined) }
}

function operationsOf(step: Step): ReadonlySet<string> {
  return new Set(step.program.operations.map(({ operation }) => operation))
}

function updatedBy(step: Step): readonly string[] {
  const { operations, values } = step.program
  return operations.flatMap(({ operation, updates = [] }) =>
    operation === 'moving_average' ? [] : updates.map((id) => values[id]?.name ?? ''),
  )
}

function trained(step: Step, store: Store, steps: number, rate: number): readonly number[] {
  const inputs = batchOf(step, numbersFrom(3))
  return Array.from(
    { length: steps },
    (_, i) => runStep(step, store, { ...inputs, learningRate: rate, step: i + 1 })['loss']?.[0] ?? NaN,
  )
}

describe('a training step', () => {
  it('lowers the loss of a network', () => {
    const step = buildStep(smallNetwork(), { ...weightsStep, auxiliaryWeight: 0.4 })
    validate(step.program)
    const losses = trained(step, openVariables(step, new Map(), numbersFrom(1)), 20, 0.1)
    expect(losses.at(-1)).toBeLessThan(0.3 * (losses[0] ?? 0))
  })

  it('marks what runs forward, backward and in the update, whatever passes ran', () => {
    const steps = [weightsStep, choicesStep].flatMap((spec) =>
      [undefined, []].map((passes) =>
        buildStep(smallSupernet(), { ...spec, ...(passes && { passes }) }, { fusedKernels: true }),
      ),
    )
    for (const { program } of steps) {
      validate(program)
      for (const { operation, phase } of program.operations) {
        if (['sgd', 'adam', 'clip_scale'].includes(operation)) expect(phase, operation).toBe('update')
        else if (operation.endsWith('_gradient')) expect(phase, operation).toBe('backward')
        else expect(phase, operation).not.toBe('update')
      }
      expect(program.operations.filter(({ phase }) => phase === 'forward').map(({ operation }) => operation)).toContain(
        'softmax_cross_entropy',
      )
    }
    const evaluation = buildStep(smallSupernet(), { batch: 2, mode: 'evaluate' }).program.operations
    expect(new Set(evaluation.map(({ phase }) => phase))).toEqual(new Set(['forward']))
  })

  it('lowers the loss of a supernet by its weights, and by its choices alone', () => {
    const [weights, choices] = [buildStep(smallSupernet(), weightsStep), buildStep(smallSupernet(), choicesStep)]
    const store = openVariables(choices, openVariables(weights, new Map(), numbersFrom(1)), numbersFrom(2))
    const byWeights = trained(weights, store, 10, 0.05)
    expect(byWeights.at(-1)).toBeLessThan(0.7 * (byWeights[0] ?? 0))
    const kernels = structuredClone(store)
    const byChoices = trained(choices, store, 10, 0.1)
    expect(byChoices.at(-1)).toBeLessThan(byChoices[0] ?? 0)
    const kernelNames = weights.variables.filter(({ role }) => role === 'kernel').map(({ name }) => name)
    expect(kernelNames.length).toBeGreaterThan(0)
    for (const name of kernelNames) expect(definite(store.get(name)), name).toEqual(kernels.get(name))
  })

  it('for weights computes no gradient of choices, and the other way round', () => {
    const weights = operationsOf(buildStep(smallSupernet(), weightsStep))
    expect(weights).not.toContain('softmax_gradient')
    expect(weights).not.toContain('weighted_sum_gradient')
    expect(weights).toContain('conv2d_filter_gradient')
    const choices = operationsOf(buildStep(smallSupernet(), choicesStep))
    expect(choices).not.toContain('conv2d_filter_gradient')
    expect(choices).not.toContain('depthwise2d_filter_gradient')
    expect(choices).not.toContain('sgd')
    expect(choices).toContain('weighted_sum_gradient')
  })

  it('updates every weight, or every decision, once', () => {
    const weights = buildStep(smallSupernet(), weightsStep)
    const named = weights.variables.filter(
      ({ role }) => role === 'kernel' || role === 'bias' || role === 'scale' || role === 'shift',
    )
    expect(updatedBy(weights).toSorted()).toEqual(named.flatMap(({ name }) => [name, `${name}#velocity`]).toSorted())
    const choices = buildStep(smallSupernet(), choicesStep)
    const decisions = ['choices/cell.n1.through[s0]', 'choices/cell.n1.through[s1]', 'choices/cell.n2.through[n1]']
    expect(updatedBy(choices).toSorted()).toEqual(
      decisions.flatMap((name) => [name, `${name}#first`, `${name}#second`]).toSorted(),
    )
    expect(choices.variables.find(({ name }) => name === decisions[0])).toEqual({
      name: decisions[0],
      shape: [5],
      init: 'choice',
      role: 'choice',
    })
  })

  it('clips by the norm over all gradients', () => {
    const spec: StepSpec = { ...weightsStep, gradients: 'weights' }
    const plain = sgdEmission({ momentum: 0, decay: 0, nesterov: false })
    const step = buildStep(smallNetwork(), { ...spec, update: { variables: 'weights', optimiser: plain, clip: 0.01 } })
    const store = openVariables(step, new Map(), numbersFrom(1))
    const before = structuredClone(store)
    const outputs = runStep(step, store, { ...batchOf(step, numbersFrom(3)), learningRate: 1 })
    const gradients = Object.keys(outputs).filter((name) => name.startsWith('gradient/'))
    const squares = gradients.flatMap((name) => Array.from(outputs[name] ?? [], (each) => each ** 2))
    const norm = Math.sqrt(squares.reduce((sum, each) => sum + each, 0))
    expect(norm).toBeGreaterThan(0.01)
    for (const gradient of gradients) {
      const name = gradient.slice('gradient/'.length)
      const moved = (before.get(name) ?? new Float64Array()).map((each, i) => each - (store.get(name)?.[i] ?? NaN))
      const expected = Array.from(outputs[gradient] ?? [], (each) => (each * 0.01) / (norm + 1e-6))
      expect(largestDifference(moved, expected), name).toBeLessThan(1e-12)
    }
  })

  it('adds the auxiliary loss times its weight, and nothing else changes', () => {
    const gradientsWith = (auxiliaryWeight: number) => {
      const step = buildStep(smallNetwork(), { batch: 4, mode: 'train', gradients: 'weights', auxiliaryWeight })
      const store = openVariables(step, new Map(), numbersFrom(1))
      return runStep(step, store, batchOf(step, numbersFrom(3)))
    }
    const [none, some, twice] = [gradientsWith(0), gradientsWith(0.4), gradientsWith(0.8)]
    expect(none['gradient/auxiliary.linear.kernel']).toBeUndefined()
    expect(definite(some['loss'])).toEqual(none['loss'])
    expect(definite(some['gradient/body.conv.kernel'])).toEqual(none['gradient/body.conv.kernel'])
    const doubled = Array.from(definite(some['gradient/auxiliary.linear.kernel']), (each) => 2 * each)
    expect(largestDifference(twice['gradient/auxiliary.linear.kernel'] ?? [], doubled)).toBeLessThan(1e-15)
  })

  it('drops droppable edges by masks that the host makes', () => {
    const step = buildStep(smallNetwork(), { batch: 2, mode: 'train', dropPath: true, gradients: 'weights' })
    expect(step.dropPathMasks).toEqual(['dropPath/cell.n1.s0'])
    const store = openVariables(step, new Map(), numbersFrom(1))
    const outputs = runStep(step, store, {
      ...batchOf(step, numbersFrom(3)),
      'dropPath/cell.n1.s0': new Float64Array(2),
    })
    // With every edge dropped nothing reaches the body's convolution, and nothing flows back to the stem.
    for (const name of ['gradient/body.conv.kernel', 'gradient/stem.conv.kernel']) {
      expect(new Set(definite(outputs[name])), name).toEqual(new Set([0]))
    }
    expect(buildStep(smallNetwork(), { batch: 2, mode: 'evaluate', dropPath: true }).dropPathMasks).toEqual([])
  })
})

describe('running statistics', () => {
  const network = smallNetwork()
  const mean = 'stem.bn.mean'
  const variance = 'stem.bn.variance'

  it('follow the batch with momentum 0.1 and the unbiased variance', () => {
    const train = buildStep(network, { batch: 4, mode: 'train' })
    const calibrate = buildStep(network, { batch: 4, mode: 'calibrate' })
    const inputs = batchOf(train, numbersFrom(3))
    const start = openVariables(train, new Map(), numbersFrom(1))
    const exact = structuredClone(start)
    runStep(calibrate, exact, { ...inputs, calibrationMomentum: 1 })
    runStep(train, start, inputs)
    for (const [name, initial] of [
      [mean, 0],
      [variance, 1],
    ] as const) {
      const expected = Array.from(exact.get(name) ?? [], (each) => 0.9 * initial + 0.1 * each)
      expect(largestDifference(start.get(name) ?? [], expected), name).toBeLessThan(1e-12)
    }
  })

  it('calibrated with 1 / n are the mean over the batches, and evaluation reads them', () => {
    const calibrate = buildStep(network, { batch: 4, mode: 'calibrate' })
    const evaluate = buildStep(network, { batch: 4, mode: 'evaluate' })
    const store = openVariables(calibrate, new Map(), numbersFrom(1))
    const batches = [3, 4, 5].map((seed) => batchOf(calibrate, numbersFrom(seed)))
    const alone = batches.map((inputs) => {
      const fresh = structuredClone(store)
      const result = runStep(calibrate, fresh, { ...inputs, calibrationMomentum: 1 })
      return { statistics: fresh.get(mean) ?? new Float64Array(), logits: result['logits'] ?? [], store: fresh }
    })
    batches.forEach((inputs, i) => runStep(calibrate, store, { ...inputs, calibrationMomentum: 1 / (i + 1) }))
    const expected = (alone[0]?.statistics ?? new Float64Array()).map(
      (_, c) => alone.reduce((sum, { statistics }) => sum + (statistics[c] ?? NaN), 0) / 3,
    )
    expect(largestDifference(store.get(mean) ?? [], expected)).toBeLessThan(1e-12)

    const before = structuredClone(store)
    runStep(evaluate, store, batches[0] ?? {})
    expect(store).toEqual(before)
    // The statistics of one batch, variance unbiased, give almost the logits that the batch's own give.
    const { store: own = new Map<string, Float64Array>(), logits = [] } = alone[0] ?? {}
    const evaluated = runStep(evaluate, own, batches[0] ?? {})
    expect(largestDifference(evaluated['logits'] ?? [], logits)).toBeLessThan(0.1)
  })
})

describe('what a step asks for', () => {
  it('is named as the contract says', () => {
    const step = buildStep(smallSupernet(), { ...choicesStep, dropPath: true })
    expect(step.inputs).toEqual([
      { name: 'images', shape: [8, 6, 5, 3], dtype: 'float32' },
      ...['n1.s0', 'n1.s1', 'n2.s0', 'n2.n1'].map((edge) => ({
        name: `dropPath/cell.${edge}`,
        shape: [8],
        dtype: 'float32',
      })),
      { name: 'labels', shape: [8], dtype: 'int32' },
      { name: 'learningRate', shape: [], dtype: 'float32' },
      { name: 'step', shape: [], dtype: 'float32' },
    ])
    expect(Object.keys(step.program.outputs)).toEqual(['loss', 'correct', 'logits'])
  })

  it('counts options that are not mixed', () => {
    const decision = 'cell.n1.through[s0]'
    const step = buildStep(smallSupernet(), { ...choicesStep, weights: optionWeights(decision, 8) })
    expect(step.variables.find(({ name }) => name === `choices/${decision}`)?.shape).toEqual([8])
    expect(() => buildStep(smallSupernet(), { ...choicesStep, weights: optionWeights(decision, 3) })).toThrow(
      'more than 3 options',
    )
  })

  it('is refused in words where it cannot be had', () => {
    const network = smallNetwork()
    expect(() => buildStep(network, { batch: 2, mode: 'evaluate', passes: ['dead-cod'] })).toThrow('no pass `dead-cod`')
    const nodes = network.nodes.map((node) =>
      node.path === 'relu' && node.kind === 'layer' ? { ...node, operation: 'warp' } : node,
    )
    expect(() => buildStep({ ...network, nodes }, { batch: 2, mode: 'evaluate' })).toThrow(
      'no primitive `warp`, which relu is',
    )
  })

  it('gradients are for training', () => {
    expect(() => buildStep(smallNetwork(), { batch: 2, mode: 'evaluate', gradients: 'all' })).toThrow('train')
  })
})
