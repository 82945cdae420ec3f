import { describe, expect, it } from 'vitest'
import { costOf } from '../../../src/space/cost/index.js'
import { bindingOf, buildNetwork, relaxedBinding, resolveParams } from '../../../src/space/index.js'
import { architectureOf } from '../../../src/architectures/index.js'
import type { Network } from '../../../src/space/network/network.js'
import { buildStep, type Step, type StepSpec } from '../../../src/runtime/plan/step.js'
import { flopsOf, summarise } from '../../../src/runtime/program/summary.js'
import { problemsOf } from '../../../src/runtime/program/validate.js'
import { dartsIr } from '../../support/darts-ir.js'
import { largestDifference, numbersFrom } from '../../support/numbers.js'
import { batchOf, openVariables, runStep } from '../../support/step-runner.js'
import { adamEmission } from '../../../src/runtime/search/components/optimisers/adam.js'
import { sgdEmission } from '../../../src/runtime/search/components/optimisers/sgd.js'

const ir = dartsIr
const sgd = sgdEmission({ momentum: 0.9, decay: 3e-4, nesterov: false })
const adam = adamEmission({ beta1: 0.5, beta2: 0.999, epsilon: 1e-8, decay: 1e-3 })

function supernet(overrides: Record<string, number> = {}, input?: Network['input']): Network {
  const params = resolveParams(ir, overrides)
  return buildNetwork(ir, 'darts', {
    params,
    binding: relaxedBinding,
    mode: 'shared',
    ...(input === undefined ? {} : { input }),
  })
}

/** Of convolutions and linear layers in the forward pass. */
function forwardFlops(step: Step): number {
  return step.program.operations
    .filter(({ operation }) => ['conv2d', 'depthwise2d', 'matmul'].includes(operation))
    .reduce((sum, operation) => sum + flopsOf(step.program, operation), 0)
}

describe('the DARTS supernet: 8 cells, 16 channels, 32x32x3', () => {
  const network = supernet()
  const specs: Readonly<Record<string, StepSpec>> = {
    weights: { batch: 16, mode: 'train', update: { variables: 'weights', optimiser: sgd, clip: 5 }, dropPath: true },
    choices: { batch: 16, mode: 'train', update: { variables: 'choices', optimiser: adam } },
    all: { batch: 16, mode: 'train', gradients: 'all' },
    evaluate: { batch: 16, mode: 'evaluate' },
    calibrate: { batch: 16, mode: 'calibrate' },
  }

  it.each(Object.entries(specs))('plans a sound program: %s', (_, spec) => {
    expect(problemsOf(buildStep(network, spec).program)).toEqual([])
  })

  it('computes as many multiply-accumulates as the cost of the network says', () => {
    expect(forwardFlops(buildStep(network, { batch: 16, mode: 'evaluate' }))).toBe(2 * 16 * costOf(network).macs)
  })

  it('trains every weight and both tables of choices', () => {
    const step = buildStep(network, { batch: 16, mode: 'train', gradients: 'all' })
    const sizes = Object.entries(step.program.outputs)
      .filter(([name]) => name.startsWith('gradient/'))
      .map(([name, id]) => [name, (step.program.values[id]?.shape ?? []).reduce((a, b) => a * b, 1)] as const)
    const choices = sizes.filter(([name]) => name.startsWith('gradient/choices/'))
    expect(choices.map(([, size]) => size)).toEqual(Array.from({ length: 28 }, () => 8))
    const kernels = sizes.filter(([name]) => !name.startsWith('gradient/choices/'))
    expect(kernels.reduce((sum, [, size]) => sum + size, 0)).toBe(1_930_618)
  })

  it('shares what edges have in common: 5 states of a cell are activated once, pooled once and pooled once more', () => {
    const forward = summarise(buildStep(network, { batch: 16, mode: 'evaluate' }).program).byOperation
    // s0, s1, n1, n2, n3 of 8 cells; evaluation normalises the pools of every edge by statistics of its own.
    expect(forward['max_pool2d']?.count).toBe(40)
    expect(forward['avg_pool2d']?.count).toBe(40)
    const trained = summarise(buildStep(network, { batch: 16, mode: 'train', gradients: 'all' }).program).byOperation
    expect(trained['max_pool2d_gradient']?.count).toBe(40)
    // 14 edges of every cell are summed by 4 nodes, weighted: two gradients of weights per node, one over the maps of
    // pools and skips, one over what the batch norms of the others know.
    expect(trained['weighted_sum_gradient']?.count).toBe(64)
  })
})

describe('passes on a small DARTS supernet', () => {
  const network = supernet({ cells: 3, width: 2 }, { height: 8, width: 8, channels: 3 })

  it('fused activated norms: no activation between the convolutions of a separable one', () => {
    const spec = { batch: 2, mode: 'train', gradients: 'all' } as const
    const [fused, plain] = [true, false].map((fusedKernels) => {
      const { program } = buildStep(network, spec, { fusedKernels })
      return (operation: string) => program.operations.filter((each) => each.operation === operation).length
    })
    const convolutions = fused?.('norm_relu_depthwise2d') ?? 0
    expect(convolutions).toBeGreaterThan(0)
    expect(fused?.('norm_relu_depthwise2d_filter_gradient')).toBe(convolutions)
    expect(fused?.('batch_norm_relu_train_gradient')).toBe(convolutions)
    for (const operation of ['relu', 'relu_gradient', 'batch_norm_train', 'batch_norm_train_gradient']) {
      expect(fused?.(operation), operation).toBe((plain?.(operation) ?? 0) - convolutions)
    }
    // What an engine without such kernels is given.
    expect(plain?.('norm_relu_depthwise2d')).toBe(0)
  })

  it('keep outputs, gradients and updated variables', () => {
    const results = [[], undefined].map((passes) => {
      const spec: StepSpec = {
        batch: 2,
        mode: 'train',
        gradients: 'all',
        update: { variables: 'weights', optimiser: sgd, clip: 5 },
        ...(passes === undefined ? {} : { passes }),
      }
      const step = buildStep(network, spec, { fusedKernels: true })
      const store = openVariables(step, new Map(), numbersFrom(1))
      return { step, store, outputs: runStep(step, store, { ...batchOf(step, numbersFrom(2)), learningRate: 0.1 }) }
    })
    const [plain, optimised] = results
    if (plain === undefined || optimised === undefined) throw new Error('nothing has run')
    expect(Object.keys(optimised.outputs).length).toBeGreaterThan(500)
    expect(optimised.store.size).toBeGreaterThan(500)
    for (const [name, output] of Object.entries(optimised.outputs)) {
      const expected = plain.outputs[name] ?? []
      const size = Math.max(1, ...Array.from(expected, Math.abs))
      expect(largestDifference(output, expected) / size, name).toBeLessThan(1e-9)
    }
    for (const [name, variable] of optimised.store) {
      expect(largestDifference(variable, plain.store.get(name) ?? []), name).toBeLessThan(1e-9)
    }
  })
})

describe('DARTS_V2 retrained: 20 cells, 36 channels, with its auxiliary head', () => {
  const params = resolveParams(ir, { cells: 20, width: 36 })
  const binding = bindingOf(architectureOf(ir, 'DARTS_V2', params))
  const network = buildNetwork(ir, 'darts', { params, binding, mode: 'standalone', auxiliaryAt: 2 / 3 })
  const sizeOf = (step: Step): number =>
    step.variables
      .filter(({ role }) => ['kernel', 'bias', 'scale', 'shift'].includes(role))
      .reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0)

  it('trains 3,349,342 weights and 476,426 of the auxiliary head, which evaluation leaves out', () => {
    const step = buildStep(network, {
      batch: 8,
      mode: 'train',
      update: { variables: 'weights', optimiser: sgd, clip: 5 },
      auxiliaryWeight: 0.4,
      dropPath: true,
    })
    expect(problemsOf(step.program)).toEqual([])
    expect(sizeOf(step)).toBe(3_349_342 + 476_426)
    expect(sizeOf(buildStep(network, { batch: 8, mode: 'evaluate' }))).toBe(3_349_342)
    // Two edges into each of 4 nodes in each of 20 cells; identities are never dropped.
    expect(step.dropPathMasks.length).toBeGreaterThan(80)
    expect(step.dropPathMasks.length).toBeLessThan(160)
  })
})
