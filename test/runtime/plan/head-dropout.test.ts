import { describe, expect, it } from 'vitest'
import { buildStep } from '../../../src/runtime/plan/step.js'
import { buildUpdateStep } from '../../../src/runtime/plan/update-step.js'
import { interpret } from '../../../src/runtime/program/interpret.js'
import { buildNetwork } from '../../../src/space/index.js'
import { evaluate } from '../../support/bound-steps.js'
import { failureOf } from '../../support/failures.js'
import { relativeDifference } from '../../support/numbers.js'
import { compiledText } from '../../support/programs.js'
import type { Store } from '../../support/step-runner.js'
import { adamEmission } from '../../../src/runtime/search/components/optimisers/adam.js'
import { sgdEmission } from '../../../src/runtime/search/components/optimisers/sgd.js'

const binding = () => ({ kind: 'mix' }) as const

function network(head: string) {
  const ir = compiledText(`import { bn, conv, dropout, global_pool, identity, linear, relu } from std:nn
space s { input image(4, 2); classes 3
  network { stem conv(4, 3) -> bn -> relu; head ${head} } }`)
  return buildNetwork(ir, 's', { params: {}, binding, mode: 'standalone' })
}

describe('dropout before the classifier', () => {
  it('is a dropout that stands there, in training and nowhere else', () => {
    const [plain, written] = ['', 'dropout(0.3) -> '].map((drop) =>
      network(`global_pool -> conv(5) -> relu -> ${drop}linear(classes)`),
    )
    if (plain === undefined || written === undefined) throw new Error('two networks')
    const masks = buildStep(plain, { batch: 4, mode: 'train', headDropout: 0.3 }).drops
    expect(masks).toEqual([{ name: 'dropout/head.linear', shape: [4, 1, 1, 5], rate: 0.3 }])
    expect(buildStep(plain, { batch: 4, mode: 'evaluate', headDropout: 0.3 }).drops).toEqual([])
    expect(buildStep(plain, { batch: 4, mode: 'train' }).drops).toEqual([])

    const mask = Float64Array.from({ length: 20 }, (_, i) => (i % 3 === 0 ? 0 : 1 / 0.7))
    const store: Store = new Map()
    const dropped = evaluate(plain, store, { headDropout: 0.3 }, { 'dropout/head.linear': mask })
    const expected = evaluate(written, store, {}, { 'dropout/head.dropout': mask })
    expect(relativeDifference(dropped.logits, expected.logits)).toBe(0)
    expect([...dropped.gradients]).toEqual([...expected.gradients])
    expect(relativeDifference(dropped.logits, evaluate(plain, store).logits)).toBeGreaterThan(1e-3)
  })

  it('has no meaning where several maps are merged into the class scores', async () => {
    const merged = network('sum(global_pool -> linear(classes), conv(2) -> global_pool -> linear(classes)) -> identity')
    const failure = await failureOf(() => buildStep(merged, { batch: 4, mode: 'train', headDropout: 0.3 }))
    expect(failure.code).toBe('NAS7560')
    expect(failure.message).toContain('head.sum')
  })
})

describe('weight decay of kernels only', () => {
  it.each(['sgd', 'adam'] as const)('leaves scales, shifts and biases as they are without a gradient: %s', (kind) => {
    const variables = (['kernel', 'bias', 'scale', 'shift'] as const).flatMap((role) => [
      { name: role, shape: [2], init: 'ones', role } as const,
      { name: `gradient/${role}`, shape: [2], init: 'zeros', role: 'gradient' } as const,
    ])
    const emission =
      kind === 'sgd'
        ? sgdEmission({ momentum: 0.9, nesterov: false, decay: 0.5 })
        : adamEmission({ beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0.5 })
    const optimiser = { ...emission, decaysKernelsOnly: true }
    const step = buildUpdateStep(variables, { variables: 'weights', optimiser })
    const store: Store = new Map(
      step.variables.map(({ name, init }) => [name, new Float64Array(2).fill(init === 'ones' ? 1 : 0)]),
    )
    interpret(step.program, { inputs: { learningRate: 0.1, step: 1 }, variables: store, precision: 'double' })
    expect(store.get('kernel')?.[0]).toBeCloseTo(kind === 'sgd' ? 0.95 : 0.9, 6)
    for (const role of ['bias', 'scale', 'shift']) expect(Array.from(store.get(role) ?? [])).toEqual([1, 1])
  })
})
